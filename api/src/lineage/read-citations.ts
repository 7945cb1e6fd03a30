import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { selectCitations } from './parties.store.ts';
import type { CitationRow } from './records.ts';

/** A citation by its internal id; null where it is not visible. */
export const citationById = loadsOne<Context, CitationRow>(
  'citationById',
  async (context, ids) =>
    new Map((await selectCitations(context.db, context.viewer, ids)).map((row) => [row.id, row])),
);

/** What a `citation` field resolves from: null where there is none. */
export async function citationOf(context: Context, row: { citationId: bigint | null }) {
  return row.citationId === null ? null : context.load(citationById, row.citationId);
}
