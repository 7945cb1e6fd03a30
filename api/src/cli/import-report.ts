import { z } from 'zod';

const items = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish();

const answer = z.object({
  status: z.string().nullish(),
  alreadyImported: z.boolean().nullish(),
  format: z.string().nullish(),
  evalRun: z.string().nullish(),
  evalRuns: z.array(z.string()).nullish(),
  incidents: z.array(z.string()).nullish(),
  kept: items,
  leftOut: items,
  warnings: items,
  error: z.union([z.string(), z.object({ message: z.string() })]).nullish(),
});

const keptOrLeftOut = z.object({
  field: z.string(),
  count: z.number().nullish(),
  how: z.string().nullish(),
  reason: z.string().nullish(),
});

function inWords(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const field = keptOrLeftOut.safeParse(item);
  if (field.success) {
    const { field: name, count, how, reason } = field.data;
    return `${name}${count == null ? '' : ` (${count})`}: ${how ?? reason ?? 'no reason given'}`;
  }
  return Object.entries(item)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
}

function section(title: string, list: z.infer<typeof items>): string[] {
  if (!list) return [];
  const lines = Array.isArray(list)
    ? list.map(inWords)
    : Object.entries(list).map(([k, v]) => inWords({ [k]: v }));
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

type Answer = z.infer<typeof answer>;

/** The answer of `POST /import` for a person to read; an answer of another shape is shown by its status alone. */
export function importReport(status: number, body: unknown): string[] {
  const parsed = answer.safeParse(body);
  if (!parsed.success) return [`the server answered ${status}`];
  const { kept, leftOut, warnings } = parsed.data;
  if (status >= 400) return [refusal(status, parsed.data)];
  const [, ...further] = parsed.data.evalRuns ?? [];
  return [
    outcome(parsed.data),
    ...section('further eval runs', further),
    ...section('kept', kept),
    ...section('left out', leftOut),
    ...section('note', warnings),
  ];
}

/** The same in one line, for one file of a folder of many; the import's page tells the rest. */
export function briefReport(status: number, body: unknown): string[] {
  const parsed = answer.safeParse(body);
  if (!parsed.success) return [`the server answered ${status}`];
  if (status >= 400) return [refusal(status, parsed.data)];
  const notes = sizeOf(parsed.data.warnings);
  const lost = sizeOf(parsed.data.leftOut);
  return [`${outcome(parsed.data)}; ${lost} fields left out, ${notes} ${notes === 1 ? 'note' : 'notes'}`];
}

function refusal(status: number, { error }: Answer): string {
  const reason = typeof error === 'string' ? error : error?.message;
  return `not imported: ${reason ?? `the server answered ${status}`}`;
}

function outcome({ alreadyImported, format, evalRun, evalRuns, incidents }: Answer): string {
  const [first, ...others] = evalRun ? [evalRun, ...(evalRuns ?? []).slice(1)] : (incidents ?? []);
  const as = first ? ` as ${first}` : '';
  const and = others.length > 0 ? ` and ${others.length.toLocaleString('en')} more` : '';
  return `${alreadyImported ? 'was imported before' : 'imported'}${as}${and}${format ? ` (${format})` : ''}`;
}

const sizeOf = (list: Answer['kept']) =>
  !list ? 0 : Array.isArray(list) ? list.length : Object.keys(list).length;
