import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import type { PageArguments } from '../platform/page.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { commonTeam, selectActorByEmail } from './access.store.ts';
import { endOfMaker } from './api-tokens.ts';
import { authorise, type Change } from './change.ts';
import { demand } from './change-member.ts';
import { mustBeFreshIfSession } from './fresh-session.ts';
import {
  type InvitationRow,
  insertInvitation,
  markInvitationRevoked,
  pageOfInvitations,
  selectInvitations,
  selectOpenInvitation,
} from './invitation.store.ts';
import { INVITATION_DAYS, LONGEST_INVITATION_DAYS } from './invitations.ts';
import { mayGrant } from './members.ts';
import { teamOr404 } from './teams.ts';
import { may, type Role } from './viewer.ts';

const QUIET = { visibility: 'RESTRICTED' } as const;

/**
 * Makes an invitation and returns its secret in clear, this once; a digest alone is kept. One that is made with a token
 * ends with it: else whoever finds a token could go on joining once it is revoked.
 */
export async function inviteMember(
  change: Change,
  input: { email: string | null; role: Role; team: bigint | null; days: number | null },
): Promise<{ token: string; invitation: bigint }> {
  const email = input.email === null ? null : checkedEmail(input.email);
  const days = input.days ?? INVITATION_DAYS;
  if (days < 1 || days > LONGEST_INVITATION_DAYS) {
    const expected = `1 to ${LONGEST_INVITATION_DAYS}`;
    throw new InputRefusal(['expiresInDays'], 'An invitation is good for some days.', expected);
  }
  demand(mayGrant(change.by, input.role), 'role');
  if (input.role === 'ADMINISTRATOR') await mustBeFreshIfSession(change.tx, change.by);
  if (email !== null && (await selectActorByEmail(change.tx, email)) !== null)
    throw new ConflictRefusal(['email'], 'Somebody has an account with this address already.');
  const team = await teamOr404(change, input.team ?? (await commonTeam(change.tx)));
  const end = await endOfMaker(change);
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  const token = `hi_${randomBytes(32).toString('base64url')}`;
  const invitation = await insertInvitation(change.tx, {
    digest: change.context.digest(token),
    email,
    role: input.role,
    teamId: team.id,
    invitedBy: change.by.actorId,
    madeWith: change.by.tokenId,
    expiresAt: end !== null && end < expiresAt ? end : expiresAt,
  });
  await change.event({ type: 'MEMBER_INVITED', role: input.role, team: team.name }, QUIET);
  return { token, invitation };
}

export async function revokeInvitation(change: Change, id: bigint): Promise<{ invitation: bigint }> {
  const [row] = await selectInvitations(change.tx, [id]);
  if (row === undefined) throw new NotFoundRefusal(['id'], 'There is no such invitation.');
  if (!(await markInvitationRevoked(change.tx, id)))
    throw new ConflictRefusal(['id'], 'The invitation is no longer open.');
  const team = await teamOr404(change, row.teamId);
  await change.event({ type: 'INVITATION_REVOKED', role: row.role, team: team.name }, QUIET);
  return { invitation: id };
}

const EMAIL = z.email().max(320);

export function checkedEmail(text: string): string {
  const parsed = EMAIL.safeParse(text.trim().toLowerCase());
  if (parsed.success) return parsed.data;
  throw new InputRefusal(['email'], 'This is not an e-mail address.', 'an address such as name@example.org');
}

export function invitations(context: Context, args: PageArguments) {
  authorise(context, 'admin');
  return pageOfInvitations(context, args);
}

export const invitationById = loadsOne<Context, InvitationRow>('invitationById', async (context, ids) => {
  if (!may(context.viewer, 'admin').allowed) return new Map();
  return new Map((await selectInvitations(context.db, ids)).map((row) => [row.id, row]));
});

const TOKEN = /^hi_[A-Za-z0-9_-]{43}$/;

/** What whoever holds the link is offered; null where the link is not, or no longer, good. */
export async function invitationOffer(context: Context, token: string): Promise<InvitationRow | null> {
  return TOKEN.test(token) ? selectOpenInvitation(context.db, context.digest(token)) : null;
}

export type { InvitationRow } from './invitation.store.ts';
