import { z } from 'zod';
import { StartRefusal } from '../platform/data-folder-refusal.ts';

const EVERY_MS = 500;
/** How long an import may go on without a line of what it has come to. */
const TELL_EVERY_MS = 5_000;
/** Refused lines that are shown; the import's page has all. */
const SHOWN = 50;

const QUERY = `query ($id: ID!) { import(id: $id) { status format error bytes warnings leftOut { field reason }
  progress { bytesRead lines added held refused } } }`;

const answer = z.object({
  data: z.object({
    import: z.object({
      status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED']),
      format: z.string(),
      error: z.string().nullable(),
      bytes: z.string(),
      warnings: z.array(z.string()),
      leftOut: z.array(z.object({ field: z.string(), reason: z.string() })),
      // A file of many eval runs tells of it while it runs alone.
      progress: z
        .object({
          bytesRead: z.string(),
          lines: z.number(),
          added: z.number(),
          held: z.number(),
          refused: z.number(),
        })
        .nullable(),
    }),
  }),
});
type Row = z.infer<typeof answer>['data']['import'];

/** Asks how far an import of many lines, or eval runs, has come until it has ended, and says so; not ok where lines were refused. */
export async function followImport(
  to: { api: string; token: string },
  id: string,
  tell: (line: string) => void,
): Promise<{ ok: boolean; lines: string[] }> {
  let told = performance.now();
  for (;;) {
    const row = await ask(to, id);
    if (row.status !== 'RUNNING') return ended(row);
    if (row.progress !== null && performance.now() - told > TELL_EVERY_MS) {
      const share = (Number(row.progress.bytesRead) / Math.max(1, Number(row.bytes))) * 100;
      tell(`${share.toFixed(0)} % read: ${figures(row)}`);
      told = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

const count = (n: number) => n.toLocaleString('en');

function figures({ format, progress }: Row): string {
  if (progress === null) return 'all of it';
  const { lines, added, held, refused } = progress;
  const of = /^(?:lineage|documents)-/.test(format) ? 'lines' : 'eval runs';
  return `${count(lines)} ${of}, ${count(added)} new, ${count(held)} recorded before, ${count(refused)} refused`;
}

function ended(row: Row): { ok: boolean; lines: string[] } {
  // Of a file of eval runs this is what no field of the record fits, and nothing was refused.
  const lost = row.progress === null ? [] : row.leftOut;
  const refused = lost.slice(0, SHOWN).map(({ field, reason }) => `  ${field}: ${reason}`);
  const more = lost.length > SHOWN ? [`  and ${lost.length - SHOWN} more`] : [];
  const head =
    row.status === 'SUCCEEDED'
      ? `imported (${row.format}): ${figures(row)}`
      : `given up (${row.format}): ${row.error}`;
  const lines = [
    head,
    ...row.warnings.map((warning) => `note: ${warning}`),
    ...(refused.length > 0 ? ['refused:', ...refused, ...more] : []),
  ];
  const whole = row.progress === null || row.progress.refused === 0;
  return { ok: row.status === 'SUCCEEDED' && whole, lines };
}

async function ask({ api, token }: { api: string; token: string }, id: string): Promise<Row> {
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY, variables: { id } }),
  }).catch((error: Error & { cause?: Error }) => {
    throw new StartRefusal(`${api} does not answer any more: ${error.cause?.message ?? error.message}`);
  });
  const read = answer.safeParse(await response.json().catch(() => null));
  if (!read.success)
    throw new StartRefusal(`The server answered ${response.status} when asked how far the import has come.`);
  return read.data.data.import;
}
