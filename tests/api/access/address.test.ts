import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirstAdministrator } from '../../../api/src/access/first-administrator.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { appendPeerAddresses } from '../../../web/src/auth/peer-address.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

const account = { email: 'first@example.org', password: 'correct horse battery' };
let api: TestApi;
let server: RunningApi;
let proxied: RunningApi;

beforeAll(async () => {
  api = await testApi();
  await ensureFirstAdministrator(api.services.db, account);
  const at = { services: api.services, host: '127.0.0.1', port: 0 };
  server = await startApi(at);
  proxied = await startApi({ ...at, door: { trustedProxies: ['10.1.0.0/16'] } });
});
afterAll(async () => {
  await server.close();
  await proxied.close();
  await api.close();
});

async function post(to: RunningApi, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${to.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.json() };
}

const SIGN_IN = `mutation { createSession(input: { email: "${account.email}", password: "${account.password}" }) {
  ... on CreateSessionSuccess { session { accessToken } } } }`;

/** Under which address a sign-in that came with this X-Forwarded-For is kept. */
async function addressOf(to: RunningApi, forwarded: string): Promise<string> {
  const { body } = await post(to, SIGN_IN, { 'x-forwarded-for': forwarded });
  const authorization = `Bearer ${body.data.createSession.session.accessToken}`;
  const listed = await post(to, '{ sessions { current address } }', { authorization });
  return listed.body.data.sessions.find((one: { current: boolean }) => one.current).address;
}

describe('the address of a caller', () => {
  it('is the last that no trusted proxy wrote, whatever was invented before it', async () => {
    expect(await addressOf(server, '203.0.113.7')).toBe('203.0.113.7');
    expect(await addressOf(server, '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
    expect(await addressOf(server, '203.0.113.7, 127.0.0.1')).toBe('203.0.113.7');
  });

  it('is found behind the proxies that the operator names, and no others', async () => {
    const through = '198.51.100.1, 203.0.113.7, 10.1.2.3';
    expect(await addressOf(proxied, through)).toBe('203.0.113.7');
    expect(await addressOf(server, through)).toBe('10.1.2.3');
  });

  it('is told on by the web with the one that connected at the end', async () => {
    appendPeerAddresses();
    const web = createServer((request, response) => {
      response.end(String(request.headers['x-forwarded-for']));
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
    try {
      expect(await (await fetch(url)).text()).toBe('127.0.0.1');
      const invented = await fetch(url, { headers: { 'x-forwarded-for': '203.0.113.99' } });
      expect(await invented.text()).toBe('203.0.113.99, 127.0.0.1');
    } finally {
      web.closeAllConnections();
      await new Promise((resolve) => web.close(resolve));
    }
  });
});

it('refuses a revoked session from its very next request on, over the wire as well', async () => {
  const { body } = await post(server, SIGN_IN);
  const authorization = `Bearer ${body.data.createSession.session.accessToken}`;
  const me = () => post(server, '{ viewer { signedIn } }', { authorization });
  expect((await me()).body.data.viewer.signedIn).toBe(true);
  await post(server, 'mutation { revokeSession(input: {}) { __typename } }', { authorization });
  const refused = await me();
  expect([refused.status, refused.body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
});
