import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from '../platform/database.ts';
import { listPage } from '../platform/nested-page.ts';
import type { Cursors, PageArguments } from '../platform/page.ts';

type Runner = Pick<Tx | Db, '$queryRaw' | '$executeRaw'>;

export interface TeamFacts {
  id: bigint;
  namespace: string;
  name: string;
}

export async function selectTeam(db: Runner, id: bigint): Promise<TeamFacts | null> {
  const [row] = await db.$queryRaw<TeamFacts[]>`select id, namespace, name from team where id = ${id}`;
  return row ?? null;
}

/** Null where the namespace is taken. */
export async function insertTeam(tx: Tx, namespace: string, name: string): Promise<bigint | null> {
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    insert into team (namespace, name) values (${namespace}, ${name}) on conflict (namespace) do nothing returning id`;
  return row?.id ?? null;
}

export async function insertMembership(tx: Tx, teamId: bigint, actorId: bigint): Promise<boolean> {
  const added = await tx.$executeRaw`
    insert into membership (team_id, actor_id) values (${teamId}, ${actorId}) on conflict do nothing`;
  return added > 0;
}

export async function deleteMembership(tx: Tx, teamId: bigint, actorId: bigint): Promise<boolean> {
  const removed = await tx.$executeRaw`
    delete from membership where team_id = ${teamId} and actor_id = ${actorId}`;
  return removed > 0;
}

/** The teams of an actor, who is held until the end of the transaction, so that two removals don't take both. */
export async function lockTeamsOf(tx: Tx, actorId: bigint): Promise<bigint[]> {
  await tx.$queryRaw`select id from actor where id = ${actorId} for update`;
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select team_id as id from membership where actor_id = ${actorId} order by team_id`;
  return rows.map((row) => row.id);
}

/** Teams by name. */
export function pageOfTeams(context: { db: Pick<Db, '$queryRaw'>; cursors: Cursors }, args: PageArguments) {
  return listPage<TeamFacts>(context, args, {
    columns: Prisma.sql`t.id, t.namespace, t.name`,
    body: Prisma.sql`from team t where true`,
    order: [
      { name: 'name', sql: Prisma.sql`lower(t.name)`, type: 'text', direction: 'asc' },
      { name: 'id', sql: Prisma.sql`t.id`, type: 'bigint', direction: 'asc' },
    ],
  });
}

/** Who belongs to each of the teams, but Headwater itself. */
export async function selectTeamMembers(
  db: Runner,
  teamIds: readonly bigint[],
): Promise<{ teamId: bigint; actorId: bigint }[]> {
  return db.$queryRaw<{ teamId: bigint; actorId: bigint }[]>`
    select m.team_id as "teamId", m.actor_id as "actorId" from membership m join actor a on a.id = m.actor_id
    where m.team_id = any(${[...teamIds]}::bigint[]) and a.kind <> 'SYSTEM' order by lower(a.name), a.id`;
}
