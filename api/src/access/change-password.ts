import { recordEvent } from '../audit-log/record-event.ts';
import type { Context } from '../context.ts';
import { AccessRefusal, InputRefusal } from '../platform/refusal.ts';
import { replaceCredential, revokeSessions, selectCredentialOf } from './access.store.ts';
import { mustStand } from './acting-still.ts';
import { checkPassword, hashPassword, verifyPassword } from './password.ts';
import { revokePasswordResets } from './password-reset.store.ts';
import { signedInPerson } from './sessions.ts';
import { countTry } from './sign-in-throttle.ts';

/** Changes the viewer's own password and ends their other sessions, which may be somebody else's by now. */
export async function changePassword(
  context: Context,
  input: { currentPassword: string; newPassword: string },
): Promise<{ revoked: number }> {
  const viewer = signedInPerson(context);
  const teamId = viewer.teamIds[0];
  if (teamId === undefined) throw new AccessRefusal('FORBIDDEN', 'You belong to no team.');
  const stored = await selectCredentialOf(context.db, viewer.actorId);
  if (stored === null)
    throw new InputRefusal([], 'This account signs in by a provider and has no password to change.');
  checkPassword(input.newPassword, ['newPassword']);
  // Whoever found a session open could otherwise guess on without end.
  const attempt = await countTry(context, String(viewer.actorId), 'password');
  if (!(await attempt.answering(() => verifyPassword(input.currentPassword, stored)))) throw wrong();
  await attempt.succeeded();
  const hash = await hashPassword(input.newPassword);
  return context.beyondSight.$transaction(async (tx) => {
    // A link that somebody else may hold would undo the change. Ended first, as where one is used.
    await revokePasswordResets(tx, { of: viewer.actorId });
    // Checking took its time: whoever reset the password meanwhile, or ended this session, did so against this change.
    if (!(await replaceCredential(tx, viewer.actorId, stored, hash))) throw wrong();
    await mustStand(tx, [viewer]);
    const revoked = await revokeSessions(tx, viewer.actorId, { but: viewer.sessionId });
    const by = { actorId: viewer.actorId, teamId };
    const event = { type: 'PASSWORD_CHANGED', sessions: revoked } as const;
    await recordEvent(tx, by, event, { visibility: 'RESTRICTED' });
    return { revoked };
  });
}

const wrong = () => new InputRefusal(['currentPassword'], 'This is not the current password.');
