import type { Context } from '../context.ts';
import { loadIdentified } from '../graphql/node.ts';
import { groupRows, loadsOne } from '../platform/loader.ts';
import { type Citing, selectCiting } from './citing.store.ts';
import { citationById } from './read-citations.ts';
import type { CitationRow } from './records.ts';

/**
 * A citation that is asked for by itself: it is seen as what cites it is. An edge is hidden with either of its ends, and a
 * dispute with what it is about, while the citation itself is only as narrow as whoever recorded it.
 */
export const citationOfSeen = loadsOne<Context, CitationRow>('citationOfSeen', async (context, ids) => {
  const found = (await Promise.all(ids.map((id) => context.load(citationById, id)))).filter(
    (row) => row !== null,
  );
  const rows = await selectCiting(
    context.db,
    context.viewer,
    found.map(({ id }) => id),
  );
  const citing = groupRows(rows, ({ citationId }) => citationId);
  const seen = await Promise.all(found.map(({ id }) => isAnySeen(context, citing.get(id) ?? [])));
  return new Map(found.filter((_row, i) => seen[i]).map((row) => [row.id, row]));
});

/** One type after another: most citations are those of the first. */
async function isAnySeen(context: Context, citing: readonly Citing[]): Promise<boolean> {
  for (const of of groupRows(citing, ({ type }) => type).values()) {
    const rows = await Promise.all(of.map(({ type, id }) => loadIdentified(context, type, id)));
    if (rows.some((row) => row !== null)) return true;
  }
  return false;
}
