import type { Db, Tx } from '../platform/database.ts';

export interface IdentityOwner {
  actorId: bigint;
  disabled: boolean;
}

/** Whose identity it is, noting that it was used; null where it is linked to nobody. */
export async function useIdentity(
  tx: Tx,
  issuer: string,
  subject: string,
): Promise<(IdentityOwner & { identityId: bigint }) | null> {
  const [row] = await tx.$queryRaw<(IdentityOwner & { identityId: bigint })[]>`
    update identity i set last_used_at = now() from actor a
    where a.id = i.actor_id and i.issuer = ${issuer} and i.subject = ${subject} and i.unlinked_at is null
    returning i.id as "identityId", i.actor_id as "actorId", a.disabled_at is not null as disabled`;
  return row ?? null;
}

/** Whether it was linked to somebody who has unlinked it since. */
export async function wasUnlinked(tx: Tx, issuer: string, subject: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select from identity where issuer = ${issuer} and subject = ${subject} and unlinked_at is not null limit 1`;
  return rows.length > 0;
}

/** Its id, where it was nobody's until now, or this person's who had unlinked it; else null. */
export async function insertIdentity(
  tx: Tx,
  identity: { issuer: string; subject: string; actorId: bigint },
): Promise<bigint | null> {
  const { issuer, subject, actorId } = identity;
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    insert into identity (issuer, subject, actor_id, last_used_at)
    select ${issuer}, ${subject}, ${actorId}::bigint, now() where not exists (
      select from identity i where i.issuer = ${issuer} and i.subject = ${subject} and i.actor_id <> ${actorId}::bigint)
    on conflict do nothing returning id`;
  return row?.id ?? null;
}

/** Whether it is linked still, which it stays until the end of the transaction. */
export async function holdIdentity(tx: Tx, identityId: bigint): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select from identity where id = ${identityId} and unlinked_at is null for share`;
  return rows.length > 0;
}

/** Unlinks the person's identities of an issuer and ends the sessions opened by them, but one; says how many. */
export async function unlinkIdentities(
  tx: Tx,
  of: { actorId: bigint; issuer: string; but: bigint | null },
): Promise<{ unlinked: number; sessions: number }> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    update identity set unlinked_at = now()
    where actor_id = ${of.actorId} and issuer = ${of.issuer} and unlinked_at is null returning id`;
  const sessions = await tx.$executeRaw`
    update session set revoked_at = now()
    where identity_id = any(${rows.map((row) => row.id)}::bigint[]) and id is distinct from ${of.but}::bigint
      and revoked_at is null and expires_at > now()`;
  return { unlinked: rows.length, sessions };
}

/** How a person can sign in, which stays so until the end of the transaction that asks; null for a disabled account. */
export async function lockWays(tx: Tx, actorId: bigint): Promise<{ hasPassword: boolean } | null> {
  const [row] = await tx.$queryRaw<{ hasPassword: boolean }[]>`
    select exists (select from credential c where c.actor_id = a.id) as "hasPassword"
    from actor a where a.id = ${actorId} and a.disabled_at is null for update of a`;
  return row ?? null;
}

/** A person's account by e-mail address, with the team that they assert for. */
export async function selectPersonByEmail(
  tx: Tx,
  email: string,
): Promise<(IdentityOwner & { teamId: bigint | null }) | null> {
  const [row] = await tx.$queryRaw<(IdentityOwner & { teamId: bigint | null })[]>`
    select a.id as "actorId", a.disabled_at is not null as disabled,
      (select min(m.team_id) from membership m where m.actor_id = a.id) as "teamId"
    from actor a where a.kind = 'PERSON' and lower(a.email) = lower(${email})`;
  return row ?? null;
}

/** Marks an ID token as used; false where it was before. Forgets those that have expired. */
export async function spendIdToken(tx: Tx, digest: Uint8Array, expiresAt: Date): Promise<boolean> {
  await tx.$executeRaw`delete from spent_id_token where expires_at < now()`;
  const spent = await tx.$executeRaw`
    insert into spent_id_token (digest, expires_at) values (${Buffer.from(digest)}, ${expiresAt})
    on conflict do nothing`;
  return spent > 0;
}

export interface LinkedIdentity {
  actorId: bigint;
  issuer: string;
  linkedAt: Date;
}

/** By which issuers' identities people sign in, and since when. */
export async function selectLinkedSince(
  db: Pick<Db | Tx, '$queryRaw'>,
  actorIds: readonly bigint[],
): Promise<LinkedIdentity[]> {
  return db.$queryRaw`
    select actor_id as "actorId", issuer, min(created_at) as "linkedAt" from identity
    where actor_id = any(${[...actorIds]}::bigint[]) and unlinked_at is null
    group by actor_id, issuer order by issuer`;
}
