import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countTry, type Try } from '../../../api/src/access/sign-in-throttle.ts';
import type { Context } from '../../../api/src/context.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { openServices } from '../../../api/src/services.ts';
import { type FreshDatabase, freshDatabase } from '../../testkit/database.ts';
import { TOKEN_KEY } from '../../testkit/token-key.ts';

// Two processes of the API, as far as a throttle is concerned: what one keeps in its memory the other does not see.
let database: FreshDatabase;
let processes: Awaited<ReturnType<typeof openServices>>[];
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  const options = { databaseUrl: database.appUrl, dataFolder: '', tokenKey: TOKEN_KEY, poolSize: 4 };
  processes = [await openServices(options), await openServices(options)];
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});
afterAll(async () => {
  for (const services of processes) await services.close();
  await owner.end();
  await database.drop();
});

const at = (address: string, process = 0): Context =>
  requestContext(processes[process]!, { kind: 'anonymous' }, { address });
const tried = (context: Context, account: string | null): Promise<Try | string> =>
  countTry(context, account).catch((error: { code: string }) => error.code);
const failTimes = async (times: number, context: (i: number) => Context, account: string | null) => {
  for (let i = 0; i < times; i += 1) await countTry(context(i), account);
};
let used = 0;
const fresh = () => {
  used += 1;
  return `198.51.100.${used}`;
};

it('refuses an account the eleventh try, whichever processes and addresses the others came by', async () => {
  await failTimes(10, (i) => at(fresh(), i % 2), 'ada');
  expect(await tried(at(fresh(), 0), 'ada')).toBe('RATE_LIMITED');
  expect(await tried(at(fresh(), 1), 'ada')).toBe('RATE_LIMITED');
  expect(await tried(at(fresh(), 1), 'grace')).not.toBe('RATE_LIMITED');
});

it('refuses an address the fifty-first try, whatever accounts it named, and an IPv6 customer with all their addresses', async () => {
  await failTimes(50, (i) => at(`2001:db8:7:7::${i}`, i % 2), null);
  expect(await tried(at('2001:db8:7:7:ffff::1', 0), null)).toBe('RATE_LIMITED');
  expect(await tried(at('2001:db8:7:7:ffff::1', 1), 'somebody')).toBe('RATE_LIMITED');
  expect(await tried(at('2001:db8:7:8::1'), null)).not.toBe('RATE_LIMITED');
});

it('counts guesses at the password of an account apart from tries to sign in that name anything', async () => {
  const named = ['5', 'password 5', 'password of 5'];
  for (const name of named) await failTimes(10, () => at(fresh()), name);
  const guess = () => countTry(at(fresh()), '5', 'password').catch((error: { code: string }) => error.code);
  for (let i = 0; i < 10; i += 1) expect(await guess()).not.toBe('RATE_LIMITED');
  expect(await guess()).toBe('RATE_LIMITED');
});

it('lets ten of forty through that come at once', async () => {
  const address = fresh();
  const all = await Promise.all(Array.from({ length: 40 }, (_, i) => tried(at(address, i % 2), 'hurried')));
  expect(all.filter((answer) => answer !== 'RATE_LIMITED')).toHaveLength(10);
});

it('says how long to wait, which trying again makes no longer', async () => {
  await failTimes(10, () => at(fresh()), 'patient');
  await owner.query(
    `update sign_in_try set failed_at = array(select f - interval '10 minutes' from unnest(failed_at) f)`,
  );
  const refused = () => countTry(at(fresh()), 'patient').catch((error) => error.retryAfterSeconds);
  const first = await refused();
  expect(first).toBeGreaterThan(280);
  expect(first).toBeLessThanOrEqual(300);
  expect(await refused()).toBeLessThanOrEqual(first);
});

it('forgets what failed a quarter of an hour ago, and clears it away', async () => {
  await failTimes(10, () => at(fresh()), 'old');
  await owner.query(`update sign_in_try set last_at = last_at - interval '16 minutes',
    failed_at = array(select f - interval '16 minutes' from unnest(failed_at) f)`);
  expect(await tried(at(fresh()), 'old')).not.toBe('RATE_LIMITED');
  const { rows } = await owner.query('select count(*)::int as count from sign_in_try');
  expect(rows).toEqual([{ count: 2 }]);
});

it('forgets the failures of an account that signed in, and of its address that try alone', async () => {
  const address = fresh();
  const failures = async () => {
    const { rows } = await owner.query('select cardinality(failed_at) as n from sign_in_try order by n');
    return rows.map((row) => row.n);
  };
  await owner.query('truncate sign_in_try');
  await failTimes(3, () => at(address), 'signing in');
  expect(await failures()).toEqual([3, 3]);
  const attempt = await countTry(at(address), 'signing in');
  await attempt.succeeded();
  expect(await failures()).toEqual([3]);
});

it('keeps neither account nor address in clear, nor by a digest that a guess could be checked against', async () => {
  await countTry(at('203.0.113.77'), 'kept@example.org');
  const { rows } = await owner.query<{ key: Buffer }>('select key from sign_in_try');
  expect(new Set(rows.map((row) => row.key.length))).toEqual(new Set([32]));
  expect(rows.map((row) => row.key.toString('latin1')).join()).not.toMatch(/203\.0|kept/);
});
