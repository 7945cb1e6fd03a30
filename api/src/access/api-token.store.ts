import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from '../platform/database.ts';
import { type ListSql, listPage } from '../platform/nested-page.ts';
import type { Cursors, PageArguments } from '../platform/page.ts';
import type { Scope } from './viewer.ts';

type Runner = Pick<Tx | Db, '$queryRaw' | '$executeRaw'>;

export interface ApiTokenRow {
  id: bigint;
  actorId: bigint;
  name: string;
  prefix: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const COLUMNS = Prisma.sql`t.id, t.actor_id as "actorId", t.name, t.prefix, t.scopes, t.created_at as "createdAt",
  t.expires_at as "expiresAt", t.last_used_at as "lastUsedAt", t.revoked_at as "revokedAt"`;

/**
 * Whose tokens may be seen and revoked: `ownerId` null for everybody's; with `tokenId`, that token and those made
 * with it alone, since a token that leaks must not tell of, or end, the others.
 */
export interface TokenReach {
  ownerId: bigint | null;
  tokenId: bigint | null;
}

function within(reach: TokenReach): Prisma.Sql {
  const own = reach.ownerId === null ? Prisma.sql`true` : Prisma.sql`t.actor_id = ${reach.ownerId}`;
  if (reach.tokenId === null) return own;
  return Prisma.sql`${own} and (t.id = ${reach.tokenId} or t.made_with = ${reach.tokenId})`;
}

export async function selectApiTokens(
  db: Runner,
  ids: readonly bigint[],
  reach: TokenReach,
): Promise<ApiTokenRow[]> {
  return db.$queryRaw<ApiTokenRow[]>`
    select ${COLUMNS} from api_token t where t.id = any(${[...ids]}::bigint[]) and ${within(reach)}`;
}

/** Tokens of one actor, the newest first. */
export function pageOfApiTokens(
  context: { db: Pick<Db, '$queryRaw'>; cursors: Cursors },
  actorId: bigint,
  reach: TokenReach,
  args: PageArguments,
) {
  return listPage<ApiTokenRow>(context, args, {
    columns: COLUMNS,
    body: Prisma.sql`from api_token t where t.actor_id = ${actorId} and ${within(reach)}`,
    order: [{ name: 'id', sql: Prisma.sql`t.id`, type: 'bigint', direction: 'desc' }],
  });
}

/** The same for the tokens of many actors at once, whose ids are `p.id`. */
export function tokensUnder(reach: TokenReach): ListSql {
  return {
    columns: COLUMNS,
    body: Prisma.sql`from api_token t where t.actor_id = p.id and ${within(reach)}`,
    order: [{ name: 'id', sql: Prisma.sql`t.id`, type: 'bigint', direction: 'desc' }],
  };
}

export async function insertApiToken(
  db: Runner,
  token: {
    actorId: bigint;
    madeWith: bigint | null;
    name: string;
    digest: Uint8Array;
    prefix: string;
    scopes: readonly Scope[];
    expiresAt: Date | null;
  },
): Promise<bigint> {
  const [row] = await db.$queryRaw<{ id: bigint }[]>`
    insert into api_token (actor_id, name, digest, prefix, scopes, expires_at, made_with)
    values (${token.actorId}, ${token.name}, ${Buffer.from(token.digest)}, ${token.prefix}, ${[...token.scopes]}::text[], ${token.expiresAt}, ${token.madeWith})
    returning id`;
  return row!.id;
}

/** When a token ends that is not revoked, which it is not until the end of the transaction; null where it is. */
export async function holdApiToken(tx: Tx, id: bigint): Promise<{ expiresAt: Date | null } | null> {
  const [row] = await tx.$queryRaw<{ expiresAt: Date | null }[]>`
    select expires_at as "expiresAt" from api_token where id = ${id} and revoked_at is null for share`;
  return row ?? null;
}

/**
 * Revokes a token and all that were made with it, down to the last, and the invitations that were. What is being made
 * with one of them is waited for, and found when it is asked again.
 */
export async function markApiTokenRevoked(tx: Tx, id: bigint): Promise<void> {
  const made = Prisma.sql`with recursive made(id) as (
    select ${id}::bigint union select t.id from api_token t join made m on t.made_with = m.id)`;
  const some = () => tx.$executeRaw`${made}
    update api_token set revoked_at = now() where id in (select id from made) and revoked_at is null`;
  while ((await some()) > 0);
  await tx.$executeRaw`${made}
    update invitation set revoked_at = now()
    where made_with in (select id from made) and revoked_at is null and accepted_at is null`;
}
