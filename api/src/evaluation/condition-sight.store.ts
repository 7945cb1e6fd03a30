import { readsAsMember, readsEverything, type Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';

/**
 * Whether a condition `c`, whose evaluation version is seen, is seen itself: it was registered with the version by whose
 * that is, or a figure that is seen was taken under it. What an import or a rescoring adds to a version is thereby seen
 * by whoever sees the run that it came of, and shared with it (decision 40). The policy on the table says the same.
 */
export function conditionSeen(viewer: Viewer): Prisma.Sql {
  if (readsAsMember(viewer) && readsEverything(viewer)) return Prisma.sql`(true)`;
  return Prisma.sql`(c.declared
    or exists (select 1 from measurement m join node n on n.id = m.eval_run_id join behavior b on b.id = m.behavior_id
      where m.condition_id = c.id and ${visible(viewer, 'm')} and ${visible(viewer, 'n')} and ${visible(viewer, 'b')} offset 0)
    or exists (select 1 from score s join node n on n.id = s.eval_run_id
      where s.condition_id = c.id and ${visible(viewer, 's')} and ${visible(viewer, 'n')} offset 0))`;
}
