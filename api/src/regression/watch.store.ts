// What people watch, and what they were told: each reads their own alone, and of it what they may see now.
import { readsAsMember, type Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { OrderTerm } from '../platform/page.ts';
import { outcomesSeen, ruleSeen } from './sight.store.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Writer = Pick<Db | Tx, '$executeRaw'>;

export type WatchedType = 'RegressionRule' | 'Behavior' | 'Incident';
export interface Watched {
  type: WatchedType;
  id: bigint;
}

const COLUMN: Readonly<Record<WatchedType, Prisma.Sql>> = {
  RegressionRule: Prisma.raw('regression_rule_id'),
  Behavior: Prisma.raw('behavior_id'),
  Incident: Prisma.raw('incident_id'),
};

export async function insertWatch(tx: Writer, actorId: bigint, { type, id }: Watched): Promise<void> {
  await tx.$executeRaw`
    insert into watch (actor_id, ${COLUMN[type]}) values (${actorId}, ${id}) on conflict do nothing`;
}

export async function deleteWatch(tx: Writer, actorId: bigint, { type, id }: Watched): Promise<void> {
  await tx.$executeRaw`delete from watch where actor_id = ${actorId} and ${COLUMN[type]} = ${id}`;
}

export interface WatchRow {
  id: bigint;
  ruleId: bigint | null;
  behaviorId: bigint | null;
  incidentId: bigint | null;
  recordedAt: Date;
}

/** Whose watches and notifications these are: a token that may not read has none. */
const actorOf = (viewer: Viewer) => (readsAsMember(viewer) ? viewer.actorId : 0n);

/** The viewer's own, of what they may see now; `which` narrows them. */
function watches(viewer: Viewer, which: Prisma.Sql) {
  return Prisma.sql`
    select w.id, w.regression_rule_id as "ruleId", w.behavior_id as "behaviorId", w.incident_id as "incidentId",
      w.recorded_at as "recordedAt"
    from watch w
    where w.actor_id = ${actorOf(viewer)} and ${which}
      and (w.regression_rule_id is null or exists (
        select from regression_rule r where r.id = w.regression_rule_id and ${ruleSeen(viewer, 'r')}))
      and (w.behavior_id is null or exists (select from behavior b where b.id = w.behavior_id and ${visible(viewer, 'b')}))
      and (w.incident_id is null or exists (select from node n where n.id = w.incident_id and ${visible(viewer, 'n')}))
    order by w.id desc`;
}

export const selectWatches = (db: Reader, viewer: Viewer, most: number) =>
  db.$queryRaw<WatchRow[]>`${watches(viewer, Prisma.sql`true`)} limit ${most}::int`;

export const selectWatchesById = (db: Reader, viewer: Viewer, ids: readonly bigint[]) =>
  db.$queryRaw<WatchRow[]>(watches(viewer, Prisma.sql`w.id = any(${[...ids]}::bigint[])`));

/** Which of these the viewer watches. */
export const selectWatched = (db: Reader, viewer: Viewer, type: WatchedType, ids: readonly bigint[]) =>
  db.$queryRaw<{ id: bigint }[]>`
    select w.${COLUMN[type]} as id from watch w
    where w.actor_id = ${actorOf(viewer)} and w.${COLUMN[type]} = any(${[...ids]}::bigint[])`;

export interface NotificationRow {
  id: bigint;
  outcomeId: bigint;
  recordedAt: Date;
  readAt: Date | null;
}

const NOTIFICATION = Prisma.sql`t.id, t.regression_outcome_id as "outcomeId", t.recorded_at as "recordedAt", t.read_at as "readAt"`;

/** Told to the viewer, and of an outcome that they may see now. */
const told = (viewer: Viewer) => Prisma.sql`
  from notification t where t.actor_id = ${actorOf(viewer)}
    and t.regression_outcome_id in (select o.id ${outcomesSeen(viewer)})`;

const NEWEST_FIRST: OrderTerm[] = [
  { name: 'id', sql: Prisma.raw('t.id'), type: 'bigint', direction: 'desc' },
];

export const notificationList = (viewer: Viewer, unread: boolean) => ({
  columns: NOTIFICATION,
  body: Prisma.sql`${told(viewer)} and ${unread ? Prisma.sql`t.read_at is null` : Prisma.sql`true`}`,
  order: NEWEST_FIRST,
});

export const selectNotifications = (db: Reader, viewer: Viewer, ids: readonly bigint[]) =>
  db.$queryRaw<
    NotificationRow[]
  >`select ${NOTIFICATION} ${told(viewer)} and t.id = any(${[...ids]}::bigint[])`;

export async function countUnread(db: Reader, viewer: Viewer): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count ${told(viewer)} and t.read_at is null`;
  return row?.count ?? 0;
}

/** Marks those of these that the viewer sees, or all of them, as read; answers how many were not. */
export async function markRead(tx: Tx, viewer: Viewer, ids: readonly bigint[] | null): Promise<number> {
  const which = ids === null ? Prisma.sql`true` : Prisma.sql`t.id = any(${[...ids]}::bigint[])`;
  return tx.$executeRaw`
    update notification set read_at = now() where id in (
      select t.id ${told(viewer)} and t.read_at is null and ${which})`;
}
