import type { Db, Tx } from '../platform/database.ts';
import type { PasswordHash } from './password.ts';
import type { Role, Scope } from './viewer.ts';

type Runner = Pick<Tx | Db, '$queryRaw' | '$executeRaw'>;

export interface AccountRow {
  actorId: bigint;
  kind: 'PERSON' | 'SERVICE' | 'SYSTEM';
  name: string;
  email: string | null;
  role: Role;
  teamIds: bigint[];
}

export interface SessionRow extends AccountRow {
  sessionId: bigint;
  expiresAt: Date;
}

export async function selectSession(db: Runner, sessionId: bigint): Promise<SessionRow | null> {
  const [row] = await db.$queryRaw<SessionRow[]>`
    select s.id as "sessionId", s.expires_at as "expiresAt", a.id as "actorId", a.kind::text as kind, a.name, a.email,
      a.role::text as role, array(select m.team_id from membership m where m.actor_id = a.id order by m.team_id) as "teamIds"
    from session s join actor a on a.id = s.actor_id
    where s.id = ${sessionId} and s.revoked_at is null and s.expires_at > now() and a.disabled_at is null`;
  return row ?? null;
}

export async function selectSessionByHandle(db: Runner, digest: Uint8Array): Promise<SessionRow | null> {
  const [row] = await db.$queryRaw<{ id: bigint }[]>`
    update session set last_used_at = now()
    where handle_digest = ${Buffer.from(digest)} and revoked_at is null and expires_at > now() returning id`;
  return row === undefined ? null : selectSession(db, row.id);
}

export async function insertSession(
  db: Runner,
  session: {
    actorId: bigint;
    handleDigest: Uint8Array;
    expiresAt: Date;
    userAgent: string | null;
    address: string | null;
    identityId: bigint | null;
  },
): Promise<bigint> {
  const [row] = await db.$queryRaw<{ id: bigint }[]>`
    insert into session (actor_id, handle_digest, expires_at, user_agent, address, identity_id)
    values (${session.actorId}, ${Buffer.from(session.handleDigest)}, ${session.expiresAt}, ${session.userAgent},
      ${session.address}, ${session.identityId})
    returning id`;
  return row!.id;
}

/** Ends sessions of the actor: `only` that one, all `but` that one, or all; says how many were still open. */
export async function revokeSessions(
  db: Runner,
  actorId: bigint,
  which: { only?: bigint | null; but?: bigint | null } = {},
): Promise<number> {
  const { only = null, but = null } = which;
  return db.$executeRaw`
    update session set revoked_at = now()
    where actor_id = ${actorId} and revoked_at is null and expires_at > now()
      and (${only}::bigint is null or id = ${only}::bigint) and (${but}::bigint is null or id <> ${but}::bigint)`;
}

export interface ActiveSessionRow {
  id: bigint;
  userAgent: string | null;
  address: string | null;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

const MOST_SESSIONS = 1_000;

/** The sessions of the actor that are open, the one used last first. */
export async function selectActiveSessions(db: Runner, actorId: bigint): Promise<ActiveSessionRow[]> {
  return db.$queryRaw<ActiveSessionRow[]>`
    select id, user_agent as "userAgent", address, created_at as "createdAt",
      coalesce(last_used_at, created_at) as "lastUsedAt", expires_at as "expiresAt"
    from session where actor_id = ${actorId} and revoked_at is null and expires_at > now()
    order by coalesce(last_used_at, created_at) desc, id desc limit ${MOST_SESSIONS}::int`;
}

export async function selectCredential(
  db: Runner,
  email: string,
): Promise<(PasswordHash & { actorId: bigint }) | null> {
  const [row] = await db.$queryRaw<(PasswordHash & { actorId: bigint })[]>`
    select c.actor_id as "actorId", c.cost, c.block_size as "blockSize", c.parallelization, c.salt, c.hash
    from credential c join actor a on a.id = c.actor_id
    where lower(a.email) = lower(${email}) and a.disabled_at is null`;
  return row ?? null;
}

/** The account behind a token that is neither expired nor revoked; notes its use once a minute at most. */
export async function useApiToken(
  db: Runner,
  digest: Uint8Array,
): Promise<(AccountRow & { tokenId: bigint; scopes: Scope[] }) | null> {
  const [row] = await db.$queryRaw<(AccountRow & { tokenId: bigint; scopes: Scope[]; stale: boolean })[]>`
    select t.id as "tokenId", t.scopes, coalesce(t.last_used_at < now() - interval '1 minute', true) as stale,
      a.id as "actorId", a.kind::text as kind, a.name, a.email, a.role::text as role,
      array(select m.team_id from membership m where m.actor_id = a.id order by m.team_id) as "teamIds"
    from api_token t join actor a on a.id = t.actor_id
    where t.digest = ${Buffer.from(digest)} and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
      and a.disabled_at is null`;
  if (row === undefined) return null;
  if (row.stale) await db.$executeRaw`update api_token set last_used_at = now() where id = ${row.tokenId}`;
  return row;
}

export interface InstallationRow {
  globalIdKey: Uint8Array;
  tokenKey: Uint8Array;
}

/** The installation's keys, which the migration made. */
export async function installationKeys(db: Runner): Promise<InstallationRow> {
  const [row] = await db.$queryRaw<InstallationRow[]>`
    select global_id_key as "globalIdKey", token_key as "tokenKey" from installation where id = 1`;
  if (row === undefined) throw new Error('The database has no installation: run its migrations first.');
  return row;
}

export async function selectAdministrator(db: Runner): Promise<(AccountRow & { email: string }) | null> {
  const [row] = await db.$queryRaw<(AccountRow & { email: string })[]>`
    select a.id as "actorId", a.kind::text as kind, a.name, a.email, a.role::text as role,
      array(select m.team_id from membership m where m.actor_id = a.id order by m.team_id) as "teamIds"
    from actor a where a.kind = 'PERSON' and a.role = 'ADMINISTRATOR' and a.disabled_at is null order by a.id limit 1`;
  return row ?? null;
}

/** Adds an actor to a team, the common one (made if absent) unless told; null where the e-mail address is taken. */
export async function insertActorInto(
  db: Runner,
  actor: { kind: 'PERSON' | 'SERVICE' | 'SYSTEM'; name: string; email: string | null; role: Role },
  teamId: bigint | null,
): Promise<{ actorId: bigint; teamId: bigint } | null> {
  const team = teamId ?? (await commonTeam(db));
  const [row] = await db.$queryRaw<{ id: bigint }[]>`
    insert into actor (kind, name, email, role)
    values (${actor.kind}::actor_kind, ${actor.name}, ${actor.email}, ${actor.role}::role)
    on conflict (lower(email)) where email is not null do nothing returning id`;
  if (row === undefined) return null;
  await db.$executeRaw`insert into membership (team_id, actor_id) values (${team}, ${row.id})`;
  return { actorId: row.id, teamId: team };
}

export async function commonTeam(db: Runner): Promise<bigint> {
  await db.$executeRaw`insert into team (namespace, name) values ('', 'Common') on conflict (namespace) do nothing`;
  const [team] = await db.$queryRaw<{ id: bigint }[]>`select id from team where namespace = ''`;
  return team!.id;
}

/** Adds an actor to the common team and returns both ids. */
export async function insertActor(
  db: Runner,
  actor: { kind: 'PERSON' | 'SERVICE' | 'SYSTEM'; name: string; email: string | null; role: Role },
): Promise<{ actorId: bigint; teamId: bigint }> {
  const made = await insertActorInto(db, actor, null);
  if (made === null) throw new Error('An actor has this e-mail address already.');
  return made;
}

export async function insertCredential(db: Runner, actorId: bigint, hash: PasswordHash): Promise<void> {
  await db.$executeRaw`
    insert into credential (actor_id, cost, block_size, parallelization, salt, hash)
    values (${actorId}, ${hash.cost}, ${hash.blockSize}, ${hash.parallelization}, ${Buffer.from(hash.salt)}, ${Buffer.from(hash.hash)})`;
}

/** Gives an account its password, whether or not it had one. */
export async function putCredential(db: Runner, actorId: bigint, hash: PasswordHash): Promise<void> {
  await db.$executeRaw`
    insert into credential (actor_id, cost, block_size, parallelization, salt, hash)
    values (${actorId}, ${hash.cost}, ${hash.blockSize}, ${hash.parallelization}, ${Buffer.from(hash.salt)}, ${Buffer.from(hash.hash)})
    on conflict (actor_id) do update set cost = excluded.cost, block_size = excluded.block_size,
      parallelization = excluded.parallelization, salt = excluded.salt, hash = excluded.hash, changed_at = now()`;
}

/** Gives an account another password in place of `former`; false where that is its password no more. */
export async function replaceCredential(
  tx: Tx,
  actorId: bigint,
  former: PasswordHash,
  hash: PasswordHash,
): Promise<boolean> {
  const replaced = await tx.$executeRaw`
    update credential set cost = ${hash.cost}, block_size = ${hash.blockSize}, parallelization = ${hash.parallelization},
      salt = ${Buffer.from(hash.salt)}, hash = ${Buffer.from(hash.hash)}, changed_at = now()
    where actor_id = ${actorId} and hash = ${Buffer.from(former.hash)}`;
  return replaced > 0;
}

/** Whether the account is enabled, which it stays until the end of the transaction. */
export async function holdEnabled(tx: Tx, actorId: bigint): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select from actor where id = ${actorId} and disabled_at is null for share`;
  return rows.length > 0;
}

/** Whether this is the account's password still, which it stays until the end of the transaction. */
export async function holdCredential(tx: Tx, actorId: bigint, hash: Uint8Array): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select from credential where actor_id = ${actorId} and hash = ${Buffer.from(hash)} for share`;
  return rows.length > 0;
}

export async function selectCredentialOf(db: Runner, actorId: bigint): Promise<PasswordHash | null> {
  const [row] = await db.$queryRaw<PasswordHash[]>`
    select cost, block_size as "blockSize", parallelization, salt, hash from credential where actor_id = ${actorId}`;
  return row ?? null;
}

export async function selectActorByEmail(db: Runner, email: string): Promise<bigint | null> {
  const [row] = await db.$queryRaw<
    { id: bigint }[]
  >`select id from actor where lower(email) = lower(${email})`;
  return row?.id ?? null;
}

/** The team that an actor asserts for. */
export async function selectTeamOf(db: Runner, actorId: bigint): Promise<bigint | null> {
  const [row] = await db.$queryRaw<{ id: bigint | null }[]>`
    select min(team_id) as id from membership where actor_id = ${actorId}`;
  return row?.id ?? null;
}

const REMEMBERED_DAYS = 30;
const MOST_ADDRESSES = 100;

/** From which addresses the account with this e-mail address, in lower case, was signed in to of late; the latest first. */
export async function selectAddressesOf(db: Pick<Runner, '$queryRaw'>, email: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ address: string }[]>`
    select s.address from session s join actor a on a.id = s.actor_id
    where lower(a.email) = ${email} and s.address is not null
      and s.created_at > now() - make_interval(days => ${REMEMBERED_DAYS}::int)
    order by s.id desc limit ${MOST_ADDRESSES}::int`;
  return rows.map(({ address }) => address);
}

/** Whether this session is open and was opened within so many minutes. */
export async function isFreshSession(db: Runner, sessionId: bigint, minutes: number): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select from session where id = ${sessionId} and revoked_at is null
      and created_at > now() - make_interval(mins => ${minutes}::int)`;
  return rows.length > 0;
}

/** The accounts of actors who may still act, by the session or token that each began with; null for who may not. */
export async function selectActingStill(
  db: Pick<Runner, '$queryRaw'>,
  began: readonly { actorId: bigint; sessionId: bigint | null; tokenId: bigint | null }[],
): Promise<(AccountRow | null)[]> {
  const of = (key: 'actorId' | 'sessionId' | 'tokenId') => began.map((one) => one[key]);
  const rows = await db.$queryRaw<(AccountRow & { at: number })[]>`
    select b.at::int as at, a.id as "actorId", a.kind::text as kind, a.name, a.email, a.role::text as role,
      array(select m.team_id from membership m where m.actor_id = a.id order by m.team_id) as "teamIds"
    from unnest(${of('actorId')}::bigint[], ${of('sessionId')}::bigint[], ${of('tokenId')}::bigint[])
      with ordinality as b(actor, session, token, at)
    join actor a on a.id = b.actor and a.disabled_at is null
    where (b.session is null or exists (
        select from session s where s.id = b.session and s.revoked_at is null and s.expires_at > now()))
      and (b.token is null or exists (
        select from api_token t where t.id = b.token and t.revoked_at is null
          and (t.expires_at is null or t.expires_at > now())))`;
  const found = new Map(rows.map(({ at, ...account }) => [at, account]));
  return began.map((_one, i) => found.get(i + 1) ?? null);
}
