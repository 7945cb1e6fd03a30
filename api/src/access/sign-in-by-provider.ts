import { recordEvent } from '../audit-log/record-event.ts';
import type { Context } from '../context.ts';
import type { Tx } from '../platform/database.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { gone, joinByInvitation } from './accept-invitation.ts';
import { commonTeam, insertActorInto } from './access.store.ts';
import { checkGithubToken } from './check-github-token.ts';
import {
  holdIdentity,
  type IdentityOwner,
  insertIdentity,
  selectPersonByEmail,
  spendIdToken,
  useIdentity,
  wasUnlinked,
} from './identity.store.ts';
import { lockOpenInvitation } from './invitation.store.ts';
import { type IssuedSession, openSession } from './sessions.ts';
import { isOfDomain, type ProvenIdentity } from './sign-in-settings.ts';
import { countTry } from './sign-in-throttle.ts';
import { verifyIdToken } from './verify-id-token.ts';

/** What a provider gave the web, to be checked here. */
export interface ProviderWord {
  provider: string;
  idToken: string | null;
  nonce: string | null;
  accessToken: string | null;
}

export interface ProviderSignIn extends ProviderWord {
  invitation: string | null;
}

const QUIET = { visibility: 'RESTRICTED' } as const;

/**
 * Signs in whoever a provider vouches for. The account is the one that this identity was joined to; else one made by
 * the invitation that comes with it; else, where the operator trusts the provider for the address's domain, the one
 * with that address, or a new one. Else nobody.
 */
export async function signInByProvider(context: Context, input: ProviderSignIn): Promise<IssuedSession> {
  const attempt = await countTry(context, null);
  const proof = await prove(context, input);
  const { actorId, identityId } = await context.beyondSight.$transaction(async (tx) => {
    await spend(tx, proof);
    return accountOf(tx, context, proof.identity, input.invitation);
  });
  await attempt.succeeded();
  const stillLinked = async (tx: Tx) => {
    // Unlinking ends the sessions that are open then: one that opens meanwhile would outlive it.
    if (!(await holdIdentity(tx, identityId))) throw unlinked();
  };
  return openSession(context, actorId, stillLinked, identityId);
}

/** Uses the provider's token up: whoever comes with it again is refused. */
export async function spend(tx: Tx, { spend }: Proof): Promise<void> {
  if (spend && !(await spendIdToken(tx, spend.digest, spend.expiresAt)))
    throw new InputRefusal(['idToken'], 'The provider’s token was used already: sign in again.');
}

interface Proof {
  identity: ProvenIdentity;
  spend: { digest: Uint8Array; expiresAt: Date } | null;
}

/** Who the provider says somebody is, once its word has been checked. */
export async function prove(context: Context, input: ProviderWord): Promise<Proof> {
  const { oidc, github } = context.signIn;
  if (input.provider === 'oidc' && oidc !== null) {
    if (input.idToken === null) throw missing('idToken');
    if (input.nonce === null) throw missing('nonce');
    const { idToken, nonce, accessToken } = input;
    const checked = await verifyIdToken(oidc, { idToken, nonce, accessToken });
    return {
      identity: checked.identity,
      spend: { digest: context.digest(signedPart(idToken)), expiresAt: checked.expiresAt },
    };
  }
  if (input.provider === 'github' && github !== null) {
    if (input.accessToken === null) throw missing('accessToken');
    return { identity: await checkGithubToken(github, input.accessToken), spend: null };
  }
  throw new InputRefusal(['provider'], 'This installation has no such provider.', 'one of signInProviders');
}

/**
 * What the issuer signed of a token. Of the signature itself there are many spellings that are good, by padding, by bits that
 * nobody reads, and for elliptic curves by a second number, so that a digest of it would not know the token again.
 */
const signedPart = (idToken: string): string => idToken.slice(0, idToken.lastIndexOf('.'));

const missing = (field: string) =>
  new InputRefusal([field], 'The provider’s answer lacks this.', `the ${field}`);

async function accountOf(
  tx: Tx,
  context: Context,
  identity: ProvenIdentity,
  invitation: string | null,
): Promise<{ actorId: bigint; identityId: bigint }> {
  const { issuer, subject } = identity;
  const known = await useIdentity(tx, issuer, subject);
  if (known !== null) return { actorId: enabled(known), identityId: known.identityId };
  if (await wasUnlinked(tx, issuer, subject)) throw unlinked();
  const joined =
    invitation === null
      ? await joinByDomain(tx, identity)
      : await joinByOffer(tx, context, identity, invitation);
  const identityId = await insertIdentity(tx, { issuer, subject, actorId: joined.actorId });
  if (identityId === null)
    throw new ConflictRefusal(
      ['account'],
      'This identity was joined to an account a moment ago: sign in again.',
    );
  await recordEvent(tx, joined, { type: 'IDENTITY_LINKED', issuer }, QUIET);
  return { actorId: joined.actorId, identityId };
}

/** Neither an invitation nor the address takes it in again: whoever unlinked it meant it. */
const unlinked = () =>
  new ConflictRefusal(
    ['provider'],
    'This identity was unlinked from its account here: sign in another way, and link it anew.',
  );

type Joined = { actorId: bigint; teamId: bigint };

async function joinByOffer(
  tx: Tx,
  context: Context,
  identity: ProvenIdentity,
  token: string,
): Promise<Joined> {
  const offer = await lockOpenInvitation(tx, context.digest(token));
  if (offer === null) throw gone(['invitation']);
  if (offer.email !== null && offer.email !== identity.verifiedEmail) {
    const message = 'The invitation is for another e-mail address than the one that the provider verified.';
    throw new ConflictRefusal(['invitation'], message);
  }
  const email = offer.email ?? addressOf(context, identity);
  return joinByInvitation(tx, context, { token, name: nameOf(identity), email });
}

/**
 * The address that an open invitation takes over from a provider: none that another provider's word opens the account of,
 * since its owner would then sign in to what somebody else made, and still has.
 */
function addressOf({ signIn: { oidc } }: Context, identity: ProvenIdentity): string | null {
  const isOthers = oidc !== null && !identity.isOwnDomain && isOfDomain(identity.verifiedEmail, oidc.domains);
  return isOthers ? null : identity.verifiedEmail;
}

async function joinByDomain(tx: Tx, identity: ProvenIdentity): Promise<Joined> {
  const { verifiedEmail: email } = identity;
  if (email === null || !identity.isOwnDomain) throw noAccount();
  const present = await selectPersonByEmail(tx, email);
  if (present !== null) {
    const teamId = present.teamId ?? (await commonTeam(tx));
    return { actorId: enabled(present), teamId };
  }
  const name = nameOf(identity);
  const made = await insertActorInto(tx, { kind: 'PERSON', name, email, role: 'VIEWER' }, null);
  if (made === null) throw noAccount();
  await recordEvent(tx, made, { type: 'MEMBER_JOINED', name, role: 'VIEWER', by: 'PROVIDER' }, QUIET);
  return made;
}

function enabled(owner: IdentityOwner): bigint {
  if (!owner.disabled) return owner.actorId;
  throw new ConflictRefusal([], 'This account is disabled. An administrator can enable it.');
}

const nameOf = (identity: ProvenIdentity): string =>
  identity.name ?? identity.verifiedEmail?.split('@')[0] ?? 'Somebody without a name';

const noAccount = () =>
  new NotFoundRefusal([], 'Nobody here has this identity. Ask an administrator for an invitation.');
