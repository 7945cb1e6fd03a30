import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstAdministrator } from '../../../api/src/access/first-administrator.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { openServices } from '../../../api/src/services.ts';
import { type FreshDatabase, freshDatabase } from '../../testkit/database.ts';
import { TOKEN_KEY } from '../../testkit/token-key.ts';

// What is revoked at one process of the API has to be refused by the very next request at another.
const account = { email: 'first@example.org', password: 'correct horse battery' };
let database: FreshDatabase;
const processes: { services: Awaited<ReturnType<typeof openServices>>; api: RunningApi }[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  for (let i = 0; i < 2; i += 1) {
    const services = await openServices({
      databaseUrl: database.appUrl,
      dataFolder: '',
      tokenKey: TOKEN_KEY,
      poolSize: 3,
    });
    processes.push({ services, api: await startApi({ services, host: '127.0.0.1', port: 0 }) });
  }
  await ensureFirstAdministrator(processes[0]!.services.db, account);
});
afterAll(async () => {
  for (const { api, services } of processes) {
    await api.close();
    await services.close();
  }
  await database.drop();
});

async function post(process: number, query: string, token?: string) {
  const response = await fetch(`${processes[process]!.api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.json() };
}

async function signIn() {
  const { body } = await post(
    0,
    `mutation { createSession(input: { email: "${account.email}", password: "${account.password}" }) {
      ... on CreateSessionSuccess { session { accessToken handle } } } }`,
  );
  return body.data.createSession.session as { accessToken: string; handle: string };
}
const status = async (process: number, token: string) =>
  (await post(process, '{ viewer { signedIn } }', token)).status;
const both = async (token: string) => [await status(0, token), await status(1, token)];
const renewed = async (process: number, handle: string) =>
  (await post(process, `mutation { renewSession(input: { handle: "${handle}" }) { __typename } }`)).body
    .errors[0].extensions.code;

describe('from the very next request on, at every process of the API', () => {
  it('one session that is ended is refused, and the others are not', async () => {
    const [here, there] = [await signIn(), await signIn()];
    expect(await both(here.accessToken)).toEqual([200, 200]);
    await post(0, 'mutation { revokeSession(input: {}) { __typename } }', here.accessToken);
    expect(await both(here.accessToken)).toEqual([401, 401]);
    expect(await renewed(1, here.handle)).toBe('UNAUTHENTICATED');
    expect(await both(there.accessToken)).toEqual([200, 200]);
  });

  it('all sessions that are ended are refused', async () => {
    const all = [await signIn(), await signIn(), await signIn()];
    await post(0, 'mutation { revokeSession(input: { all: true }) { __typename } }', all[0]!.accessToken);
    for (const one of all) expect(await both(one.accessToken)).toEqual([401, 401]);
  });

  it('an API token that is revoked is refused, with those made with it', async () => {
    const { accessToken } = await signIn();
    const make = async (by: string) => {
      const input = '{ name: "tool", scopes: ["read", "admin"] }';
      const made = await post(
        0,
        `mutation { createApiToken(input: ${input}) { ... on CreateApiTokenSuccess { token apiToken { id } } } }`,
        by,
      );
      return made.body.data.createApiToken as { token: string; apiToken: { id: string } };
    };
    const first = await make(accessToken);
    const second = await make(first.token);
    expect([await both(first.token), await both(second.token)]).toEqual([
      [200, 200],
      [200, 200],
    ]);
    const revoke = `mutation { revokeApiToken(input: { id: "${first.apiToken.id}" }) { __typename } }`;
    await post(0, revoke, accessToken);
    expect([await both(first.token), await both(second.token)]).toEqual([
      [401, 401],
      [401, 401],
    ]);
    const imported = await fetch(`${processes[1]!.api.url}/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${first.token}` },
    });
    expect(imported.status).toBe(401);
  });
});
