import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Services } from '../../../api/src/context.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { openServices } from '../../../api/src/services.ts';
import { type FreshDatabase, freshDatabase } from '../../testkit/database.ts';
import { type HostileRequest, hostileRequests } from '../../testkit/hostile/requests.ts';
import { TOKEN_KEY } from '../../testkit/token-key.ts';

const SEED = 20251125;
const ROUNDS = 5;
const AT_ONCE = 8;

/** What tells of the inside: a stack, a path, a statement, a library. */
const INSIDE =
  /\bat .+:\d+:\d+|node_modules|\.tsx?\b|stacktrace|\bselect .+ from\b|prisma|postgres|did you mean/i;

describe('hostile requests', () => {
  const requests = hostileRequests(SEED, ROUNDS);
  const statements: string[] = [];
  let database: FreshDatabase;
  let services: Services & { close(): Promise<void> };
  let running: RunningApi;

  beforeAll(async () => {
    database = await freshDatabase();
    services = await openServices({
      databaseUrl: database.appUrl,
      dataFolder: '',
      tokenKey: TOKEN_KEY,
      poolSize: 2,
      // The regression watch asks by itself, once a second, whatever is requested.
      onStatement: (sql) => void (sql.includes('regression_recording') || statements.push(sql)),
    });
    running = await startApi({ services, host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await running.close();
    await services.close();
    await database.drop();
  });

  /** What is wrong with the answer to a request; null where it is refused as it should be. */
  async function wrongWith({ name, path, ...sent }: HostileRequest): Promise<string | null> {
    const response = await fetch(`${running.url}${path}`, sent);
    const text = await response.text();
    const told = `${name}: ${response.status} ${text.slice(0, 300)}`;
    if (response.status < 400 || response.status > 499) return told;
    if (INSIDE.test(text)) return told;
    const { errors, data } = JSON.parse(text) as { errors?: Refused[]; data?: unknown };
    if (data !== undefined || errors === undefined || errors.length === 0 || errors.length > 11) return told;
    const clear = errors.every(
      ({ message, extensions }) => /^\S.{9,}/.test(message) && /^[A-Z_]+$/.test(extensions?.code ?? ''),
    );
    return clear && text.length < 20_000 ? null : told;
  }
  type Refused = { message: string; extensions?: { code?: string } };

  it(`are more than 300 of more than 60 kinds, and the same for the same seed`, () => {
    expect(requests.length).toBeGreaterThan(300);
    expect(requests.length / ROUNDS).toBeGreaterThan(60);
    expect(hostileRequests(SEED, ROUNDS)).toEqual(requests);
    expect(hostileRequests(SEED + 1, ROUNDS)).not.toEqual(requests);
  });

  it('are each refused with 4xx and a reason that tells nothing of the inside, and nothing is executed', async () => {
    statements.length = 0;
    const wrong: string[] = [];
    const left = [...requests];
    const sender = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const problem = await wrongWith(next);
        if (problem !== null) wrong.push(problem);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
    expect(wrong).toEqual([]);
    expect(statements).toEqual([]);
  });

  it('leave the API answering others', async () => {
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ incidents { totalCount } }' }),
    });
    expect(await response.json()).toEqual({ data: { incidents: { totalCount: 0 } } });
    expect(statements.length).toBeGreaterThan(0);
  });
});
