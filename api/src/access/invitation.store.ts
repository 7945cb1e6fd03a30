import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from '../platform/database.ts';
import { listPage } from '../platform/nested-page.ts';
import type { Cursors, PageArguments } from '../platform/page.ts';
import type { Role } from './viewer.ts';

type Runner = Pick<Tx | Db, '$queryRaw' | '$executeRaw'>;

export interface InvitationRow {
  id: bigint;
  email: string | null;
  role: Role;
  teamId: bigint;
  invitedBy: bigint;
  createdAt: Date;
  expiresAt: Date;
  acceptedAt: Date | null;
  acceptedBy: bigint | null;
  revokedAt: Date | null;
}

const COLUMNS = Prisma.sql`i.id, i.email, i.role::text as role, i.team_id as "teamId", i.invited_by as "invitedBy",
  i.created_at as "createdAt", i.expires_at as "expiresAt", i.accepted_at as "acceptedAt",
  i.accepted_by as "acceptedBy", i.revoked_at as "revokedAt"`;

export async function insertInvitation(
  db: Runner,
  invitation: {
    digest: Uint8Array;
    email: string | null;
    role: Role;
    teamId: bigint;
    invitedBy: bigint;
    madeWith: bigint | null;
    expiresAt: Date;
  },
): Promise<bigint> {
  const [row] = await db.$queryRaw<{ id: bigint }[]>`
    insert into invitation (digest, email, role, team_id, invited_by, made_with, expires_at)
    values (${Buffer.from(invitation.digest)}, ${invitation.email}, ${invitation.role}::role, ${invitation.teamId},
      ${invitation.invitedBy}, ${invitation.madeWith}, ${invitation.expiresAt}) returning id`;
  return row!.id;
}

export async function selectInvitations(db: Runner, ids: readonly bigint[]): Promise<InvitationRow[]> {
  return db.$queryRaw<InvitationRow[]>`
    select ${COLUMNS} from invitation i where i.id = any(${[...ids]}::bigint[])`;
}

const OPEN = Prisma.sql`i.accepted_at is null and i.revoked_at is null and i.expires_at > now()`;

/** The invitation behind a secret, while it can still be accepted. */
export async function selectOpenInvitation(db: Runner, digest: Uint8Array): Promise<InvitationRow | null> {
  const [row] = await db.$queryRaw<InvitationRow[]>`
    select ${COLUMNS} from invitation i where i.digest = ${Buffer.from(digest)} and ${OPEN}`;
  return row ?? null;
}

/** The same, held until the end of the transaction: of two who accept it at once, one finds nothing. */
export async function lockOpenInvitation(tx: Tx, digest: Uint8Array): Promise<InvitationRow | null> {
  const [row] = await tx.$queryRaw<InvitationRow[]>`
    select ${COLUMNS} from invitation i where i.digest = ${Buffer.from(digest)} and ${OPEN} for update`;
  return row ?? null;
}

export async function markInvitationAccepted(tx: Tx, id: bigint, actorId: bigint): Promise<void> {
  await tx.$executeRaw`update invitation set accepted_at = now(), accepted_by = ${actorId} where id = ${id}`;
}

/** Whether it was open still. */
export async function markInvitationRevoked(tx: Tx, id: bigint): Promise<boolean> {
  const revoked = await tx.$executeRaw`
    update invitation i set revoked_at = now() where i.id = ${id} and ${OPEN}`;
  return revoked > 0;
}

export async function revokeInvitationsOf(tx: Tx, invitedBy: bigint): Promise<void> {
  await tx.$executeRaw`
    update invitation i set revoked_at = now() where i.invited_by = ${invitedBy} and ${OPEN}`;
}

/** Invitations, the newest first. */
export function pageOfInvitations(
  context: { db: Pick<Db, '$queryRaw'>; cursors: Cursors },
  args: PageArguments,
) {
  return listPage<InvitationRow>(context, args, {
    columns: COLUMNS,
    body: Prisma.sql`from invitation i where true`,
    order: [{ name: 'id', sql: Prisma.sql`i.id`, type: 'bigint', direction: 'desc' }],
  });
}
