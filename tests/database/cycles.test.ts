import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { REFUSED } from '../../api/src/platform/database-error.ts';
import { type Connection, code, edge, node, nodes, refusal, retract, useDatabase } from './record.ts';

const database = useDatabase();
let client: Connection;
beforeAll(async () => {
  client = await database.app();
});

const VERSION = 'DATASET_VERSION';

/** Edges as one statement; `pairs` are indexes into ids. */
const bulk = (on: Connection, ids: readonly number[], pairs: readonly (readonly [number, number])[]) =>
  on.query(
    `insert into edge (kind, downstream, upstream, team_id, actor_id)
     select 'DERIVED_FROM', p.down, p.up, t.id, a.id
     from unnest($1::bigint[], $2::bigint[]) p(down, up), team t, actor a
     where t.namespace = '' and a.kind = 'SYSTEM'`,
    [pairs.map(([down]) => ids[down]), pairs.map(([, up]) => ids[up])],
  );

/** Whether the edges that hold now form a cycle, found from scratch. */
async function hasCycle(on: Connection, ids: readonly number[]): Promise<boolean> {
  const { rows } = await on.query<{ down: string; up: string }>(
    'select downstream as down, upstream as up from edge where downstream = any($1::bigint[]) and retracted_at is null',
    [ids],
  );
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string): boolean => {
    if (state.get(id) === 'done') return false;
    if (state.get(id) === 'open') return true;
    state.set(id, 'open');
    const found = rows.some((row) => row.down === id && visit(row.up));
    state.set(id, 'done');
    return found;
  };
  return ids.some((id) => visit(String(id)));
}

/** Resolves when `client` waits for a lock, or its statement is over. */
async function untilWaiting(observer: Connection, pid: number, over: Promise<unknown>): Promise<void> {
  let ended = false;
  over.finally(() => {
    ended = true;
  });
  while (!ended) {
    const { rowCount } = await observer.query(
      "select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'",
      [pid],
    );
    if (rowCount) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const pidOf = async (on: Connection) =>
  (await on.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;

describe('one writer', () => {
  it('refuses the edge that closes a cycle, and tells the path', async () => {
    const [a, b, c, side] = await nodes(client, VERSION, 4);
    await edge(client, a!, b!);
    await edge(client, b!, c!);
    await edge(client, b!, side!);
    const told = await refusal(edge(client, c!, a!));
    expect(told?.code).toBe(REFUSED.CYCLE);
    expect(JSON.parse(told?.detail ?? '')).toEqual([c, a, b]);
  });

  it('refuses a cycle within one statement, on nodes made in the same transaction', async () => {
    await client.query('begin');
    const ids = await nodes(client, VERSION, 3);
    const told = await refusal(
      bulk(client, ids, [
        [0, 1],
        [1, 2],
        [2, 0],
      ]),
    );
    await client.query('rollback');
    expect(told?.code).toBe(REFUSED.CYCLE);
    expect(JSON.parse(told?.detail ?? '').sort()).toEqual([...ids].sort());
  });

  it('refuses a cycle over several kinds of edges', async () => {
    const [data, model, run] = [
      await node(client, VERSION),
      await node(client, 'MODEL_VERSION'),
      await node(client, 'TRAINING_RUN'),
    ];
    await edge(client, model, run, { kind: 'GENERATED_BY' });
    await edge(client, run, data, { kind: 'USED' });
    expect(await code(edge(client, data, model, { kind: 'SYNTHESIZED_BY' }))).toBe(REFUSED.CYCLE);
  });

  it('accepts a diamond', async () => {
    const ids = await nodes(client, VERSION, 4);
    expect(
      await code(
        bulk(client, ids, [
          [0, 1],
          [0, 2],
          [1, 3],
          [2, 3],
        ]),
      ),
    ).toBe('accepted');
    expect(await code(bulk(client, ids, [[0, 3]]))).toBe('accepted');
  });

  it('accepts the opposite edge once the first is retracted, in the same transaction too', async () => {
    const [a, b] = await nodes(client, VERSION, 2);
    const wrong = await edge(client, a!, b!);
    await client.query('begin');
    await retract(client, 'edge', wrong);
    expect(await code(edge(client, b!, a!))).toBe('accepted');
    await client.query('commit');
  });

  it('refuses an edge onto an existing node where its snapshot is older than the lock', async () => {
    const [a, b] = await nodes(client, VERSION, 2);
    await client.query('begin isolation level repeatable read');
    expect(await code(edge(client, a!, b!))).toBe(REFUSED.ISOLATION);
    await client.query('rollback');
  });

  it('asks nothing of an edge that can close nothing: an incident on an existing eval run takes no lock', async () => {
    const [incident, run] = [await node(client, 'INCIDENT'), await node(client, 'EVAL_RUN')];
    await client.query('begin');
    await edge(client, incident, run, { kind: 'OBSERVED_IN' });
    const { rows } = await client.query(
      "select count(*)::int as n from pg_locks where locktype = 'advisory' and objsubid = 2 and pid = pg_backend_pid()",
    );
    await client.query('commit');
    expect(rows).toEqual([{ n: 0 }]);
  });
});

describe('two writers', () => {
  it.each([
    ['the first commits first', 0],
    ['the second would commit first', 1],
  ])('cannot each add one half of a cycle: %s', async (_what, order) => {
    const [one, two] = [await database.app(), await database.app()];
    const [a, b] = await nodes(client, VERSION, 2);
    const halves = [
      [a!, b!],
      [b!, a!],
    ] as const;
    const [mine, other] = order === 0 ? halves : [halves[1], halves[0]];
    await one.query('begin');
    await two.query('begin');
    await edge(one, ...mine);
    const pid = await pidOf(two);
    const second = code(edge(two, ...other));
    await untilWaiting(client, pid, second);
    await one.query('commit');
    expect(await second).toBe(REFUSED.CYCLE);
    await two.query('rollback');
    expect(await hasCycle(client, [a!, b!])).toBe(false);
  });

  it('cannot close a cycle through nodes that one of them has just made', async () => {
    const [one, two] = [await database.app(), await database.app()];
    const [a, b] = await nodes(client, VERSION, 2);
    await one.query('begin');
    const fresh = await node(one, VERSION);
    await edge(one, fresh, a!);
    await two.query('begin');
    await edge(two, a!, b!);
    const pid = await pidOf(one);
    const closing = code(edge(one, b!, fresh));
    await untilWaiting(client, pid, closing);
    await two.query('commit');
    expect(await closing).toBe(REFUSED.CYCLE);
    await one.query('rollback');
  });

  it('goes on when the first one gives up', async () => {
    const [one, two] = [await database.app(), await database.app()];
    const [a, b] = await nodes(client, VERSION, 2);
    await one.query('begin');
    await edge(one, a!, b!);
    const pid = await pidOf(two);
    const second = code(edge(two, b!, a!));
    await untilWaiting(client, pid, second);
    await one.query('rollback');
    expect(await second).toBe('accepted');
  });
});

describe('many writers', () => {
  it('never make a cycle between them, and are refused nothing that closes none', async () => {
    const writers = await Promise.all(Array.from({ length: 5 }, () => database.app()));
    const size = 6;
    const step = fc.record({ down: fc.nat(size - 1), up: fc.nat(size - 1), together: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 4 }), { minLength: 2, maxLength: 5 }),
        async (plans) => {
          const ids = await nodes(client, VERSION, size);
          await Promise.all(
            plans.map(async (plan, w) => {
              const writer = writers[w]!;
              await writer.query('begin');
              for (const { down, up, together } of plan) {
                await writer.query('savepoint s');
                const pairs = together
                  ? ([
                      [down, up],
                      [up, (up + 1) % size],
                    ] as const)
                  : ([[down, up]] as const);
                const outcome = await code(bulk(writer, ids, pairs));
                if (outcome !== 'accepted') {
                  expect([REFUSED.CYCLE, REFUSED.SELF_EDGE, '23505', '40P01']).toContain(outcome);
                  await writer.query('rollback to savepoint s');
                }
              }
              await writer.query('commit');
            }),
          );
          expect(await hasCycle(client, ids)).toBe(false);
          // Whatever is refused alone, with nobody beside, is refused because it closes a cycle.
          for (const [down, up] of [
            [0, 1],
            [3, 2],
          ] as const) {
            await client.query('begin');
            const { rowCount } = await client.query(
              'select from edge where downstream = $1 and upstream = $2 and retracted_at is null',
              [ids[down], ids[up]],
            );
            const { rows } = await client.query(
              `with recursive r(id) as (select $1::bigint union select e.upstream from r join edge e on e.downstream = r.id)
             select exists (select from r where id = $2) as reaches`,
              [ids[up], ids[down]],
            );
            const outcome = await code(edge(client, ids[down]!, ids[up]!));
            await client.query('rollback');
            expect(outcome).toBe(rows[0].reaches ? REFUSED.CYCLE : rowCount ? '23505' : 'accepted');
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('a bulk of edges', () => {
  it('is checked by one call of the trigger, whatever their number, and still has its cycle found', async () => {
    const owner = await database.owner();
    await owner.query(`create table calls (n int);
      create function count_call() returns trigger language plpgsql as $$ begin insert into calls values (1); return null; end $$;
      create trigger z_count after insert on edge for each statement execute function count_call();`);
    const count = 20_000;
    const { rows } = await owner.query<{ id: string }>(
      `insert into node (kind, name, team_id, actor_id)
       select 'DATASET_VERSION', 'bulk-' || i, t.id, a.id from generate_series(0, ${count}) i, team t, actor a
       where a.kind = 'SYSTEM' returning id`,
    );
    const ids = rows.map((row) => Number(row.id));
    const chain = Array.from({ length: count }, (_, i) => [i, i + 1] as const);
    expect(await code(bulk(owner, ids, [...chain, [count, 0]]))).toBe(REFUSED.CYCLE);
    expect(await code(bulk(owner, ids, chain))).toBe('accepted');
    const { rows: calls } = await owner.query(
      `select (select count(*)::int from calls) as calls,
        (select count(*)::int from pg_trigger where tgrelid = 'edge'::regclass and tgfoid = 'check_edges'::regproc
           and tgtype & 1 = 0) as per_statement`,
    );
    expect(calls).toEqual([{ calls: 1, per_statement: 1 }]);
    await owner.query('drop trigger z_count on edge');
  }, 60_000);

  it('closes no cycle with one edge at either end of a long chain', async () => {
    const { rows } = await client.query<{ id: string }>(
      "select id from node where name in ('bulk-0', 'bulk-20000') order by name",
    );
    expect(await code(edge(client, Number(rows[1]?.id), Number(rows[0]?.id)))).toBe(REFUSED.CYCLE);
  });
});
