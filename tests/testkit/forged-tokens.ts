import { createHash, createHmac } from 'node:crypto';
import { insertActor } from '../../api/src/access/access.store.ts';
import { newApiToken, signAccessToken } from '../../api/src/access/secrets.ts';
import type { Scope } from '../../api/src/access/viewer.ts';
import type { Services } from '../../api/src/context.ts';
import type { Db } from '../../api/src/platform/database.ts';
import { Chance } from './hostile/chance.ts';

/** A credential that must not be accepted for what it is sent for. */
export interface Forged {
  kind: string;
  token: string;
  /** What it is sent for; `read` asks for no more than that it is anybody's. */
  scope: Scope;
}

/** Credentials that are, or once were, genuine: what a forger starts from. */
export interface Genuine {
  apiToken: string;
  accessToken: string;
  expired: string;
  revoked: string;
  ofDisabled: string;
  accessExpired: string;
  accessOfRevokedSession: string;
  accessOfNoSession: string;
}

const HOUR = 3_600_000;

/** Records an administrator with a token for reading alone, a session, and credentials that no longer count. */
export async function genuineCredentials(services: Services, records: Db): Promise<Genuine> {
  const account = async (name: string) =>
    (await insertActor(records, { kind: 'PERSON', name, email: null, role: 'ADMINISTRATOR' })).actorId;
  const actor = await account('Holder');
  const disabled = await account('Disabled');
  await records.$executeRaw`update actor set disabled_at = now() where id = ${disabled}`;
  const apiToken = async (of: bigint, more: { expiresAt?: Date; revokedAt?: Date } = {}) => {
    const token = newApiToken();
    await records.$executeRaw`
      insert into api_token (actor_id, name, digest, prefix, scopes, expires_at, revoked_at)
      values (${of}, 'soak', ${Buffer.from(services.digest(token))}, ${token.slice(0, 8)}, '{read}'::text[],
        ${more.expiresAt ?? null}::timestamptz, ${more.revokedAt ?? null}::timestamptz)`;
    return token;
  };
  const session = async (revokedAt: Date | null) => {
    const [row] = await records.$queryRaw<{ id: bigint }[]>`
      insert into session (actor_id, handle_digest, expires_at, revoked_at)
      values (${actor}, ${Buffer.from(services.digest(newApiToken()))}, ${new Date(Date.now() + 24 * HOUR)},
        ${revokedAt}::timestamptz) returning id`;
    return row!.id;
  };
  const standing = await session(null);
  const sign = (id: bigint, hours: number) =>
    signAccessToken(services.tokenKey, id, new Date(Date.now() + hours * HOUR));
  return {
    apiToken: await apiToken(actor),
    accessToken: sign(standing, 24),
    expired: await apiToken(actor, { expiresAt: new Date(Date.now() - 1_000) }),
    revoked: await apiToken(actor, { revokedAt: new Date() }),
    ofDisabled: await apiToken(disabled),
    accessExpired: sign(standing, -1),
    accessOfRevokedSession: sign(await session(new Date()), 24),
    accessOfNoSession: sign(standing + 1_000_000n, 24),
  };
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
const letters = (chance: Chance, length: number) =>
  Array.from({ length }, () => chance.one(LETTERS)).join('');

/** The checksum is no secret: it only tells a typing error, so a forger can make it. */
const checksummed = (body: string) =>
  `hw_${body}${createHash('sha256').update(`headwater token ${body}`).digest('hex').slice(0, 8)}`;

/** One character of a token, behind its prefix, made another. */
function altered(chance: Chance, token: string): string {
  const at = 3 + Math.floor(chance.next() * (token.length - 3));
  const other = chance.one(LETTERS.filter((letter) => letter !== token[at]));
  return token.slice(0, at) + other + token.slice(at + 1);
}

const truncated = (chance: Chance, token: string) =>
  token.slice(0, 1 + Math.floor(chance.next() * (token.length - 1)));

function signedWithAnotherKey(chance: Chance): string {
  const claims = JSON.stringify([String(chance.size(1, 1_000)), Date.now() + HOUR]);
  const body = Buffer.from(claims).toString('base64url');
  const mac = createHmac('sha256', letters(chance, 32))
    .update('headwater access token\n')
    .update(body)
    .digest();
  return `ha_${body}.${mac.toString('base64url')}`;
}

/** Another session's claims before the mac of a genuine token. */
function claimsChanged(chance: Chance, token: string): string {
  const claims = JSON.stringify([String(chance.size(1, 1_000)), Date.now() + chance.size(1, 1_000) * HOUR]);
  return `ha_${Buffer.from(claims).toString('base64url')}.${token.split('.')[1]}`;
}

type Kind = (chance: Chance, genuine: Genuine) => string;

const KINDS: Readonly<Record<string, Kind>> = {
  'forged, with a wrong checksum': (chance) => `hw_${letters(chance, 43)}00000000`,
  'forged, with the right checksum': (chance) => checksummed(letters(chance, 43)),
  'of another alphabet': (chance) =>
    `hw_${letters(chance, 20)}${chance.one(['ä', ' ', '%00', '"', "'", '\\', '*'])}${letters(chance, 22)}`,
  'forged, a session’s': (chance) =>
    `ha_${letters(chance, 8 + Math.floor(chance.next() * 60))}.${letters(chance, 43)}`,
  'signed with another key': (chance) => signedWithAnotherKey(chance),
  'of no known form': (chance) => letters(chance, chance.size(1, 600)),
  'a session’s handle or a signed claim of others': (chance) =>
    chance.one([`hs_${letters(chance, 43)}`, `eyJhbGciOiJub25lIn0.${letters(chance, 40)}.`]),
  'genuine but for one character': (chance, { apiToken }) => altered(chance, apiToken),
  'genuine but for one character, its checksum made anew': (chance, { apiToken }) =>
    checksummed(altered(chance, apiToken.slice(0, 46)).slice(3)),
  truncated: (chance, { apiToken }) => truncated(chance, apiToken),
  lengthened: (chance, { apiToken }) => apiToken + letters(chance, chance.size(1, 20)),
  'in other letters': (chance, { apiToken }) =>
    chance.one([
      `HW_${apiToken.slice(3)}`,
      ` ${apiToken} x`,
      `hw_${apiToken.slice(3).split('').reverse().join('')}`,
      `hw_${apiToken}`,
    ]),
  expired: (_, { expired }) => expired,
  revoked: (_, { revoked }) => revoked,
  'of a disabled account': (_, { ofDisabled }) => ofDisabled,
  'a session’s, its mac altered': (chance, { accessToken }) => {
    const dot = accessToken.indexOf('.');
    // The last letter of a mac holds four bits alone, and two letters may mean the same.
    return (
      accessToken.slice(0, dot + 1) +
      altered(chance, `xxx${accessToken.slice(dot + 1, -1)}`).slice(3) +
      accessToken.slice(-1)
    );
  },
  'a session’s, its claims changed': (chance, { accessToken }) => claimsChanged(chance, accessToken),
  'a session’s, truncated': (chance, { accessToken }) => truncated(chance, accessToken),
  'a session’s, expired': (_, { accessExpired }) => accessExpired,
  'a session’s, revoked': (_, { accessOfRevokedSession }) => accessOfRevokedSession,
  'a session’s that never was': (_, { accessOfNoSession }) => accessOfNoSession,
};

const WRONG_SCOPES: readonly Scope[] = ['write:incidents', 'write:lineage', 'write:evals', 'audit', 'admin'];
export const WRONG_SCOPE = 'of a scope that it has not';

/** `count` credentials, every kind in turn; the same for the same seed and genuine ones. */
export function* forgedTokens(genuine: Genuine, seed: number, count: number): Generator<Forged> {
  const chance = new Chance(seed);
  const kinds = Object.entries(KINDS);
  for (let i = 0; i < count; i += 1) {
    const [kind, make] = kinds[i % (kinds.length + 1)] ?? [WRONG_SCOPE, null];
    if (make === null) yield { kind, token: genuine.apiToken, scope: chance.one(WRONG_SCOPES) };
    else yield { kind, token: make(chance, genuine), scope: 'read' };
  }
}
