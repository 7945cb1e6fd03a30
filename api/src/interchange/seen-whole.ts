import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { countToldOf } from './import.store.ts';

/**
 * Of imports, whether the viewer sees all that the file tells of. Counted once with all rights, and once with the
 * viewer's own: neither a predicate nor a policy that is left out makes the two equal by itself.
 */
export const seenWhole = loadsOne<Context, boolean>('importsSeenWhole', async (context, ids) => {
  const [all, seen] = await Promise.all([
    countToldOf(context.beyondSight, null, ids),
    countToldOf(context.db, context.viewer, ids),
  ]);
  const told = new Map(all.map((row) => [row.id, row.told]));
  return new Map(seen.map((row) => [row.id, row.told === told.get(row.id)]));
});
