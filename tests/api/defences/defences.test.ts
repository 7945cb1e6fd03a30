import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import { newApiToken } from '../../../api/src/access/secrets.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { BODY } from '../../../api/src/graphql/defences/limits.ts';
import { log } from '../../../api/src/platform/log.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

describe('what the API refuses before anything runs', () => {
  let api: TestApi;
  let running: RunningApi;
  let token: string;

  beforeAll(async () => {
    api = await testApi();
    running = await startApi({ services: api.services, host: '127.0.0.1', port: 0 });
    const by = await api.person('VIEWER');
    const made = await api.services.db.$transaction((tx) =>
      createApiToken(
        { tx, by, teamId: by.teamIds[0]!, context: api.services },
        { name: 'tool', scopes: ['read'] },
      ),
    );
    token = made.token;
  });
  afterAll(async () => {
    await running.close();
    await api.close();
  });

  async function send(query: unknown, variables?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  it('answers an ordinary operation, and tells its cost and what is left of the budget', async () => {
    const { status, headers, body } = await send(
      'query ($n: Int) { incidents(first: $n) { nodes { key } } }',
      { n: 5 },
    );
    expect({ status, body }).toEqual({ status: 200, body: { data: { incidents: { nodes: [] } } } });
    expect(headers.get('headwater-cost')).toBe('6');
    expect(headers.get('ratelimit')).toMatch(/^"rows";r=\d+;t=\d+$/);
  });

  it('weighs the coerced variables, and answers with the cost and the limit', async () => {
    const query = 'query ($n: Int) { incidents(first: $n) { nodes { key } } }';
    const { status, body } = await send(query, { n: 60_000 });
    expect(status).toBe(400);
    expect(body.errors[0].extensions).toEqual({ code: 'COST_EXCEEDED', cost: 60_001, limit: 50_000 });
  });

  it('tells the schema and near misses of names to whoever sends a token, and to nobody else', async () => {
    const known = { authorization: `Bearer ${token}` };
    expect((await send('{ __schema { queryType { name } } }', {}, known)).status).toBe(200);
    expect((await send('{ incidentz { nodes { key } } }', {}, known)).body.errors[0].message).toMatch(
      /Did you mean/,
    );
    expect((await send('{ __schema { queryType { name } } }')).status).toBe(400);
    const near = await send('{ incidentz { nodes { key } } }');
    expect(near.status).toBe(400);
    expect(near.body.errors[0].message).toBe('Cannot query field "incidentz" on type "Query".');
  });

  it.each([
    ['aliases', `{ ${Array.from({ length: 61 }, (_, i) => `a${i}: __typename`).join(' ')} }`],
    ['root fields', `{ ${Array.from({ length: 21 }, (_, i) => `f${i}`).join(' ')} }`],
    ['one field repeated', `{ ${'viewer { signedIn } '.repeat(11)} }`],
    ['deep brackets', '{ a '.repeat(5_000)],
    ['many tokens', `{ viewer { ${'signedIn '.repeat(20_000)} } }`],
    ['directives', `{ viewer ${'@skip(if: false) '.repeat(51)} { signedIn } }`],
    ['a circle of fragments', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
    ['a null character', '{ model(name: "a\\u0000b") { id } }'],
    ['no document', ''],
  ])('refuses %s with 400', async (_what, query) => {
    expect((await send(query)).status).toBe(400);
  });

  it('refuses variables that are nested too deep, too long, or hold a null character', async () => {
    const query = 'query ($name: String!) { model(name: $name) { id } }';
    const deep = JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`);
    for (const name of [deep, Array(5_001).fill('x'), 'a\u0000b'])
      expect((await send(query, { name })).status).toBe(400);
  });

  it('takes larger bodies with a token than without, and says how large', async () => {
    const query = `{ viewer { signedIn } }`;
    const padded = async (bytes: number, headers: Record<string, string> = {}) => {
      const body = JSON.stringify({ query }).padEnd(bytes, ' ');
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      return [response.status, (await response.json()).errors?.[0].message];
    };
    const known = { authorization: `Bearer ${token}` };
    expect(await padded(BODY.bytes.anonymous)).toEqual([200, undefined]);
    expect(await padded(BODY.bytes.anonymous + 1)).toEqual([413, 'The body is larger than 262,144 bytes.']);
    expect(await padded(BODY.bytes.withToken, known)).toEqual([200, undefined]);
    expect(await padded(BODY.bytes.withToken + 1, known)).toEqual([
      413,
      'The body is larger than 2,097,152 bytes.',
    ]);
  });

  it('refuses a body beyond the limit that does not say beforehand how large it is', async () => {
    const chunk = new TextEncoder().encode(' '.repeat(64 * 1024));
    let left = BODY.bytes.anonymous / chunk.length + 1;
    const body = new ReadableStream({
      pull: (to) => (left-- > 0 ? to.enqueue(chunk) : to.close()),
    });
    const streamed: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    };
    expect((await fetch(`${running.url}/graphql`, streamed)).status).toBe(413);
  });

  it('counts fields with fragments spread out, and refuses more than anybody reads', async () => {
    const doubling = (levels: number) => {
      const link = (i: number) => `fragment F${i} on Viewer { ...F${i + 1} ...F${i + 1} }`;
      return `{ viewer { ...F0 } } ${Array.from({ length: levels }, (_, i) => link(i)).join(' ')}
        fragment F${levels} on Viewer { signedIn }`;
    };
    expect((await send(doubling(9))).status).toBe(200);
    const { status, body } = await send(doubling(12));
    expect(status).toBe(400);
    expect(body.errors[0].message).toMatch(/recursively requests too many selections/);
  });

  it('takes operations by POST and as JSON alone, one at a time, and no persisted ones', async () => {
    const at = `${running.url}/graphql`;
    const json = { 'content-type': 'application/json' };
    expect((await fetch(`${at}?query={viewer{signedIn}}`)).status).toBe(405);
    expect((await fetch(at, { method: 'POST', body: '{ viewer { signedIn } }' })).status).toBe(415);
    const post = (body: unknown) => fetch(at, { method: 'POST', headers: json, body: JSON.stringify(body) });
    expect((await post([{ query: '{ viewer { signedIn } }' }])).status).toBe(400);
    expect((await post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } })).status).toBe(
      400,
    );
    expect((await post({ query: 'x'.repeat(3_000_000) })).status).toBe(413);
  });

  it('refuses an unknown token with 401, and one network that sends many with 429', async () => {
    const statusesOf = async (make: (i: number) => string) => {
      const statuses = new Set<number>();
      for (let i = 0; i < 130; i += 1) {
        const authorization = `Bearer ${make(i)}`;
        statuses.add((await send('{ viewer { signedIn } }', {}, { authorization })).status);
      }
      return [...statuses];
    };
    // What is forged so that it shows without the database costs it nothing.
    expect(await statusesOf((i) => `forged${i}`)).toEqual([401]);
    expect(await statusesOf(newApiToken)).toEqual([401, 429]);
    const { status } = await send('{ viewer { signedIn } }', {}, { authorization: `Bearer ${token}` });
    expect(status).toBe(200);
  });
});

describe('a failure of the API itself', () => {
  it('tells of no statement, name or stack, but of a reference that its log has too', async () => {
    const api = await testApi();
    const running = await startApi({ services: api.services, host: '127.0.0.1', port: 0 });
    const ask = async () => {
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ incidents { nodes { key } } }' }),
      });
      return response.text();
    };
    expect(await ask()).toBe('{"data":{"incidents":{"nodes":[]}}}\n');
    await api.records.$executeRaw`alter table incident rename to moved_away`;
    const logged = vi.spyOn(log, 'error').mockReturnValue();
    const text = await ask();
    const [first] = JSON.parse(text).errors;
    expect(first).toEqual({
      message: expect.stringMatching(/^Something went wrong here\. Quote [0-9a-f-]{36} to whoever runs/),
      locations: [{ line: 1, column: 3 }],
      path: ['incidents'],
      extensions: { code: 'INTERNAL', requestId: expect.any(String) },
    });
    expect(text).not.toMatch(/select|relation|moved_away|42P01|prisma|\.ts\b|\bat /i);
    const [[told]] = logged.mock.calls as unknown as [[{ reference: string; error: string }]];
    expect(told.reference).toBe(first.extensions.requestId);
    expect(told.error).toMatch(/incident/);
    logged.mockRestore();
    await running.close();
    await api.close();
  });
});

describe('the budget of rows', () => {
  it('ends with 429 and the time to wait, for that address alone', async () => {
    const api = await testApi();
    const running = await startApi({
      services: api.services,
      host: '127.0.0.1',
      port: 0,
      door: { anonymousBudget: 200 },
    });
    const ask = (address: string) =>
      fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ query: '{ viewer { signedIn } }' }),
      });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await ask('198.51.100.1')).status);
    const refused = await ask('198.51.100.1');
    expect(statuses.slice(0, 3)).toEqual([200, 200, 200]);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await refused.json()).errors[0].extensions.code).toBe('RATE_LIMITED');
    expect((await ask('198.51.100.2')).status).toBe(200);
    await running.close();
    await api.close();
  });

  it('is that of a principal, whichever of their tokens they send, and of nobody else', async () => {
    const api = await testApi();
    const running = await startApi({
      services: api.services,
      host: '127.0.0.1',
      port: 0,
      door: { budget: 200 },
    });
    const tokenOf = async (by: Principal) => {
      const made = await api.services.db.$transaction((tx) =>
        createApiToken(
          { tx, by, teamId: by.teamIds[0]!, context: api.services },
          { name: 'tool', scopes: ['read'] },
        ),
      );
      return made.token;
    };
    const ask = async (token: string) => {
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: '{ viewer { signedIn } }' }),
      });
      return response.status;
    };
    const [one, other] = [await api.person('VIEWER'), await api.person('VIEWER')];
    const [first, second, others] = [await tokenOf(one), await tokenOf(one), await tokenOf(other)];
    expect([await ask(first), await ask(first), await ask(first)]).toEqual([200, 200, 200]);
    expect([await ask(first), await ask(second), await ask(others)]).toEqual([429, 429, 200]);
    await running.close();
    await api.close();
  });
});
