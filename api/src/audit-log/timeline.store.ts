import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db } from '../platform/database.ts';
import type { Json } from '../platform/json.ts';
import type { OrderTerm } from '../platform/page.ts';

export interface EventRow {
  id: bigint;
  type: string;
  at: Date;
  actorId: bigint;
  payload: Json;
}

/** Older events of these types count what may be narrower than they are: that is not told. */
const PAYLOAD = Prisma.sql`case when e.type in ('DATASET_VERSION_REGISTERED', 'TRANSFORMATION_RECORDED',
    'TRAINING_RUN_RECORDED', 'COMPOSITION_ASSERTED', 'EVAL_RUN_RECORDED', 'EVAL_RUN_RESCORED', 'LINES_IMPORTED')
  then e.payload - array['inputs', 'measurements', 'scores', 'added']
  when e.type = 'IMPORT_REREAD' then e.payload - array['runs', 'changes'] else e.payload end as payload`;
const EVENT = Prisma.sql`e.id, e.type, e.recorded_at as at, e.actor_id as "actorId", ${PAYLOAD}`;
const events = (viewer: Viewer) => Prisma.sql`
  from event e left join node n on n.id = e.node_id
  where ${visible(viewer, 'e')} and (e.node_id is null or ${visible(viewer, 'n')})`;

export const selectEvents = (db: Pick<Db, '$queryRaw'>, viewer: Viewer, ids: readonly bigint[]) =>
  db.$queryRaw<EventRow[]>`select ${EVENT} ${events(viewer)} and e.id = any(${[...ids]}::bigint[])`;

/** Under a node `p.id`, oldest first. */
export function eventsUnder(viewer: Viewer) {
  return {
    columns: EVENT,
    body: Prisma.sql`${events(viewer)} and e.node_id = p.id`,
    order: [{ name: 'id', sql: Prisma.raw('e.id'), type: 'bigint', direction: 'asc' }] satisfies OrderTerm[],
  };
}
