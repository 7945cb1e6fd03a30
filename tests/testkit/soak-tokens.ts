import { authenticate } from '../../api/src/access/authenticate.ts';
import { authorise } from '../../api/src/access/change.ts';
import type { Scope } from '../../api/src/access/viewer.ts';
import type { Services } from '../../api/src/context.ts';
import type { Db } from '../../api/src/platform/database.ts';
import { AccessRefusal } from '../../api/src/platform/refusal.ts';
import { requestContext } from '../../api/src/request-context.ts';
import { type Forged, forgedTokens, genuineCredentials, WRONG_SCOPE } from './forged-tokens.ts';

export interface Soaked {
  checked: number;
  overHttp: number;
  kinds: number;
  /** The kinds of those that were accepted: none. */
  accepted: string[];
}

interface Soak {
  services: Services;
  /** The database as its owner sees it. */
  records: Db;
  /** Where the API listens. */
  url: string;
  count: number;
  seed: number;
  onProgress?(checked: number): void;
}

const AT_ONCE = 8;
/** Over the wire goes a part: the function that decides is the same. */
const OVER_HTTP = { share: 20, most: 5_000 };

/** Sends forged credentials to the function that checks them, and a part of them to the API over the wire. */
export async function soakTokens({ services, records, url, count, seed, onProgress }: Soak): Promise<Soaked> {
  const genuine = await genuineCredentials(services, records);
  const standing = async () => {
    for (const token of [genuine.apiToken, genuine.accessToken])
      if (!(await accepts(services, { token, scope: 'read' })))
        throw new Error('A genuine token is refused.');
  };
  // Were nothing accepted at all, refusing the forged ones would show nothing.
  await standing();
  const every = Math.max(OVER_HTTP.share, Math.ceil(count / OVER_HTTP.most));
  const soaked = { checked: 0, overHttp: 0, accepted: [] as string[] };
  const kinds = new Set<string>();
  const forged = forgedTokens(genuine, seed, count);
  const worker = async () => {
    for (const one of forged) {
      kinds.add(one.kind);
      soaked.checked += 1;
      const index = soaked.checked;
      if (await accepts(services, one)) soaked.accepted.push(one.kind);
      // A step that shares no divisor with the kinds, so that each of them is sent.
      if (index % (every + 1) === 0 || index <= 60) {
        soaked.overHttp += 1;
        if (await acceptsOverHttp(url, one, soaked.overHttp)) soaked.accepted.push(`${one.kind}, over HTTP`);
      }
      if (index % 50_000 === 0) onProgress?.(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await standing();
  return { ...soaked, kinds: kinds.size };
}

/** Whether the credential is anybody's who has the scope. */
async function accepts(
  services: Services,
  { token, scope }: { token: string; scope: Scope },
): Promise<boolean> {
  try {
    const viewer = await authenticate(services, `Bearer ${token}`);
    authorise(requestContext(services, viewer), scope);
    return true;
  } catch (error) {
    if (error instanceof AccessRefusal) return false;
    throw error;
  }
}

const WHO = '{ viewer { signedIn } }';
const FILE = `mutation { fileIncident(input: { title: "Forged", summary: "Forged", severity: LOW, setting: RED_TEAM }) {
  __typename } }`;

async function acceptsOverHttp(url: string, { kind, token }: Forged, index: number): Promise<boolean> {
  if (!/^[\x20-\x7e]*$/.test(token)) return false;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      // Each from a network of its own, so that none is refused for coming from where too many came.
      'x-forwarded-for': `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    },
    body: JSON.stringify({ query: kind === WRONG_SCOPE ? FILE : WHO }),
  });
  const { data, errors } = (await response.json()) as { data?: object | null; errors?: Failed[] };
  const code = errors?.[0]?.extensions?.code;
  const expected = kind === WRONG_SCOPE ? 'FORBIDDEN' : 'UNAUTHENTICATED';
  if (code !== expected) throw new Error(`${kind}: ${response.status} ${code ?? JSON.stringify(data)}`);
  return data != null;
}
type Failed = { extensions?: { code?: string } };
