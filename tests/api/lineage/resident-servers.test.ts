// Several API servers keep the lineage of one database, and a database may fall silent.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Principal } from '../../../api/src/access/viewer.ts';
import { copyInto, TooLarge } from '../../../api/src/lineage/resident/copy-from-database.ts';
import { ResidentGraph } from '../../../api/src/lineage/resident/resident-graph.ts';
import { ResidentLineage } from '../../../api/src/lineage/resident/resident-lineage.ts';
import { sourceOn } from '../../../api/src/lineage/source-on.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { openServices } from '../../../api/src/services.ts';
import { node } from '../../database/record.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';
import { relayTo } from '../../testkit/relay.ts';

describe('of two servers on one database', () => {
  let api: TestApi;
  let build: Mutate;
  let reporter: Principal;
  let other: Awaited<ReturnType<typeof openServices>>;

  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
    build = building(mutating(api, reporter));
    const { databaseUrl } = api;
    const dataFolder = api.services.dataFolder;
    other = await openServices({ databaseUrl, dataFolder, poolSize: 2, lineageMemory: 2 ** 26 });
    await other.resident!.ready();
    await build('registerSource', { name: 'spring', visibility: 'PUBLIC' });
    await build('registerDatasetVersion', {
      dataset: 'brook',
      version: '1',
      visibility: 'PUBLIC',
      derivedFrom: { unit: 'FRACTION', complete: true, inputs: [{ of: 'source:spring', amount: 1 }] },
    });
  });
  afterAll(async () => {
    await other.close();
    await api.close();
  });

  const idOf = async (ref: string) =>
    (await api.as(reporter)(`{ lineageNode(ref: ${JSON.stringify(ref)}) { id } }`)).data.lineageNode
      .id as string;
  const rowOf = (id: string) => api.services.ids.decode(id)!.id;

  /** What the anonymous reach from the brook at the other server, from memory. */
  const reached = async (on: Date | null) => {
    const context = requestContext(other, ANONYMOUS);
    const moment = await context.knownOn(on);
    const source = await sourceOn(context, moment);
    expect(other.resident!.moment()).not.toBeNull();
    const brook = rowOf(await idOf('dataset:brook@1'));
    return (await source.closure([brook], 'UPSTREAM', ['DERIVED_FROM'], 10)).length;
  };

  it('one shows at once what was written at the other, time after time', async () => {
    for (let i = 0; i < 20; i += 1) {
      const name = `later-${i}`;
      await build('registerSource', { name, visibility: 'PUBLIC' });
      const context = requestContext(other, ANONYMOUS);
      const source = await sourceOn(context, await context.knownOn());
      expect(await source.facts([rowOf(await idOf(`source:${name}`))])).toHaveLength(1);
    }
    expect(other.resident!.moment()).not.toBeNull();
  });

  it('one hides at once what was narrowed at the other, of the past too', async () => {
    const before = await requestContext(other, ANONYMOUS).knownOn();
    expect(await reached(before)).toBe(2);
    const target = await idOf('source:spring');
    for (let i = 0; i < 10; i += 1) {
      await build('shareWith', { target, visibility: 'TEAM' });
      expect(await reached(before)).toBe(1);
      expect(await reached(null)).toBe(1);
      await build('shareWith', { target, visibility: 'PUBLIC' });
      expect(await reached(before)).toBe(2);
    }
  });
});

describe('a database that falls silent', () => {
  it('holds up nobody: whoever waits for memory goes on without it', async () => {
    const api = await testApi({ lineageMemory: 0 });
    const relay = await relayTo(api.databaseUrl);
    const resident = new ResidentLineage({ url: relay.url, db: api.services.db, most: 2 ** 26 });
    try {
      await resident.ready();
      expect(resident.state).toBe('serving');
      const context = requestContext({ ...api.services, resident }, ANONYMOUS);
      expect(await resident.source(context.db, ANONYMOUS, resident.moment()!)).not.toBeNull();
      relay.fallSilent();
      // What it waits for never comes: it resolves, or this test ends in a timeout.
      await resident.catchUp();
      expect(resident.moment()).toBeNull();
      const begun = performance.now();
      for (let i = 0; i < 5; i += 1) await resident.catchUp();
      // The second that memory may be behind is waited for once, and not by each who comes.
      expect(performance.now() - begun).toBeLessThan(2_000);
      const on = await context.knownOn();
      expect(await resident.source(context.db, ANONYMOUS, on)).toBeNull();
      expect(await (await sourceOn(context, on)).facts([])).toEqual([]);
      expect(await resident.verify()).toBeNull();
    } finally {
      await resident.close();
      await relay.close();
      await api.close();
    }
  });

  it('leaves no connection behind where it does so in the middle of a load', async () => {
    const api = await testApi({ lineageMemory: 0 });
    const relay = await relayTo(api.databaseUrl, { silentAt: /set transaction snapshot/ });
    const resident = new ResidentLineage({ url: relay.url, db: api.services.db, most: 2 ** 26 });
    const standing = async () => {
      const rows = await api.records.$queryRaw<{ name: string }[]>`
        select application_name as name from pg_stat_activity
        where datname = current_database() and application_name like 'headwater lineage%' order by 1`;
      return rows.map(({ name }) => name);
    };
    try {
      const ready = resident.ready();
      await expect.poll(standing).toEqual(['headwater lineage', 'headwater lineage edges']);
      await resident.close();
      await ready;
      await expect.poll(standing).toEqual([]);
    } finally {
      await relay.close();
      await api.close();
    }
  });

  it('is read over one connection where there is no second', async () => {
    const api = await testApi({ lineageMemory: 0 });
    const relay = await relayTo(api.databaseUrl, { most: 1 });
    const resident = new ResidentLineage({ url: relay.url, db: api.services.db, most: 2 ** 26 });
    try {
      const reporter = await api.person('REPORTER');
      const write = building(mutating(api, reporter));
      await write('registerSource', { name: 'spring' });
      const inputs = [{ of: 'source:spring', amount: 1 }];
      const derivedFrom = { unit: 'FRACTION', complete: true, inputs };
      await write('registerDatasetVersion', { dataset: 'brook', version: '1', derivedFrom });
      await resident.ready();
      expect(resident.state).toBe('serving');
      expect(await resident.verify()).toBe(true);
    } finally {
      await resident.close();
      await relay.close();
      await api.close();
    }
  });

  it('is not made silent by a row that cannot be understood: the connection answers on', async () => {
    const api = await testApi({ lineageMemory: 0 });
    const client = new pg.Client({ connectionString: api.databaseUrl });
    await client.connect();
    try {
      await client.query("select set_config('headwater.viewer', 'all', false)");
      for (let i = 0; i < 3; i += 1) await node(client, 'SOURCE');
      const graph = new ResidentGraph();
      graph.put = () => {
        throw new RangeError('no such label');
      };
      await expect(copyInto(graph, client, 'node', {})).rejects.toThrow('no such label');
      expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      await expect(copyInto(new ResidentGraph(), client, 'node', { most: 10 })).rejects.toThrow(TooLarge);
      expect(await copyInto(new ResidentGraph(), client, 'node', {})).toBe(3);
    } finally {
      await client.end();
      await api.close();
    }
  });
});
