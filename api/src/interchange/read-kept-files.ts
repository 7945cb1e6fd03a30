import type { Context } from '../context.ts';
import { groupRows, loadsMany, loadsOne } from '../platform/loader.ts';
import {
  type ImportRevealRow,
  isOpenImportReveal,
  type KeptFileRow,
  selectImportReveals,
  selectKeptFiles,
  selectRevealsOfImports,
} from './kept-file.store.ts';
import { seenWhole } from './seen-whole.ts';

export type { ImportRevealRow, KeptFileRow } from './kept-file.store.ts';

/** The file of an import, where it is kept and the viewer may see all that it tells of: it is never read in part. */
export const keptFileOfImport = loadsOne<Context, KeptFileRow>('keptFileOfImport', async (context, ids) => {
  const rows = await selectKeptFiles(context.db, context.viewer, ids);
  const whole = await Promise.all(rows.map((row) => context.load(seenWhole, row.id)));
  return new Map(rows.filter((_row, i) => whole[i] === true).map((row) => [row.id, row]));
});

export const importRevealById = loadsOne<Context, ImportRevealRow>(
  'importRevealById',
  async (context, ids) => {
    const rows = await selectImportReveals(context.db, context.viewer, ids);
    return new Map(rows.map((row) => [row.id, row]));
  },
);

export const revealsOfImport = loadsMany('revealsOfImport', async (context: Context, ids) =>
  groupRows(await selectRevealsOfImports(context.db, context.viewer, ids), (row) => row.importId),
);

/** Whether what revealImport answered opens an import's file to this viewer now; `ticket` is a global id, or is none. */
export async function isRevealed(context: Context, importId: bigint, ticket: unknown): Promise<boolean> {
  const decoded = typeof ticket === 'string' ? context.ids.decode(ticket) : null;
  if (decoded?.type !== 'ImportReveal') return false;
  return isOpenImportReveal(context.db, context.viewer, { id: decoded.id, importId });
}
