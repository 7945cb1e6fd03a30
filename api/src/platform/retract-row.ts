import { Prisma } from '../generated/prisma/client.ts';
import type { Tx } from './database.ts';

/** What can be taken back by itself, by its table. */
type RetractableTable =
  | 'alias'
  | 'claim'
  | 'composition'
  | 'content_measurement'
  | 'dispute'
  | 'edge'
  | 'measurement'
  | 'model_alias'
  | 'node'
  | 'regression_rule'
  | 'scoring_rule_version';

/** Retracts a row that still holds; the database sets the moment. False where it was retracted already. */
export async function retractRowOf(
  tx: Tx,
  table: RetractableTable,
  id: bigint,
  actorId: bigint,
  reason: string | null,
): Promise<boolean> {
  const done = await tx.$executeRaw`
    update ${Prisma.raw(table)} set retracted_at = recording_moment(), retracted_by = ${actorId}, retraction_reason = ${reason}
    where id = ${id} and retracted_at is null`;
  return done > 0;
}
