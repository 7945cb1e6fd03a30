import { recordEvent } from '../audit-log/record-event.ts';
import type { Context } from '../context.ts';
import type { Tx } from '../platform/database.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { insertActorInto, insertCredential } from './access.store.ts';
import { checkedName } from './change-member.ts';
import { lockOpenInvitation, markInvitationAccepted } from './invitation.store.ts';
import { checkedEmail, invitationOffer } from './invite-member.ts';
import { checkPassword, hashPassword } from './password.ts';
import { isOfDomain } from './sign-in-settings.ts';
import { countTry } from './sign-in-throttle.ts';

/** Makes the account of whoever holds the invitation's link, with a name and a password of their own. */
export async function acceptInvitation(
  context: Context,
  input: { token: string; name: string; email: string | null; password: string },
): Promise<{ actor: bigint; email: string }> {
  const attempt = await countTry(context, null);
  const offer = await invitationOffer(context, input.token);
  if (offer === null) throw gone(['token']);
  const name = checkedName(input.name, 'name');
  if (offer.email === null && (input.email === null || input.email.trim() === ''))
    throw new InputRefusal(['email'], 'The invitation names no address, so say yours.', 'an e-mail address');
  const email = offer.email ?? checkedEmail(input.email ?? '');
  if (input.email !== null && input.email.trim() !== '' && checkedEmail(input.email) !== email)
    throw new InputRefusal(['email'], 'The invitation is for another address.', email);
  if (offer.email === null) refuseOwnDomain(context, email);
  checkPassword(input.password, ['password']);
  const hash = await attempt.answering(() => hashPassword(input.password));
  const joined = await context.beyondSight.$transaction(async (tx) => {
    const { actorId } = await joinByInvitation(tx, context, { token: input.token, name, email });
    await insertCredential(tx, actorId, hash);
    return { actor: actorId, email };
  });
  // Not before: a good link does not let its holder ask without end which addresses have an account.
  await attempt.succeeded();
  return joined;
}

/**
 * Whoever may name any address names none that a provider's word opens the account of: the one whose it is would later
 * sign in to an account that somebody else made, and has the password of.
 */
function refuseOwnDomain({ signIn }: Pick<Context, 'signIn'>, email: string): void {
  const { oidc } = signIn;
  if (oidc === null || !isOfDomain(email, oidc.domains)) return;
  const message = `Addresses of this domain join by ${oidc.name}, or by an invitation for the address.`;
  throw new InputRefusal(['email'], message, 'an address of another domain');
}

/** Uses the invitation up for a new account, with the role and team that it grants. */
export async function joinByInvitation(
  tx: Tx,
  context: Pick<Context, 'digest'>,
  person: { token: string; name: string; email: string | null },
): Promise<{ actorId: bigint; teamId: bigint }> {
  const invitation = await lockOpenInvitation(tx, context.digest(person.token));
  if (invitation === null) throw gone(['token']);
  const { name, email } = person;
  const actor = { kind: 'PERSON', name, email, role: invitation.role } as const;
  const made = await insertActorInto(tx, actor, invitation.teamId);
  if (made === null)
    throw new ConflictRefusal(['email'], 'Somebody has an account with this address already: sign in.');
  await markInvitationAccepted(tx, invitation.id, made.actorId);
  const event = { type: 'MEMBER_JOINED', name, role: invitation.role, by: 'INVITATION' } as const;
  await recordEvent(tx, made, event, { visibility: 'RESTRICTED' });
  return made;
}

export const gone = (path: string[]): NotFoundRefusal =>
  new NotFoundRefusal(
    path,
    'This invitation was used, was revoked, has expired, or never was. Ask for a new one.',
  );
