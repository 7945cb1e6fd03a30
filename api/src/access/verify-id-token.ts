import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { InputRefusal } from '../platform/refusal.ts';
import { givenName, isOfDomain, type OidcSettings, type ProvenIdentity } from './sign-in-settings.ts';

/** Signatures that can be checked with a published key alone: neither `none` nor the shared secret of HS256. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const LONGEST_AGE = '10 minutes';
const CLOCK_TOLERANCE_S = 60;
const TIMEOUT_MS = 5_000;
const DISCOVERY_MS = 60 * 60_000;
const SHORTEST_NONCE = 16;

interface Provider {
  keys: JWTVerifyGetKey;
  userInfo: string | null;
  until: number;
}

/** What a provider publishes, kept for an hour. Keys it adds in between are fetched when a token names them. */
const known = new Map<string, Promise<Provider>>();

const Discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
});
const UserInfo = z.object({
  sub: z.string(),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.string()]).optional(),
  name: z.string().optional(),
});

export interface CheckedIdToken {
  identity: ProvenIdentity;
  /** Until when a second use has to be told. */
  expiresAt: Date;
}

/**
 * Checks an ID token: the signature by the issuer's published keys, issuer, audience, age and nonce. The e-mail is
 * asked of the userinfo endpoint where the token says none, and believed only of the same subject.
 */
export async function verifyIdToken(
  settings: OidcSettings,
  given: { idToken: string; nonce: string; accessToken: string | null },
): Promise<CheckedIdToken> {
  if (given.nonce.length < SHORTEST_NONCE) throw refused();
  const provider = await providerAt(settings.issuer);
  const claims = await checkedClaims(settings, provider, given);
  const told = claims.email === undefined ? await userInfo(provider, claims, given.accessToken) : claims;
  const email = z.email().safeParse(told?.email);
  const verified = told?.email_verified === true || told?.email_verified === 'true';
  const verifiedEmail = email.success && verified ? email.data.toLowerCase() : null;
  const name = told?.name ?? claims.name;
  return {
    identity: {
      issuer: settings.issuer,
      subject: claims.sub,
      name: givenName(typeof name === 'string' ? name : null),
      verifiedEmail,
      isOwnDomain: isOfDomain(verifiedEmail, settings.domains),
    },
    expiresAt: new Date((claims.exp + CLOCK_TOLERANCE_S) * 1000),
  };
}

type Claims = JWTPayload & { sub: string; exp: number };

async function checkedClaims(
  settings: OidcSettings,
  provider: Provider,
  given: { idToken: string; nonce: string },
): Promise<Claims> {
  try {
    const { payload } = await jwtVerify(given.idToken, provider.keys, {
      issuer: settings.issuer,
      audience: settings.clientId,
      algorithms: ALGORITHMS,
      maxTokenAge: LONGEST_AGE,
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['sub', 'iat', 'exp', 'nonce'],
    });
    const { sub, exp, nonce, azp, aud } = payload;
    if (typeof sub !== 'string' || sub === '' || sub.length > 255 || exp === undefined) throw refused();
    if (nonce !== given.nonce) throw refused();
    // A token for several parties says which of them it was issued to.
    const severalParties = Array.isArray(aud) && aud.length > 1;
    if ((azp !== undefined || severalParties) && azp !== settings.clientId) throw refused();
    return { ...payload, sub, exp };
  } catch (error) {
    if (error instanceof errors.JWKSTimeout) throw unanswered();
    if (error instanceof errors.JOSEError) throw refused();
    if (error instanceof InputRefusal) throw error;
    throw unanswered();
  }
}

async function userInfo(provider: Provider, claims: Claims, accessToken: string | null) {
  if (provider.userInfo === null || accessToken === null) return null;
  const answer = UserInfo.safeParse(
    await fetchJson(provider.userInfo, { authorization: `Bearer ${accessToken}` }),
  );
  if (!answer.success || answer.data.sub !== claims.sub) throw refused();
  return answer.data;
}

function providerAt(issuer: string): Promise<Provider> {
  const fetched = known.get(issuer) ?? discover(issuer);
  known.set(issuer, fetched);
  return fetched.then(
    (provider) => {
      if (provider.until > Date.now()) return provider;
      known.delete(issuer);
      return providerAt(issuer);
    },
    (error: unknown) => {
      if (known.get(issuer) === fetched) known.delete(issuer);
      throw error;
    },
  );
}

async function discover(issuer: string): Promise<Provider> {
  const address = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const found = Discovery.safeParse(await fetchJson(address));
  if (!found.success || found.data.issuer !== issuer) throw unanswered();
  const { jwks_uri: keys, userinfo_endpoint: userInfo } = found.data;
  // What is fetched in clear could be anybody's: keys, and the address that an account is opened by.
  const isClear = (address: string) => new URL(address).protocol !== 'https:';
  if (!isClear(issuer) && (isClear(keys) || (userInfo !== undefined && isClear(userInfo))))
    throw unanswered();
  return {
    keys: createRemoteJWKSet(new URL(keys), { timeoutDuration: TIMEOUT_MS }),
    userInfo: userInfo ?? null,
    until: Date.now() + DISCOVERY_MS,
  };
}

async function fetchJson(address: string, headers: Record<string, string> = {}): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(address, {
      headers: { accept: 'application/json', ...headers },
      signal,
      redirect: 'error',
    });
    if (!response.ok) throw unanswered();
    return await response.json();
  } catch {
    throw unanswered();
  }
}

// One sentence for all that may be wrong with a token: a forger learns nothing of which check it failed.
const refused = () => new InputRefusal(['idToken'], 'The provider’s token is not valid here: sign in again.');
const unanswered = () =>
  new InputRefusal(['provider'], 'The provider does not answer as it should; try again in a moment.');
