// The lineage in memory follows the database: what anybody writes, in whatever order transactions end.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { EDGE_KINDS } from '../../../api/src/lineage/kinds.ts';
import { ResidentLineage } from '../../../api/src/lineage/resident/resident-lineage.ts';
import { sqlSource } from '../../../api/src/lineage/sql-source.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { composition, edge, node, refusal, retract } from '../../database/record.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

const WAIT_MS = 5_000;

/** Waits until something holds, for as long as anybody would. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not come to hold.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const UPSTREAM = `query ($ref: NodeRef!, $on: DateTime) { lineageNode(ref: $ref) {
  lineage(knownOn: $on) { knownOn nodes { label } edges { share } } } }`;

describe('a lineage read from memory', () => {
  let api: TestApi;
  let reporter: Principal;
  let build: Mutate;
  let mutate: Mutate;

  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
    mutate = mutating(api, reporter);
    build = building(mutate);
  });
  afterAll(() => api.close());

  const version = (dataset: string, inputs: string[], more: object = {}) =>
    build('registerDatasetVersion', {
      dataset,
      version: '1',
      derivedFrom: {
        unit: 'FRACTION',
        complete: true,
        inputs: inputs.map((of) => ({ of, amount: 1 / inputs.length })),
      },
      ...more,
    });
  const labels = async (ref: string, on: string | null = null) => {
    const answer = await api.as(reporter)(UPSTREAM, { ref, on });
    return {
      ...answer,
      labels: answer.data?.lineageNode?.lineage.nodes.map((one: { label: string }) => one.label),
    };
  };

  it('has what the reader wrote just before, and asks the database for no edge', async () => {
    await build('registerSource', { name: 'one' });
    await build('registerSource', { name: 'two' });
    await version('made', ['source:one', 'source:two']);
    const read = await labels('dataset:made@1');
    expect(read.labels).toEqual(['made@1', 'one', 'two']);
    expect(read.data.lineageNode.lineage.edges).toEqual([{ share: 0.5 }, { share: 0.5 }]);
    expect(read.statements.filter((sql) => /\bfrom (edge|composition|claim)\b/.test(sql))).toEqual([]);
  });

  it('forgets what is retracted, and keeps what was known before', async () => {
    await version('passing', ['source:one']);
    const before = (await labels('dataset:passing@1')).data.lineageNode.lineage.knownOn as string;
    const edges = await api.as(reporter)(
      '{ lineageNode(ref: "dataset:passing@1") { lineage { edges { composition { id } } } } }',
    );
    const { id } = edges.data.lineageNode.lineage.edges[0].composition;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await build('retract', { target: id, reason: 'It was another.' });
    expect((await labels('dataset:passing@1')).labels).toEqual(['passing@1']);
    expect((await labels('dataset:passing@1', before)).labels).toEqual(['passing@1', 'one']);
  });

  it('hides at once what is shared with fewer', async () => {
    await version('narrowed', ['source:one'], { visibility: 'PUBLIC' });
    const asked = '{ lineageNode(ref: "dataset:narrowed@1") { lineage { nodes { label } } } }';
    expect((await api.anonymous(asked)).data.lineageNode.lineage.nodes).toEqual([{ label: 'narrowed@1' }]);
    await build('shareWith', {
      target: (await api.as(reporter)('{ lineageNode(ref: "dataset:narrowed@1") { id } }')).data.lineageNode
        .id,
      visibility: 'TEAM',
    });
    expect((await api.anonymous(asked)).data.lineageNode).toBeNull();
  });

  it('is answered by the database while the connection is away, and from memory thereafter', async () => {
    const { resident } = api.services;
    const { rows } = await withClient(api, (client) =>
      client.query(`select pg_terminate_backend(pid) as ended from pg_stat_activity
        where application_name = 'headwater lineage' and datname = current_database()`),
    );
    expect(rows).toEqual([{ ended: true }]);
    await until(() => resident!.state !== 'serving');
    const read = await labels('dataset:made@1');
    expect(read.labels).toEqual(['made@1', 'one', 'two']);
    expect(read.statements.some((sql) => /\bfrom edge\b/.test(sql))).toBe(true);
    await until(() => resident!.state === 'serving');
    await version('after', ['source:two']);
    expect((await labels('dataset:after@1')).labels).toEqual(['after@1', 'two']);
  });
});

async function withClient<T>(api: TestApi, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connected(api);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A writer of its own, past the use cases: rows only, as the API speaks to the database. */
async function connected(api: TestApi): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: api.databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  await client.query("select set_config('headwater.viewer', 'all', false)");
  return client;
}

describe('a resident graph', () => {
  let api: TestApi;
  const opened: pg.Client[] = [];
  const writer = async () => {
    const client = await connected(api);
    opened.push(client);
    return client;
  };
  beforeAll(async () => {
    api = await testApi();
  });
  afterAll(async () => {
    await Promise.all(opened.map((client) => client.end()));
    await api.close();
  });

  it('takes in what others write without being told', async () => {
    const resident = api.services.resident!;
    const client = await writer();
    const was = resident.figures().nodes;
    resident.moment();
    await node(client, 'SOURCE');
    await until(() => resident.figures().nodes === was + 1);
  });

  it('misses no transaction, whatever the order in which they end', async () => {
    const resident = api.services.resident!;
    const [early, late, other] = [await writer(), await writer(), await writer()];
    await early.query('begin');
    const source = await node(early, 'SOURCE');
    await late.query('begin');
    await node(late, 'SOURCE');
    // Later in sequence, first to commit: a follower that remembered the last number would pass over the others.
    await node(other, 'SOURCE');
    await resident.catchUp();
    const between = resident.figures();
    await late.query('commit');
    await resident.catchUp();
    expect(resident.figures().nodes).toBe(between.nodes + 1);
    await early.query('commit');
    await resident.catchUp();
    expect(resident.figures().nodes).toBe(between.nodes + 2);
    await edge(other, await node(other, 'DATASET_VERSION'), source);
    await resident.catchUp();
    expect(resident.figures().edges).toBe(between.edges + 1);
  });

  it('says what the database says when many write at once, and of the past says the same for good', {
    timeout: 60_000,
  }, async () => {
    const resident = api.services.resident!;
    const { viewer, db } = requestContext(api.services, await api.person('ADMINISTRATOR'));
    const writing = new Writing(performance.now() + 2_500);
    const writers = Promise.all(
      [await writer(), await writer(), await writer(), await writer()].map((client) => writing.by(client)),
    );
    // Everybody looks at moments that have passed, while the others go on writing.
    const looks: { on: Date; reached: bigint[]; ids: bigint[] }[] = [];
    for (let last = 0; !writing.over; ) {
      const on = resident.moment()!;
      expect(on.getTime()).toBeGreaterThanOrEqual(last);
      last = on.getTime();
      const ids = writing.versions.map(BigInt);
      const source = (await resident.source(db, viewer, on))!;
      looks.push({ on, ids, reached: await source.closure(ids, 'UPSTREAM', EDGE_KINDS, MANY) });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await writers;
    expect(writing.versions.length).toBeGreaterThan(30);
    expect(looks.length).toBeGreaterThan(10);
    expect(await resident.verify([...writing.sources, ...writing.versions].map(BigInt))).toBe(true);
    for (const { on, ids, reached } of looks) {
      const said = await sqlSource({ db, viewer }, on).closure(ids, 'UPSTREAM', EDGE_KINDS, MANY);
      expect(new Set(reached)).toEqual(new Set(said));
    }
  });

  /**
   * A node that its people alone see. In one transaction somebody goes out of an audience and the node comes into it, or
   * they come in and it goes out: they see it at no time.
   */
  const named = async (change: 'out' | 'in') => {
    const client = await writer();
    const person = await api.person('REPORTER');
    const one = async (sql: string, values: unknown[] = []) =>
      Number((await client.query<{ id: string }>(sql, values)).rows[0]!.id);
    const audience = () =>
      one(`insert into audience (team_id, actor_id)
        select t.id, a.id from team t, actor a where t.namespace = '' and a.kind = 'SYSTEM' returning id`);
    const [shared, another, id] = [await audience(), await audience(), await node(client, 'SOURCE')];
    const held = 'update node set audience_id = $2 where id = $1';
    await client.query("update node set visibility = 'RESTRICTED' where id = $1", [id]);
    const added = 'insert into audience_member (audience_id, actor_id, added_by) values ($1, $2, $2)';
    const removed = 'delete from audience_member where audience_id = $1 and actor_id = $2';
    if (change === 'out') await client.query(added, [shared, person.actorId]);
    else await client.query(held, [id, shared]);
    // Something else that is for the same, so that memory knows of it.
    await client.query("update node set visibility = 'RESTRICTED', audience_id = $2 where id = $1", [
      ...[await node(client, 'SOURCE'), shared],
    ]);
    return {
      reader: requestContext(api.services, person),
      id: BigInt(id),
      async commit() {
        await client.query('begin');
        await client.query(change === 'out' ? removed : added, [shared, person.actorId]);
        await client.query(held, [id, change === 'out' ? shared : another]);
        await client.query('commit');
      },
    };
  };

  it('shows nobody who is named no longer what is shared with the others at that time', async () => {
    const resident = api.services.resident!;
    const { reader, id, commit } = await named('out');
    await resident.catchUp();
    expect(await resident.now(reader.db, reader.viewer)).not.toBeNull();
    await commit();
    let over = false;
    const caughtUp = resident.catchUp().finally(() => {
      over = true;
    });
    let looks = 0;
    for (; !over; looks += 1) {
      expect((await resident.now(reader.db, reader.viewer))?.node(id)).toBeUndefined();
      await new Promise(setImmediate);
    }
    await caughtUp;
    expect(looks).toBeGreaterThan(0);
  });

  it('shows nobody who is named from now on what is taken from the others at that time', async () => {
    const resident = api.services.resident!;
    const { reader, id, commit } = await named('in');
    await resident.catchUp();
    // It is all done between what is in memory and the first question who sees what.
    let committed: Promise<void> | null = null;
    const late = new Proxy(reader.db, {
      get: (db, name) =>
        name === '$queryRaw'
          ? async (...asked: Parameters<typeof db.$queryRaw>) => {
              committed ??= commit();
              await committed;
              return db.$queryRaw(...asked);
            }
          : Reflect.get(db, name),
    });
    const seen = await resident.now(late, reader.viewer);
    expect(committed).not.toBeNull();
    expect(seen?.node(id)).toBeUndefined();
  });

  it('is loaded anew where it says something else than the database', async () => {
    const resident = api.services.resident!;
    const client = await writer();
    const id = await node(client, 'SOURCE');
    await resident.catchUp();
    // As no statement of ours can: past the triggers that tell of it.
    await api.records.$executeRaw`alter table node disable trigger user`;
    await api.records.$executeRaw`update node set version = 'another' where id = ${id}`;
    await api.records.$executeRaw`alter table node enable trigger user`;
    expect(await resident.verify([BigInt(id)])).toBe(false);
    expect(await resident.verify([BigInt(id)])).toBe(true);
  });

  it('steps aside where it takes more memory than it may', async () => {
    const resident = new ResidentLineage({ url: api.databaseUrl, db: api.services.db, most: 1_000 });
    await resident.ready();
    expect(resident.state).toBe('too large');
    expect(resident.moment()).toBeNull();
    await resident.close();
  });
});

const MANY = 100_000;

/** Writers who record, retract and hide in transactions of any length, some of which come to nothing. */
class Writing {
  readonly sources: number[] = [];
  readonly versions: number[] = [];
  private readonly edges: number[] = [];
  private readonly until: number;

  constructor(until: number) {
    this.until = until;
  }

  get over(): boolean {
    return performance.now() > this.until;
  }

  async by(client: pg.Client): Promise<void> {
    while (!this.over) {
      await client.query('begin');
      const [source, version] = [await node(client, 'SOURCE'), await node(client, 'DATASET_VERSION')];
      const stated = await composition(client, version, 'FRACTION');
      const input = { amount: 0.5, unit: 'FRACTION', composition: stated };
      const edges = [await edge(client, version, source, input)];
      const upstream = any(this.versions);
      if (upstream !== undefined) edges.push(await edge(client, version, upstream, input));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      if (Math.random() < 0.1) {
        await client.query('rollback');
        continue;
      }
      await client.query('commit');
      this.sources.push(source);
      this.versions.push(version);
      this.edges.push(...edges);
      const wrong = any(this.edges);
      if (wrong !== undefined && Math.random() < 0.2) await refusal(retract(client, 'edge', wrong));
      const hidden = any(this.sources);
      if (Math.random() < 0.2)
        await refusal(client.query(`update node set visibility = 'TEAM' where id = $1`, [hidden]));
    }
  }
}

const any = (ids: readonly number[]) => ids[Math.floor(Math.random() * ids.length)];
