import { recordEvent } from '../audit-log/record-event.ts';
import type { Context } from '../context.ts';
import { AccessRefusal, ConflictRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { mustBeFresh, staleSession } from './fresh-session.ts';
import { lockWays, selectLinkedSince, unlinkIdentities } from './identity.store.ts';
import { signedInPerson } from './sessions.ts';
import { providersOf } from './sign-in-settings.ts';
import { mayUnlink } from './ways-to-sign-in.ts';

/**
 * The viewer no longer signs in by their identities of this issuer: the sessions opened by them end, but the one that
 * asks. Soon after signing in, as for linking, and never the last way in.
 */
export async function unlinkIdentity(
  context: Context,
  input: { issuer: string },
): Promise<{ issuer: string; revoked: number }> {
  const { actorId, sessionId, teamIds } = signedInPerson(context);
  const teamId = teamIds[0];
  if (teamId === undefined) throw new AccessRefusal('FORBIDDEN', 'You belong to no team.');
  const { issuer } = input;
  return context.beyondSight.$transaction(async (tx) => {
    await mustBeFresh(tx, sessionId);
    // Of two that unlink the last two ways at once, one has to see what the other did.
    const account = await lockWays(tx, actorId);
    if (account === null) throw staleSession();
    const linked = (await selectLinkedSince(tx, [actorId])).map((identity) => identity.issuer);
    if (!linked.includes(issuer))
      throw new NotFoundRefusal(['issuer'], 'You have no identity of this provider.');
    const providers = providersOf(context.signIn).map((provider) => provider.issuer);
    const permission = mayUnlink({ ...account, linked, providers }, issuer);
    if (!permission.allowed) throw new ConflictRefusal(['issuer'], permission.reason ?? 'Not allowed.');
    const { sessions } = await unlinkIdentities(tx, { actorId, issuer, but: sessionId });
    const event = { type: 'IDENTITY_UNLINKED', issuer, sessions } as const;
    await recordEvent(tx, { actorId, teamId }, event, { visibility: 'RESTRICTED' });
    return { issuer, revoked: sessions };
  });
}
