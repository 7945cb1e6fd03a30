import { Prisma } from '../generated/prisma/client.ts';
import { LOCKS } from '../platform/advisory-locks.ts';
import type { Db, Tx } from '../platform/database.ts';
import { listPage } from '../platform/nested-page.ts';
import type { Cursors, PageArguments } from '../platform/page.ts';
import type { Role } from './viewer.ts';

type Runner = Pick<Tx | Db, '$queryRaw' | '$executeRaw'>;

export interface MemberRow {
  id: bigint;
  kind: 'PERSON' | 'SERVICE' | 'SYSTEM';
  name: string;
  email: string | null;
  role: Role;
  disabledAt: Date | null;
  createdAt: Date;
  teamIds: bigint[];
  hasPassword: boolean;
  /** Issuers of the identities that this person signs in by. */
  issuers: string[];
  openSessions: number;
  workingTokens: number;
  lastSeenAt: Date | null;
}

const COLUMNS = Prisma.sql`a.id, a.kind::text as kind, a.name, a.email, a.role::text as role,
  a.disabled_at as "disabledAt", a.created_at as "createdAt",
  array(select m.team_id from membership m where m.actor_id = a.id order by m.team_id) as "teamIds",
  exists (select from credential c where c.actor_id = a.id) as "hasPassword",
  array(select i.issuer from identity i where i.actor_id = a.id and i.unlinked_at is null order by i.issuer) as issuers,
  (select count(*)::int from session s where s.actor_id = a.id and s.revoked_at is null and s.expires_at > now())
    as "openSessions",
  (select count(*)::int from api_token t where t.actor_id = a.id and t.revoked_at is null
    and (t.expires_at is null or t.expires_at > now())) as "workingTokens",
  greatest((select max(coalesce(s.last_used_at, s.created_at)) from session s where s.actor_id = a.id),
    (select max(t.last_used_at) from api_token t where t.actor_id = a.id)) as "lastSeenAt"`;

export async function selectMembers(db: Runner, ids: readonly bigint[]): Promise<MemberRow[]> {
  return db.$queryRaw<MemberRow[]>`
    select ${COLUMNS} from actor a where a.id = any(${[...ids]}::bigint[]) and a.kind <> 'SYSTEM'`;
}

export async function selectMember(db: Runner, id: bigint): Promise<MemberRow | null> {
  const [row] = await selectMembers(db, [id]);
  return row ?? null;
}

/** People, or service accounts, by name. */
export function pageOfMembers(
  context: { db: Pick<Db, '$queryRaw'>; cursors: Cursors },
  kind: 'PERSON' | 'SERVICE',
  search: string | null,
  args: PageArguments,
) {
  const typed = search?.trim().toLowerCase() ?? '';
  const fits =
    typed === ''
      ? Prisma.sql`true`
      : Prisma.sql`(position(${typed} in lower(a.name)) > 0 or position(${typed} in lower(coalesce(a.email, ''))) > 0)`;
  return listPage<MemberRow>(context, args, {
    columns: COLUMNS,
    body: Prisma.sql`from actor a where a.kind = ${kind}::actor_kind and ${fits}`,
    order: [
      { name: 'name', sql: Prisma.sql`lower(a.name)`, type: 'text', direction: 'asc' },
      { name: 'id', sql: Prisma.sql`a.id`, type: 'bigint', direction: 'asc' },
    ],
  });
}

export async function countAdministrators(db: Runner): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from actor
    where kind = 'PERSON' and role = 'ADMINISTRATOR' and disabled_at is null`;
  return row!.count;
}

/**
 * Until the end of the transaction nobody else administers. So of two who demote each other at once one finds that they
 * are demoted, and what somebody's demotion ends, such as the links they made, is not made meanwhile.
 */
export async function holdAdministration(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCKS.access}::int, 0)`;
}

export async function updateRole(tx: Tx, id: bigint, role: Role): Promise<void> {
  await tx.$executeRaw`update actor set role = ${role}::role where id = ${id}`;
}

export async function updateDisabled(tx: Tx, id: bigint, disabled: boolean): Promise<void> {
  await tx.$executeRaw`
    update actor set disabled_at = case when ${disabled} then now() end where id = ${id}`;
}

export async function updateName(tx: Tx, id: bigint, name: string): Promise<void> {
  await tx.$executeRaw`update actor set name = ${name} where id = ${id}`;
}
