import { z } from 'zod';

const items = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish();

const answer = z.object({
  status: z.string().nullish(),
  alreadyImported: z.boolean().nullish(),
  format: z.string().nullish(),
  evalRun: z.string().nullish(),
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

/** The answer of `POST /import` for a person to read; an answer of another shape is shown by its status alone. */
export function importReport(status: number, body: unknown): string[] {
  const parsed = answer.safeParse(body);
  if (!parsed.success) return [`the server answered ${status}`];
  const { alreadyImported, format, evalRun, incidents, kept, leftOut, warnings, error } = parsed.data;
  if (status >= 400) {
    const reason = typeof error === 'string' ? error : error?.message;
    return [`not imported: ${reason ?? `the server answered ${status}`}`];
  }
  const [first, ...others] = evalRun ? [evalRun] : (incidents ?? []);
  const more = others.length === 0 ? '' : ` and ${others.length.toLocaleString('en')} more`;
  const as = first ? ` as ${first}${more}` : '';
  const what = format ? ` (${format})` : '';
  return [
    `${alreadyImported ? 'was imported before' : 'imported'}${as}${what}`,
    ...section('kept', kept),
    ...section('left out', leftOut),
    ...section('note', warnings),
  ];
}
