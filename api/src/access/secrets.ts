import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits behind `hw_`, with a checksum, so that scanners and typing errors are told without a look-up. */
export function newApiToken(): string {
  const body = randomBytes(32).toString('base64url');
  return `hw_${body}${checksum(body)}`;
}

export function isApiToken(text: string): boolean {
  const match = /^hw_([A-Za-z0-9_-]{43})([0-9a-f]{8})$/.exec(text);
  return match !== null && checksum(match[1]!) === match[2];
}

function checksum(body: string): string {
  return createHash('sha256').update(`headwater token ${body}`).digest('hex').slice(0, 8);
}

/** What a signed-in client keeps to renew its access token: 256 random bits. */
export function newSessionHandle(): string {
  return `hs_${randomBytes(32).toString('base64url')}`;
}

export const ACCESS_TOKEN_SECONDS = 600;

/** A short-lived token that names its session; the session's row is still read at every use. */
export function signAccessToken(key: Uint8Array, sessionId: bigint, expiresAt: Date): string {
  const body = Buffer.from(JSON.stringify([String(sessionId), expiresAt.getTime()])).toString('base64url');
  return `ha_${body}.${mac(key, body).toString('base64url')}`;
}

/** The session named by a token that is genuine and not yet expired; else null. */
export function readAccessToken(key: Uint8Array, token: string, now: Date): bigint | null {
  const match = /^ha_([A-Za-z0-9_-]{8,200})\.([A-Za-z0-9_-]{43})$/.exec(token);
  if (match === null) return null;
  const given = Buffer.from(match[2]!, 'base64url');
  if (!timingSafeEqual(given, mac(key, match[1]!))) return null;
  const [session, expires] = JSON.parse(Buffer.from(match[1]!, 'base64url').toString('utf8')) as [
    string,
    number,
  ];
  return expires > now.getTime() ? BigInt(session) : null;
}

function mac(key: Uint8Array, body: string): Buffer {
  return createHmac('sha256', key).update('headwater access token\n').update(body).digest();
}
