import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';

/**
 * Whether a score is none that a measurement stands for which the viewer sees. Whoever does not see it reads the metric as
 * the file states it, as if no rule had made a measurement of it: that it is missing would tell that one did.
 */
export function saidByNoMeasurement(viewer: Viewer, alias: string): Prisma.Sql {
  const coveredBy = Prisma.sql`${Prisma.raw(alias)}.covered_by`;
  return Prisma.sql`(${coveredBy} = '{}' or not exists (
    select 1 from measurement covering join behavior covered on covered.id = covering.behavior_id
    where covering.id = any(${coveredBy}) and ${visible(viewer, 'covering')} and ${visible(viewer, 'covered')}))`;
}
