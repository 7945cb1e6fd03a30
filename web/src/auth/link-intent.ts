import { createHash } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { type HeldSession, isSecure, sessionSecret } from './session-cookie.ts';

/** Says that the way to a provider, begun by a person who is signed in, is to link it and not to sign in anew. */
export const LINK_COOKIE = 'headwater.link';

const MINUTES = 10;
const SALT = 'headwater link';

export const linkCookieOptions = (seconds = MINUTES * 60) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/api/auth', secure: isSecure(), maxAge: seconds }) as const;

// The session itself is in its own cookie; this only has to tell whether that is still the same one.
const nameOf = (session: HeldSession) => createHash('sha256').update(session.handle).digest('base64url');

export const sealLinkIntent = (provider: string, session: HeldSession): Promise<string> =>
  encode({
    token: { provider, session: nameOf(session) },
    secret: sessionSecret(),
    salt: SALT,
    maxAge: MINUTES * 60,
  });

/** The provider to link; null where the intent is not ours, has ended, or is another session's. */
export async function openLinkIntent(
  value: string | undefined,
  session: HeldSession | null,
): Promise<string | null> {
  if (!value || !session) return null;
  const intent = await decode({ token: value, secret: sessionSecret(), salt: SALT }).catch(() => null);
  return intent?.session === nameOf(session) ? String(intent.provider) : null;
}
