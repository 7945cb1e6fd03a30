import type { Db, Tx } from '../platform/database.ts';

export interface IdentityOwner {
  actorId: bigint;
  disabled: boolean;
}

/** Whose identity it is, noting that it was used; null where it is nobody's. */
export async function useIdentity(tx: Tx, issuer: string, subject: string): Promise<IdentityOwner | null> {
  const [row] = await tx.$queryRaw<IdentityOwner[]>`
    update identity i set last_used_at = now() from actor a
    where a.id = i.actor_id and i.issuer = ${issuer} and i.subject = ${subject}
    returning i.actor_id as "actorId", a.disabled_at is not null as disabled`;
  return row ?? null;
}

/** Whether it was nobody's until now. */
export async function insertIdentity(
  tx: Tx,
  identity: { issuer: string; subject: string; actorId: bigint },
): Promise<boolean> {
  const added = await tx.$executeRaw`
    insert into identity (issuer, subject, actor_id, last_used_at)
    values (${identity.issuer}, ${identity.subject}, ${identity.actorId}, now()) on conflict do nothing`;
  return added > 0;
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
  db: Pick<Db, '$queryRaw'>,
  actorIds: readonly bigint[],
): Promise<LinkedIdentity[]> {
  return db.$queryRaw`
    select actor_id as "actorId", issuer, min(created_at) as "linkedAt" from identity
    where actor_id = any(${[...actorIds]}::bigint[]) group by actor_id, issuer`;
}
