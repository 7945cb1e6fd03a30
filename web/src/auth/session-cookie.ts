import type { JWT } from 'next-auth/jwt';
import { decode, encode } from 'next-auth/jwt';

/** What the encrypted cookie keeps: the API's session handle and the short-lived token that it gave for it. */
export interface HeldSession extends JWT {
  handle: string;
  accessToken: string;
  accessTokenExpiresAt: string;
  expiresAt: string;
  /** Absent where the cookie is of before it was kept, until its next renewal. */
  actor?: string;
  name: string;
  role: string;
}

export const isSecure = (): boolean => process.env.NEXTAUTH_URL?.startsWith('https://') ?? false;

/**
 * The port is in the name because cookies don't tell ports of one host apart, and two instances may run. On https the
 * name is one that browsers take from this very host alone: another of its domain could plant its own session here.
 */
export function sessionCookieName(): string {
  const port = process.env.NEXTAUTH_URL ? new URL(process.env.NEXTAUTH_URL).port : '';
  return `${isSecure() ? '__Host-' : ''}headwater.session${port ? `.${port}` : ''}`;
}

export const sessionCookieOptions = () =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() }) as const;

/** Longer than any session: a cookie that is gone with its session could not tell that there was one. */
export const SESSION_COOKIE_SECONDS = 30 * 24 * 60 * 60;

export function sessionSecret(): string {
  const value = process.env.NEXTAUTH_SECRET;
  if (!value) throw new Error('NEXTAUTH_SECRET is not set, so no session can be kept or read.');
  return value;
}

/** The session in a cookie's value; null where there is none, or it is not ours, or it has ended. */
export async function openSession(value: string | undefined): Promise<HeldSession | null> {
  if (!value) return null;
  try {
    const held = (await decode({ token: value, secret: sessionSecret() })) as Partial<HeldSession> | null;
    if (!held?.handle || !held.accessToken || !held.expiresAt) return null;
    return Date.parse(held.expiresAt) > Date.now() ? (held as HeldSession) : null;
  } catch {
    return null;
  }
}

/** Seconds until the session ends. */
const secondsLeft = (session: Pick<HeldSession, 'expiresAt'>): number =>
  Math.max(0, Math.floor((Date.parse(session.expiresAt) - Date.now()) / 1000));

export const sealSession = (session: HeldSession): Promise<string> =>
  encode({ token: session, secret: sessionSecret(), maxAge: secondsLeft(session) });
