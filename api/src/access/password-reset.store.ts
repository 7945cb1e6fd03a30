import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from '../platform/database.ts';

type Reader = Pick<Tx | Db, '$queryRaw'>;

/** What whoever holds the link is told: whose account it is, and until when the link is good. */
export interface PasswordResetRow {
  id: bigint;
  actorId: bigint;
  name: string;
  email: string;
  expiresAt: Date;
}

export async function insertPasswordReset(
  tx: Tx,
  reset: { digest: Uint8Array; actorId: bigint; madeBy: bigint; expiresAt: Date },
): Promise<void> {
  await tx.$executeRaw`
    insert into password_reset (digest, actor_id, made_by, expires_at)
    values (${Buffer.from(reset.digest)}, ${reset.actorId}, ${reset.madeBy}, ${reset.expiresAt})`;
}

const OPEN = Prisma.sql`r.used_at is null and r.revoked_at is null and r.expires_at > now()`;
const open = (digest: Uint8Array) => Prisma.sql`
  select r.id, r.actor_id as "actorId", a.name, a.email, r.expires_at as "expiresAt"
  from password_reset r join actor a on a.id = r.actor_id
  where r.digest = ${Buffer.from(digest)} and ${OPEN} and a.disabled_at is null and a.email is not null`;

/** The reset behind a secret, while it can still be used. */
export async function selectOpenReset(db: Reader, digest: Uint8Array): Promise<PasswordResetRow | null> {
  const [row] = await db.$queryRaw<PasswordResetRow[]>(open(digest));
  return row ?? null;
}

/** The same, held until the end of the transaction: of two who use it at once, one finds nothing. */
export async function lockOpenReset(tx: Tx, digest: Uint8Array): Promise<PasswordResetRow | null> {
  const [row] = await tx.$queryRaw<PasswordResetRow[]>(Prisma.sql`${open(digest)} for update of r`);
  return row ?? null;
}

export async function markResetUsed(tx: Tx, id: bigint): Promise<void> {
  await tx.$executeRaw`update password_reset set used_at = now() where id = ${id}`;
}

/** Ends the open links `of` an account, or made `by` one. */
export async function revokePasswordResets(tx: Tx, which: { of: bigint } | { by: bigint }): Promise<void> {
  const whose = 'of' in which ? Prisma.sql`r.actor_id = ${which.of}` : Prisma.sql`r.made_by = ${which.by}`;
  await tx.$executeRaw`update password_reset r set revoked_at = now() where ${whose} and ${OPEN}`;
}
