// The lineage kept in a file from one start to the next: it says what the database says, or it is not used.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepFeedShort } from '../../../api/src/lineage/lineage-feed.ts';
import { ResidentLineage } from '../../../api/src/lineage/resident/resident-lineage.ts';
import { composition, edge, node, refusal, retract } from '../../database/record.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { feedEnded } from '../../testkit/feed-ended.ts';

const MOST = 2 ** 26;

let api: TestApi;
let folder: string;
let path: string;
let client: pg.Client;

beforeAll(async () => {
  api = await testApi({ lineageMemory: 0 });
  folder = await mkdtemp(join(tmpdir(), 'headwater-kept-'));
  path = join(folder, 'lineage', 'snapshot');
  client = await connected(api);
});
afterAll(async () => {
  await client.end();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

async function connected(of: TestApi): Promise<pg.Client> {
  const made = new pg.Client({ connectionString: of.databaseUrl });
  made.on('error', () => undefined);
  await made.connect();
  await made.query("select set_config('headwater.viewer', 'all', false)");
  return made;
}

/** A server's lineage that is kept at `path`, as after a start. */
async function started(of: TestApi = api): Promise<ResidentLineage> {
  const resident = new ResidentLineage({
    url: of.databaseUrl,
    db: of.services.db,
    most: MOST,
    file: { path, least: 0 },
  });
  await resident.ready();
  expect(resident.state).toBe('serving');
  await resident.kept();
  return resident;
}

/** Writes down what a server has, as it does after a load. */
async function kept(): Promise<void> {
  await rm(path, { force: true });
  const resident = await started();
  expect(resident.loadedFrom).toBe('database');
  await resident.close();
  await stat(path);
}

/** From where a start has it, once it was compared with the database, node by node. */
async function restarted(of: TestApi = api): Promise<'file' | 'database' | null> {
  const resident = await started(of);
  const ids = await of.records.$queryRaw<{ id: bigint }[]>`select id from node`;
  expect(resident.figures().nodes).toBe(ids.length);
  expect(await resident.verify(ids.map(({ id }) => id))).toBe(true);
  await resident.close();
  return resident.loadedFrom;
}

interface Story {
  sources: number[];
  versions: number[];
  edges: number[];
}

/** A little of everything that a lineage is made of, and changes in what was there. */
async function told(by: pg.Client, story: Story): Promise<void> {
  const [source, version] = [await node(by, 'SOURCE'), await node(by, 'DATASET_VERSION')];
  const stated = await composition(by, version, 'FRACTION');
  const input = { amount: 0.5, unit: 'FRACTION', composition: stated };
  story.edges.push(await edge(by, version, source, input));
  for (const upstream of story.versions.slice(-1)) story.edges.push(await edge(by, version, upstream, input));
  await by.query(
    `insert into claim (node_id, property, value_number, unit, team_id, actor_id)
     select $1, 'TOKENS', 1000, 'TOKENS', t.id, a.id from team t, actor a where t.namespace = '' and a.kind = 'SYSTEM'`,
    [version],
  );
  if (story.edges.length % 3 === 0) await refusal(retract(by, 'edge', story.edges[0]!));
  const hidden = story.sources[0];
  if (hidden !== undefined) await by.query(`update node set visibility = 'TEAM' where id = $1`, [hidden]);
  story.sources.push(source);
  story.versions.push(version);
}

const story: Story = { sources: [], versions: [], edges: [] };
const more = async (times: number) => {
  for (let i = 0; i < times; i += 1) await told(client, story);
};

/** The file with something else said of it, and summed as it would be by whoever writes such files. */
async function forged(change: (about: Record<string, unknown>) => void): Promise<void> {
  const file = await readFile(path);
  const length = Number(file.readBigUInt64LE(56));
  const about = JSON.parse(file.toString('utf8', 64, 64 + length));
  change(about);
  const said = Buffer.from(JSON.stringify(about));
  const head = Buffer.from(file.subarray(0, 64));
  head.writeBigUInt64LE(BigInt(said.length), 56);
  const body = Buffer.concat([head, said, file.subarray(64 + length, file.length - 32)]);
  await writeFile(path, Buffer.concat([body, createHash('sha256').update(body).digest()]));
}

describe('a start from the file', () => {
  beforeAll(() => more(6));

  it('has what was recorded, retracted and hidden before the file and after it', async () => {
    await kept();
    expect(await restarted()).toBe('file');
    await more(5);
    expect(await restarted()).toBe('file');
    await more(3);
    expect(await restarted()).toBe('file');
  });

  it('has what a transaction wrote that was under way when the file was written, and what one gave up it has not', async () => {
    const [early, gone] = [await connected(api), await connected(api)];
    const own = { sources: [], versions: [], edges: [] };
    await early.query('begin');
    await told(early, own);
    await gone.query('begin');
    await told(gone, { sources: [], versions: [], edges: [] });
    await kept();
    await more(1);
    await gone.query('rollback');
    await early.query('commit');
    expect(await restarted()).toBe('file');
    await Promise.all([early.end(), gone.end()]);
  });

  it('serves writers as ever, and writes the file anew after a load from the database', async () => {
    await kept();
    const before = await readFile(path);
    const resident = await started();
    expect(resident.loadedFrom).toBe('file');
    const was = resident.figures().nodes;
    await more(1);
    await resident.catchUp();
    expect(resident.figures().nodes).toBe(was + 2);
    await resident.reload();
    expect(resident.loadedFrom).toBe('database');
    await resident.kept();
    expect((await readFile(path)).equals(before)).toBe(false);
    await resident.close();
    expect(await restarted()).toBe('file');
  });

  it('throws the file away where it says something else than the database', async () => {
    const id = story.versions[0]!;
    await kept();
    // As no statement of ours can: past the triggers that tell of it.
    await api.records.$executeRaw`alter table node disable trigger user`;
    await api.records.$executeRaw`update node set version = 'otherwise' where id = ${id}`;
    await api.records.$executeRaw`alter table node enable trigger user`;
    const resident = await started();
    expect(resident.loadedFrom).toBe('file');
    expect(await resident.verify([BigInt(id)])).toBe(false);
    expect(resident.loadedFrom).toBe('database');
    expect(await resident.verify([BigInt(id)])).toBe(true);
    await resident.kept();
    await resident.close();
    expect(await restarted()).toBe('file');
  });
});

describe('a file is not used, and the database is read,', () => {
  beforeAll(() => more(2));
  beforeEach(kept);

  it('where it was cut off', async () => {
    const file = await readFile(path);
    await writeFile(path, file.subarray(0, file.length - 40));
    expect(await restarted()).toBe('database');
  });

  it('where one bit of it was turned', async () => {
    const file = await readFile(path);
    file[file.length >> 1]! ^= 4;
    await writeFile(path, file);
    expect(await restarted()).toBe('database');
  });

  it('where it is of another database, though that has what the feed here has', async () => {
    const other = await testApi({ lineageMemory: 0 });
    try {
      const rows = await client.query(`select ids from lineage_feed where changed = 'mark'`);
      for (const { ids } of rows.rows)
        await other.records
          .$executeRaw`insert into lineage_feed (changed, ids) values ('mark', ${ids}::bigint[])`;
      expect(await restarted(other)).toBe('database');
    } finally {
      await other.close();
    }
  });

  it('where its database does not know it: one that was put back to an earlier time', async () => {
    await client.query(`delete from lineage_feed where changed = 'mark'`);
    expect(await restarted()).toBe('database');
  });

  it.each([
    ['a later transaction than any there was', { since: '900000000000000000' }],
    ['an earlier transaction', { since: '1' }],
    ['no transaction', { since: "0'" }],
    ['other migrations', { migrations: 'others' }],
    ['another version of the arrays', { meaning: 'another' }],
    ['another cluster', { system: '1' }],
  ])('where it says that it is of %s', async (_what, change) => {
    await forged((about) => Object.assign(about, change));
    expect(await restarted()).toBe('database');
  });

  it('where it is somebody’s own, though it says nothing wrong of itself', async () => {
    await forged((about) => Object.assign(about, { note: 'mine' }));
    expect(await restarted()).toBe('database');
  });

  it('where it is not a file', async () => {
    await rm(path);
    await mkdir(path);
    expect(await restarted()).toBe('database');
    await rm(path, { recursive: true });
  });

  it('where what came after it is told no more', async () => {
    await copyFile(path, join(dirname(path), 'old'));
    await api.records.$executeRaw`update lineage_feed set at = at - interval '25 hours'`;
    await feedEnded(api.records);
    await client.query('select forget_lineage_changes()');
    await more(1);
    await api.records.$executeRaw`update lineage_feed set at = at - interval '2 hours'`;
    await feedEnded(api.records);
    await client.query('select forget_lineage_changes()');
    await client.query('select forget_lineage_changes()');
    await copyFile(join(dirname(path), 'old'), path);
    expect(await restarted()).toBe('database');
  });
});

describe('the feed of lineage changes', () => {
  const entries = async () =>
    Number((await client.query(`select count(*) from lineage_feed where changed <> 'mark'`)).rows[0].count);
  const aged = (hours: number) =>
    api.records.$executeRaw`update lineage_feed set at = at - ${hours} * interval '1 hour'`;
  const forget = () => client.query('select forget_lineage_changes()');

  it('forgets what had ended an hour ago, and keeps what a file needs for a day', async () => {
    await client.query('delete from lineage_feed');
    await more(1);
    await feedEnded(api.records);
    await forget();
    await more(1);
    const all = await entries();
    await aged(2);
    await feedEnded(api.records);
    await forget();
    const left = await entries();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(all);
    await kept();
    await more(1);
    await aged(2);
    await feedEnded(api.records);
    await forget();
    await aged(2);
    await feedEnded(api.records);
    await forget();
    expect(await restarted()).toBe('file');
    await aged(24);
    await forget();
    expect(await entries()).toBe(0);
  });

  it('is kept short by a server that keeps no lineage in memory, too', async () => {
    await client.query('delete from lineage_feed');
    await more(1);
    await feedEnded(api.records);
    await forget();
    await aged(2);
    expect(await entries()).toBeGreaterThan(0);
    const end = keepFeedShort(api.services.db, 20);
    await expect.poll(entries, { timeout: 10_000 }).toBe(0);
    await end();
  });

  it('keeps what a long transaction wrote for as long, counted from its end', async () => {
    const long = await connected(api);
    await client.query('delete from lineage_feed');
    await long.query('begin');
    await told(long, { sources: [], versions: [], edges: [] });
    await forget();
    await aged(2);
    await forget();
    await long.query('commit');
    await long.end();
    await feedEnded(api.records);
    await aged(3);
    await forget();
    expect(await entries()).toBeGreaterThan(0);
    await aged(2);
    await feedEnded(api.records);
    await forget();
    expect(await entries()).toBe(0);
  });

  it('is marked by Headwater alone, and for no time to come', async () => {
    const digest = ['1', '2', '3', '4'];
    const mark = (since: string) =>
      refusal(client.query('select mark_lineage_snapshot($1::text::xid8, $2, null)', [since, digest]));
    expect(await mark('1')).toBeNull();
    expect((await mark('900000000000000000'))?.code).toBe('22023');
    await client.query("select set_config('headwater.viewer', '', false)");
    expect((await mark('1'))?.code).toBe('42501');
    expect((await refusal(forget()))?.code).toBe('42501');
    await client.query("select set_config('headwater.viewer', 'all', false)");
  });
});
