import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../testkit/database.ts';
import { type Connection, code, edge, node, nodes, retract, useDatabase } from './record.ts';

const TAKEN = '23505';
const DEADLOCK = '40P01';

const database = useDatabase();
let client: Connection;
beforeAll(async () => {
  client = await database.app();
});

const certainMoment = async (on: Connection) =>
  (await on.query<{ moment: Date }>('select certain_moment() as moment')).rows[0]!.moment;

/** Every edge known on a moment, as one text. */
const knownOn = async (on: Connection, moment: Date) =>
  (
    await on.query<{ known: string }>(
      `select coalesce(string_agg(id::text, ',' order by id), '') as known from edge
       where recorded_at <= $1 and (retracted_at is null or retracted_at > $1)`,
      [moment],
    )
  ).rows[0]!.known;

describe('the moment of a transaction', () => {
  it('is one for all that it records and retracts, in whole milliseconds', async () => {
    const [a, b] = await nodes(client, 'DATASET_VERSION', 2);
    const wrong = await edge(client, a!, b!);
    await client.query('begin');
    const c = await node(client, 'DATASET_VERSION');
    await client.query('select pg_sleep(0.02)');
    const right = await edge(client, c, b!);
    await retract(client, 'edge', wrong);
    await client.query('commit');
    const { rows } = await client.query(
      `select (select recorded_at from node where id = $1) as node, (select recorded_at from edge where id = $2) as edge,
        (select retracted_at from edge where id = $3) as retracted,
        (select recorded_at = date_trunc('milliseconds', recorded_at) from edge where id = $2) as whole`,
      [c, right, wrong],
    );
    expect(rows[0].edge).toEqual(rows[0].node);
    expect(rows[0].retracted).toEqual(rows[0].node);
    expect(rows[0].whole).toBe(true);
  });

  it('is not carried into the next transaction of the connection', async () => {
    const at = async () => {
      const id = await node(client, 'SOURCE');
      return (await client.query<{ at: Date }>('select recorded_at as at from node where id = $1', [id]))
        .rows[0]!.at;
    };
    const first = await at();
    await client.query('select pg_sleep(0.005)');
    expect((await at()).getTime()).toBeGreaterThan(first.getTime());
  });

  it('cannot be set from outside', async () => {
    await client.query("set headwater.moment = '1:946684800000'");
    const id = await node(client, 'SOURCE');
    const { rows } = await client.query(
      "select recorded_at > now() - interval '1 minute' as fresh from node where id = $1",
      [id],
    );
    expect(rows).toEqual([{ fresh: true }]);
    await client.query('reset headwater.moment');
  });

  it('survives a savepoint that is rolled back', async () => {
    await client.query('begin');
    await client.query('savepoint s');
    await node(client, 'SOURCE');
    await client.query('rollback to savepoint s');
    const id = await node(client, 'SOURCE');
    const reader = await database.app();
    const { rows } = await client.query<{ at: Date }>('select recorded_at as at from node where id = $1', [
      id,
    ]);
    expect((await certainMoment(reader)).getTime()).toBeLessThan(rows[0]!.at.getTime());
    await client.query('commit');
  });
});

describe('the certain moment', () => {
  it('stays before a transaction in flight, and passes it once it is over', async () => {
    const [writer, reader] = [await database.app(), await database.app()];
    await writer.query('begin');
    const id = await node(writer, 'SOURCE');
    const { rows } = await writer.query<{ at: Date }>('select recorded_at as at from node where id = $1', [
      id,
    ]);
    const at = rows[0]!.at.getTime();
    await reader.query('select pg_sleep(0.01)');
    expect((await certainMoment(reader)).getTime()).toBeLessThan(at);
    await writer.query('commit');
    await reader.query('select pg_sleep(0.005)');
    expect((await certainMoment(reader)).getTime()).toBeGreaterThanOrEqual(at);
  });

  it('is held back by writers of its own database only', async () => {
    const reader = await database.app();
    const key = 1_700_000_000_000;
    const elsewhere = await freshDatabase();
    const other = new pg.Client({ connectionString: elsewhere.appUrl });
    await other.connect();
    await other.query('select pg_advisory_lock_shared($1)', [key]);
    expect((await certainMoment(reader)).getTime()).toBeGreaterThan(key);
    await other.end();
    await elsewhere.drop();
    await reader.query('select pg_advisory_lock_shared($1)', [key]);
    expect((await certainMoment(reader)).getTime()).toBe(key - 1);
    await reader.query('select pg_advisory_unlock_shared($1)', [key]);
  });

  it('is not held back by advisory locks that mean something else', async () => {
    const [other, reader] = [await database.app(), await database.app()];
    await other.query('select pg_advisory_lock(7, 7), pg_advisory_lock(72707369)');
    expect((await certainMoment(reader)).getTime()).toBeGreaterThan(Date.now() - 60_000);
    await other.query('select pg_advisory_unlock_all()');
  });
});

describe('an answer about the past', () => {
  it('never changes, whatever many writers do meanwhile', async () => {
    const ids = await nodes(client, 'DATASET_VERSION', 40);
    const writers = await Promise.all(Array.from({ length: 6 }, () => database.app()));
    const reader = await database.app();
    const noted: { moment: Date; known: string }[] = [];
    let writing = true;
    const readings = (async () => {
      while (writing) {
        const moment = await certainMoment(reader);
        noted.push({ moment, known: await knownOn(reader, moment) });
      }
    })();
    let seed = 20261124;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    await Promise.all(
      writers.map(async (writer) => {
        for (let i = 0; i < 40; i += 1) {
          await writer.query('begin');
          let given = false;
          for (let j = random(3); j >= 0 && !given; j -= 1) {
            // Always from a lower to a higher index, so that none is refused as a cycle.
            const from = random(39);
            const to = from + 1 + random(39 - from);
            await writer.query('savepoint s');
            const outcome = await code(edge(writer, ids[from]!, ids[to]!));
            if (outcome === TAKEN) {
              await writer.query('rollback to savepoint s');
              const retracted = await code(
                writer.query(
                  `update edge set retracted_by = actor_id, retraction_reason = 'again'
                   where downstream = $1 and upstream = $2 and retracted_at is null`,
                  [ids[from], ids[to]],
                ),
              );
              // Writers that take the same edges in another order may deadlock: the one that is chosen gives way.
              if (retracted === DEADLOCK) given = true;
              else expect(retracted).toBe('accepted');
            } else if (outcome === DEADLOCK) given = true;
            else expect(outcome).toBe('accepted');
            if (!given && random(4) === 0) await writer.query('select pg_sleep(0.003)');
          }
          await writer.query(given || random(5) === 0 ? 'rollback' : 'commit');
        }
      }),
    ).finally(async () => {
      await reader.query('select pg_sleep(0.005)');
      writing = false;
      await readings;
    });
    const changed: Date[] = [];
    for (const { moment, known } of noted)
      if ((await knownOn(reader, moment)) !== known) changed.push(moment);
    expect(changed).toEqual([]);
    // The readings saw the record grow, or the above proves nothing.
    expect(new Set(noted.map((reading) => reading.known)).size).toBeGreaterThan(10);
  });
});
