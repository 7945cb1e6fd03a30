import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertActor } from '../../../api/src/access/access.store.ts';
import { countTry, type Try } from '../../../api/src/access/sign-in-throttle.ts';
import type { Context } from '../../../api/src/context.ts';
import { AccessRefusal, InputRefusal } from '../../../api/src/platform/refusal.ts';
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

it('refuses an account the eleventh try of one network, whichever processes the others came by, and of no other', async () => {
  const address = fresh();
  await failTimes(10, (i) => at(address, i % 2), 'ada');
  expect(await tried(at(address, 0), 'ada')).toBe('RATE_LIMITED');
  expect(await tried(at(address, 1), 'ada')).toBe('RATE_LIMITED');
  expect(await tried(at(address, 1), 'grace')).not.toBe('RATE_LIMITED');
  // Whoever fails in somebody's name does not keep them out.
  expect(await tried(at(fresh(), 1), 'ada')).not.toBe('RATE_LIMITED');
});

it('refuses an account the hundred and first try of all networks together, but from where it was signed in to', async () => {
  const email = 'known@example.org';
  const { db } = processes[0]!;
  const { actorId } = await insertActor(db, { kind: 'PERSON', name: 'Known', email, role: 'VIEWER' });
  await owner.query(
    `insert into session (actor_id, handle_digest, expires_at, address)
     values ($1, decode('01', 'hex'), now() + interval '1 day', '2001:db8:9:9::1')`,
    [String(actorId)],
  );
  await failTimes(100, (i) => at(`192.0.2.${i}`, i % 2), email);
  expect(await tried(at('192.0.2.201'), email)).toBe('RATE_LIMITED');
  expect(await tried(at('2001:db8:9:10::1'), email)).toBe('RATE_LIMITED');
  expect(await tried(at('2001:db8:9:9::2'), email)).not.toBe('RATE_LIMITED');
  expect(await tried(at('192.0.2.201'), 'unknown@example.org')).not.toBe('RATE_LIMITED');
});

it('refuses an address the fifty-first try, whatever accounts it named, and an IPv6 customer with all their addresses', async () => {
  await failTimes(50, (i) => at(`2001:db8:7:7::${i}`, i % 2), null);
  expect(await tried(at('2001:db8:7:7:ffff::1', 0), null)).toBe('RATE_LIMITED');
  expect(await tried(at('2001:db8:7:7:ffff::1', 1), 'somebody')).toBe('RATE_LIMITED');
  expect(await tried(at('2001:db8:7:8::1'), null)).not.toBe('RATE_LIMITED');
});

it('refuses a line of IPv6 the two hundred and first try, of however many of its networks', async () => {
  await failTimes(200, (i) => at(`2001:db8:6:${i.toString(16)}::1`, i % 2), null);
  expect(await tried(at('2001:db8:6:ffff::1'), null)).toBe('RATE_LIMITED');
  expect(await tried(at('2001:db8:5:1::1'), null)).not.toBe('RATE_LIMITED');
});

it('counts nothing that the server was too busy to check', async () => {
  const address = fresh();
  const busy = () => Promise.reject(new AccessRefusal('RATE_LIMITED', 'busy'));
  for (let i = 0; i < 60; i += 1) {
    const attempt = await countTry(at(address), 'patient and right');
    await expect(attempt.answering(busy)).rejects.toThrow('busy');
  }
  for (let i = 0; i < 10; i += 1) await countTry(at(address), 'patient and wrong');
  const wrong = await countTry(at(address), 'patient and right');
  await expect(wrong.answering(() => Promise.reject(new InputRefusal([], 'wrong')))).rejects.toThrow('wrong');
  await failTimes(9, () => at(address), 'patient and right');
  expect(await tried(at(address), 'patient and right')).toBe('RATE_LIMITED');
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
  const address = fresh();
  await failTimes(10, () => at(address), 'patient');
  await owner.query(
    `update sign_in_try set failed_at = array(select f - interval '10 minutes' from unnest(failed_at) f)`,
  );
  const refused = () => countTry(at(address), 'patient').catch((error) => error.retryAfterSeconds);
  const first = await refused();
  expect(first).toBeGreaterThan(280);
  expect(first).toBeLessThanOrEqual(300);
  expect(await refused()).toBeLessThanOrEqual(first);
});

it('forgets what failed a quarter of an hour ago, and clears it away', async () => {
  await owner.query('truncate sign_in_try');
  const address = fresh();
  await failTimes(10, () => at(address), 'old');
  await owner.query(`update sign_in_try set last_at = last_at - interval '16 minutes',
    failed_at = array(select f - interval '16 minutes' from unnest(failed_at) f)`);
  expect(await tried(at(address), 'old')).not.toBe('RATE_LIMITED');
  const { rows } = await owner.query('select count(*)::int as count from sign_in_try');
  expect(rows).toEqual([{ count: 3 }]);
});

it('forgets the failures of an account that signed in, from there, and of its address and all networks that try alone', async () => {
  const address = fresh();
  const failures = async () => {
    const { rows } = await owner.query('select cardinality(failed_at) as n from sign_in_try order by n');
    return rows.map((row) => row.n);
  };
  await owner.query('truncate sign_in_try');
  await failTimes(3, () => at(address), 'signing in');
  expect(await failures()).toEqual([3, 3, 3]);
  const attempt = await countTry(at(address), 'signing in');
  await attempt.succeeded();
  expect(await failures()).toEqual([3, 3]);
});

it('keeps neither account nor address in clear, nor by a digest that a guess could be checked against', async () => {
  await countTry(at('203.0.113.77'), 'kept@example.org');
  const { rows } = await owner.query<{ key: Buffer }>('select key from sign_in_try');
  expect(new Set(rows.map((row) => row.key.length))).toEqual(new Set([32]));
  expect(rows.map((row) => row.key.toString('latin1')).join()).not.toMatch(/203\.0|kept/);
});
