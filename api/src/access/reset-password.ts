import { randomBytes } from 'node:crypto';
import { recordEvent } from '../audit-log/record-event.ts';
import type { Context } from '../context.ts';
import { NotFoundRefusal } from '../platform/refusal.ts';
import { commonTeam, putCredential, revokeSessions, selectTeamOf } from './access.store.ts';
import type { Change } from './change.ts';
import { demand, memberOr404, whom } from './change-member.ts';
import { mustBeFresh, mustBeFreshIfSession } from './fresh-session.ts';
import { mayGrant, mayResetPassword } from './members.ts';
import { checkPassword, hashPassword } from './password.ts';
import {
  insertPasswordReset,
  lockOpenReset,
  markResetUsed,
  type PasswordResetRow,
  revokePasswordResets,
  selectOpenReset,
} from './password-reset.store.ts';
import { signedInPerson } from './sessions.ts';
import { accountOf, countTry, forgetTries } from './sign-in-throttle.ts';

const QUIET = { visibility: 'RESTRICTED' } as const;
const TOKEN = /^hr_[A-Za-z0-9_-]{43}$/;

export const RESET_HOURS = 24;

/** Makes a link to set a new password and returns its secret in clear, this once. An earlier one ends with that. */
export async function createPasswordReset(
  change: Change,
  id: bigint,
): Promise<{ token: string; member: bigint; expiresAt: number }> {
  // Whoever holds the link can become that person, so no token makes one, nor anybody who may do less than they.
  signedInPerson(change.context);
  await mustBeFreshIfSession(change.tx, change.by);
  // For oneself it takes the place of the current password, which not even whoever owns the data folder has given.
  if (id === change.by.actorId) await mustBeFresh(change.tx, change.by.sessionId);
  const member = await memberOr404(change, id);
  demand(mayResetPassword(member), 'member');
  demand(mayGrant(change.by, member.role), 'member');
  await revokePasswordResets(change.tx, { of: id });
  const token = `hr_${randomBytes(32).toString('base64url')}`;
  const expiresAt = new Date(Date.now() + RESET_HOURS * 3_600_000);
  const digest = change.context.digest(token);
  await insertPasswordReset(change.tx, { digest, actorId: id, madeBy: change.by.actorId, expiresAt });
  await change.event({ type: 'PASSWORD_RESET_OFFERED', ...whom(change, member) }, QUIET);
  return { token, member: id, expiresAt: expiresAt.getTime() };
}

/** What whoever holds the link can do with it; null where it is not, or no longer, good. */
export async function passwordResetOffer(context: Context, token: string): Promise<PasswordResetRow | null> {
  return TOKEN.test(token) ? selectOpenReset(context.db, context.digest(token)) : null;
}

/** Sets the password of the account that the link is for, and ends all its sessions, whoever has them. */
export async function resetPassword(
  context: Context,
  input: { token: string; password: string },
): Promise<{ email: string; revoked: number }> {
  const attempt = await countTry(context, null);
  if ((await passwordResetOffer(context, input.token)) === null) throw gone();
  await attempt.succeeded();
  checkPassword(input.password, ['password']);
  const hash = await hashPassword(input.password);
  const done = await context.beyondSight.$transaction(async (tx) => {
    const reset = await lockOpenReset(tx, context.digest(input.token));
    if (reset === null) throw gone();
    const { actorId, email } = reset;
    await markResetUsed(tx, reset.id);
    await putCredential(tx, actorId, hash);
    const revoked = await revokeSessions(tx, actorId);
    const teamId = (await selectTeamOf(tx, actorId)) ?? (await commonTeam(tx));
    await recordEvent(tx, { actorId, teamId }, { type: 'PASSWORD_RESET', sessions: revoked }, QUIET);
    return { email, revoked };
  });
  // Most come by having forgotten it: they are to sign in now, however often they guessed before.
  await forgetTries(context, accountOf(done.email));
  return done;
}

const gone = () =>
  new NotFoundRefusal(
    ['token'],
    'This link was used, was replaced, has expired, or never was. Ask an administrator for a new one.',
  );
