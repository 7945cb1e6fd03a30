// Who took back what, and why.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db } from '../platform/database.ts';

type Reader = Pick<Db, '$queryRaw'>;

export interface RetractionRow {
  id: bigint;
  retractedAt: Date;
  actorId: bigint | null;
  reason: string | null;
  /** Of a node alone. */
  replacedBy: bigint | null;
}

/** The retractions up to a moment of nodes, or of edges, that the viewer may see. */
export async function selectRetractions(
  db: Reader,
  viewer: Viewer,
  what: 'node' | 'edge',
  ids: readonly bigint[],
  on: Date,
): Promise<RetractionRow[]> {
  if (ids.length === 0) return [];
  const replacedBy = what === 'node' ? Prisma.sql`r.replaced_by` : Prisma.sql`null::bigint`;
  return db.$queryRaw<RetractionRow[]>`
    select r.id, r.retracted_at as "retractedAt", r.retracted_by as "actorId", r.retraction_reason as reason,
      ${replacedBy} as "replacedBy"
    from ${Prisma.raw(what)} r
    where r.id = any(${[...ids]}::bigint[]) and r.retracted_at <= ${on} and ${visible(viewer, 'r')}`;
}
