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
      progress: z.object({
        bytesRead: z.string(),
        lines: z.number(),
        added: z.number(),
        held: z.number(),
        refused: z.number(),
      }),
    }),
  }),
});
type Row = z.infer<typeof answer>['data']['import'];

/** Asks how far an import of many lines has come until it has ended, and says so; not ok where lines were refused. */
export async function followImport(
  to: { api: string; token: string },
  id: string,
  tell: (line: string) => void,
): Promise<{ ok: boolean; lines: string[] }> {
  let told = performance.now();
  for (;;) {
    const row = await ask(to, id);
    if (row.status !== 'RUNNING') return ended(row);
    if (performance.now() - told > TELL_EVERY_MS) {
      const share = (Number(row.progress.bytesRead) / Math.max(1, Number(row.bytes))) * 100;
      tell(`${share.toFixed(0)} % read: ${figures(row)}`);
      told = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

const count = (n: number) => n.toLocaleString('en');

const figures = ({ progress: { lines, added, held, refused } }: Row) =>
  `${count(lines)} lines, ${count(added)} new, ${count(held)} recorded before, ${count(refused)} refused`;

function ended(row: Row): { ok: boolean; lines: string[] } {
  const refused = row.leftOut.slice(0, SHOWN).map(({ field, reason }) => `  ${field}: ${reason}`);
  const more = row.leftOut.length > SHOWN ? [`  and ${row.leftOut.length - SHOWN} more`] : [];
  const head =
    row.status === 'SUCCEEDED'
      ? `imported (${row.format}): ${figures(row)}`
      : `given up (${row.format}): ${row.error}`;
  const lines = [
    head,
    ...row.warnings.map((warning) => `note: ${warning}`),
    ...(refused.length > 0 ? ['refused:', ...refused, ...more] : []),
  ];
  return { ok: row.status === 'SUCCEEDED' && row.progress.refused === 0, lines };
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
