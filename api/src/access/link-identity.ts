import { recordEvent } from '../audit-log/record-event.ts';
import type { Context } from '../context.ts';
import { AccessRefusal, ConflictRefusal } from '../platform/refusal.ts';
import { holdEnabled } from './access.store.ts';
import { mustBeFresh, staleSession } from './fresh-session.ts';
import { insertIdentity } from './identity.store.ts';
import { signedInPerson } from './sessions.ts';
import { type ProviderWord, prove, spend } from './sign-in-by-provider.ts';
import { countTry } from './sign-in-throttle.ts';

/** Lets the viewer sign in by this identity, too: by the same proofs, and only soon after signing in. */
export async function linkIdentity(context: Context, input: ProviderWord): Promise<{ issuer: string }> {
  const { actorId, sessionId, teamIds } = signedInPerson(context);
  const teamId = teamIds[0];
  if (teamId === undefined) throw new AccessRefusal('FORBIDDEN', 'You belong to no team.');
  const attempt = await countTry(context, null);
  const proof = await prove(context, input);
  const { issuer, subject } = proof.identity;
  await context.beyondSight.$transaction(async (tx) => {
    await spend(tx, proof);
    await mustBeFresh(tx, sessionId);
    if (!(await holdEnabled(tx, actorId))) throw staleSession();
    if ((await insertIdentity(tx, { issuer, subject, actorId })) === null)
      throw new ConflictRefusal(['provider'], 'An account has this identity already.');
    const event = { type: 'IDENTITY_LINKED', issuer, bySession: true } as const;
    await recordEvent(tx, { actorId, teamId }, event, { visibility: 'RESTRICTED' });
  });
  await attempt.succeeded();
  return { issuer };
}
