// `npm run bench:lineage -- --edges 1000000 [--seed 1] [--rounds 200] [--record]`: the two engines on a lineage of that size, and
// the floor that nothing can beat with the same storage, in turns on one database. Answers are compared on the way.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { ANONYMOUS } from '../../../api/src/access/viewer.ts';
import { visible } from '../../../api/src/access/visibility.ts';
import { exposure } from '../../../api/src/lineage/exposure.ts';
import { EDGE_KINDS } from '../../../api/src/lineage/kinds.ts';
import type { LineageSource } from '../../../api/src/lineage/lineage-source.ts';
import { upstreamBySql, upstreamInMemory } from '../../../api/src/lineage/load-graph.ts';
import type { LoadedGraph } from '../../../api/src/lineage/loaded-graph.ts';
import { ResidentLineage } from '../../../api/src/lineage/resident/resident-lineage.ts';
import { sqlSource } from '../../../api/src/lineage/sql-source.ts';
import type { BoundDb } from '../../../api/src/platform/bound-database.ts';
import { APP_ROLE } from '../../../api/src/platform/embedded-postgres-roles.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { openServices } from '../../../api/src/services.ts';
import { Dice } from '../../access/world/dice.ts';
import { launch } from '../../testkit/global-setup.ts';
import { TOKEN_KEY } from '../../testkit/token-key.ts';
import { atLeast, atMost, type Line, ms, Times } from '../measure.ts';
import { processorTime, since, workedFor } from '../processor-time.ts';
import { told } from '../record.ts';
import { fill, type Synthetic } from './synthetic.ts';

const { values } = parseArgs({
  options: {
    edges: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '200' },
    record: { type: 'boolean', default: false },
  },
});
const [wanted, seed, rounds] = [values.edges, values.seed, values.rounds].map(Number) as [
  number,
  number,
  number,
];
const ALL = 100_000_000;
const AGREED = 1e-6;
/** Exposures by either engine before any is measured: as many as a server has answered within its first minutes. */
const WARM = 300;

const { server, stop } = await launch();
const at = `127.0.0.1:${server.port}/${server.template}`;
const superuserUrl = `postgresql://postgres:${server.superuser}@${at}`;
const appUrl = `postgresql://${APP_ROLE}:${server.app}@${at}`;
try {
  told('lineage', { edges: wanted, seed, rounds }, await measured(), values.record);
} finally {
  await stop();
}
process.exit(0);

async function measured(): Promise<Line[]> {
  const begun = performance.now();
  const world = await fill(superuserUrl, wanted, seed);
  console.info(
    `${world.edges} edges, ${world.nodes} nodes, ${world.compositions} compositions in ${Math.round((performance.now() - begun) / 1000)} s`,
  );
  const services = await openServices({
    databaseUrl: appUrl,
    dataFolder: '',
    tokenKey: TOKEN_KEY,
    poolSize: 4,
    preparedStatements: 200,
  });
  const folder = await mkdtemp(join(tmpdir(), 'headwater-bench-'));
  const file = { path: join(folder, 'lineage', 'snapshot'), least: 0 };
  const opened = () => new ResidentLineage({ url: appUrl, db: services.db, most: 2 ** 34, file });
  let resident = opened();
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const copied = await loading(resident);
    await resident.kept();
    await resident.close();
    resident = opened();
    const lines = [...loads(world, copied, await loading(resident)), ...takes(world, resident)];
    const context = requestContext(services, ANONYMOUS);
    const on = resident.moment()!;
    const memory = (await resident.source(context.db, ANONYMOUS, on))!;
    const statements = sqlSource(context, on);
    lines.push(...(await upstream(world, memory, statements, client, context.db)));
    lines.push(await hub(world, memory, statements));
    // What was just counted held this process for longer than memory may be behind.
    await resident.catchUp();
    const sight = (await resident.sight(context.db, ANONYMOUS, on))!;
    lines.push(
      await exposures(
        world,
        async (model) => upstreamInMemory(sight, [model], on),
        (model) => upstreamBySql(statements, [model], on),
      ),
    );
    lines.push(await freshness(resident, client));
    return lines;
  } finally {
    await client.end();
    await resident.close();
    await services.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Load {
  from: ResidentLineage['loadedFrom'];
  /** In milliseconds: by the clock, and of processor time in this process. */
  took: number;
  spent: number;
}

async function loading(resident: ResidentLineage): Promise<Load> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await resident.ready();
  const { user, system } = process.cpuUsage(before);
  return {
    from: resident.loadedFrom,
    took: performance.now() - begun,
    spent: (user + system) / 1_000,
  };
}

function loads(world: Synthetic, copied: Load, kept: Load): Line[] {
  if (copied.from !== 'database' || kept.from !== 'file') throw new Error('The file was not used.');
  const line = (what: string, { took, spent }: Load): Line => ({
    what,
    measured: `${Math.round(took)} ms, ${Math.round(spent)} ms of processor time here`,
    against: `${world.edges} edges`,
    figure: world.edges / took / 1000,
    unit: 'M edges/s',
    goal: atLeast(1.5),
  });
  return [line('load from the file of the last start', kept), line('load from the database', copied)];
}

function takes(world: Synthetic, resident: ResidentLineage): Line[] {
  const { bytes, topology, carried } = resident.figures();
  return [
    bounded('bytes an edge, topology', topology / world.edges, 16),
    bounded('bytes an edge with weights, kinds, times', carried / world.edges, 48),
    bounded('bytes an edge, everything', bytes / world.edges, null),
  ];
}

function bounded(what: string, value: number, most: number | null): Line {
  const goal = most === null ? null : atMost(most);
  return { what, measured: value.toFixed(1), against: '–', figure: value, unit: ' B', goal };
}

/** Incidents, from late and from early, in an order that tells nothing. */
function roots(world: Synthetic, count: number): bigint[] {
  const dice = new Dice(seed + 1);
  return Array.from({ length: count }, () => BigInt(dice.pick(world.incidents)));
}

/**
 * Upstream of incidents: every edge with its columns. The floor fetches fewer columns, past both walls, in one round
 * trip without a transaction; the walled one fetches the same columns of the edges that the viewer sees, by the predicate
 * and row-level security, and asks nothing of their ends or compositions.
 */
async function upstream(
  world: Synthetic,
  memory: LineageSource,
  statements: LineageSource,
  client: pg.Client,
  db: BoundDb,
): Promise<Line[]> {
  const [floor, walled, sql, inMemory, inMemoryClosure, sqlClosure] = [0, 1, 2, 3, 4, 5].map(
    () => new Times(),
  );
  const sizes = new Times();
  const known: { root: bigint; ids: bigint[] }[] = [];
  const byIds = (ids: readonly bigint[]) =>
    client.query({
      name: 'floor',
      text: 'select id, kind, downstream, upstream, composition_id, amount, recorded_at from edge where id = any($1::bigint[])',
      values: [ids.map(String)],
    });
  const bySql = async (root: bigint) =>
    (await statements.upstream([root], EDGE_KINDS, EDGE_KINDS, ALL)).edges;
  for (const [i, root] of roots(world, rounds + 20).entries()) {
    const warm = i < 20;
    const ids = await timed(inMemoryClosure!, warm, () =>
      memory.closure([root], 'UPSTREAM', EDGE_KINDS, ALL),
    );
    const edges = await timed(inMemory!, warm, () => memory.edgesFrom(ids, 'UPSTREAM', EDGE_KINDS));
    await timed(sqlClosure!, warm, () => statements.closure([root], 'UPSTREAM', EDGE_KINDS, ALL));
    const found = await timed(sql!, warm, () => bySql(root));
    known.push({ root, ids: edges.map((edge) => edge.id) });
    await timed(floor!, warm, () => byIds(known.at(-1)!.ids));
    await timed(walled!, warm, () => selectEdgesAlone(db, known.at(-1)!.ids));
    if (!warm) sizes.add(edges.length);
    const same = new Set(found.map((edge) => edge.id));
    if (same.size !== edges.length || edges.some((edge) => !same.has(edge.id)))
      throw new Error(`The engines differ upstream of ${root}.`);
  }
  const worked = async (way: (one: (typeof known)[number]) => Promise<unknown>) => {
    const before = await processorTime(client);
    for (const one of known) await way(one);
    return workedFor(since(await processorTime(client), before, known.length));
  };
  const floorWorked = await worked(({ ids }) => byIds(ids));
  const walledWorked = await worked(({ ids }) => selectEdgesAlone(db, ids));
  const sqlWorked = await worked(({ root }) => bySql(root));
  console.info(`upstream of an incident: ${sizes.at(0.5)} / ${sizes.at(0.9)} edges (p50 / p90)`);
  const ratio = sql!.at(0.5) / floor!.at(0.5);
  return [
    {
      what: 'upstream in SQL, visibility and moment applied (ms p50 / p90)',
      measured: `${sql!.told} (${sqlWorked})`,
      against: `fetch by known ids, past both walls ${floor!.told} (${floorWorked})`,
      figure: ratio,
      unit: '×',
      goal: atMost(1.5),
    },
    {
      what: 'the same, against edges alone behind the same walls (ms p50 / p90)',
      measured: sql!.told,
      against: `fetch by known ids, behind both walls ${walled!.told} (${walledWorked})`,
      figure: sql!.at(0.5) / walled!.at(0.5),
      unit: '×',
      goal: null,
    },
    {
      what: 'upstream in memory: the nodes (ms p50 / p90)',
      measured: inMemoryClosure!.told,
      against: `in SQL ${sqlClosure!.told}`,
      figure: sqlClosure!.at(0.5) / inMemoryClosure!.at(0.5),
      unit: '× as fast',
      goal: null,
    },
    {
      what: 'upstream in memory: the edges as records (ms p50 / p90)',
      measured: inMemory!.told,
      against: `in SQL ${sql!.told}`,
      figure: sql!.at(0.5) / inMemory!.at(0.5),
      unit: '× as fast',
      goal: null,
    },
  ];
}

/** The same for the same ids, in whatever order. */
function digestOf(ids: readonly number[]): string {
  return createHash('sha256').update(Float64Array.from(ids).sort()).digest('hex');
}

/** Edges by id, of which nothing is asked but whether a viewer without an account sees them. */
function selectEdgesAlone(db: BoundDb, ids: readonly bigint[]): Promise<unknown> {
  return db.$queryRaw`
    select e.id, e.kind::text as kind, e.downstream, e.upstream, e.composition_id as "compositionId", e.amount,
      e.amount_unit::text as "amountUnit", e.epochs, e.citation_id as "citationId", e.occurred_at as "occurredAt",
      e.visibility::text as visibility, e.team_id as "teamId", e.actor_id as "actorId",
      e.recorded_at as "recordedAt", e.retracted_at as "retractedAt"
    from edge e where e.id = any(${[...ids]}::bigint[]) and ${visible(ANONYMOUS, 'e')}`;
}

function timed<T>(times: Times, warm: boolean, work: () => Promise<T>): Promise<T> {
  return warm ? work() : times.of(work);
}

/** Everything downstream of the source that most was made from. */
async function hub(world: Synthetic, memory: LineageSource, statements: LineageSource): Promise<Line> {
  const [inMemory, sql] = [new Times(), new Times()];
  const root = BigInt(world.hub);
  let reached = 0;
  for (let i = 0; i < 3; i += 1) {
    const one = await inMemory.of(() => memory.impact(root));
    const ids = await sql.of(() => statements.closure([root], 'DOWNSTREAM', EDGE_KINDS, ALL));
    const ofMemory = [...one.byKind.values(), one.influenced].flatMap((list) => [...list]);
    reached = ofMemory.length;
    const ofSql = ids.filter((id) => id !== root).map(Number);
    if (digestOf(ofMemory) !== digestOf(ofSql)) throw new Error('The engines differ downstream of the hub.');
  }
  const ratio = sql.at(0.5) / inMemory.at(0.5);
  return {
    what: `blast radius of a hub: ${reached} nodes (ms)`,
    measured: ms(inMemory.at(0.5)),
    against: `SQL, the nodes alone ${ms(sql.at(0.5))}`,
    figure: ratio,
    unit: '× as fast',
    goal: atLeast(15),
  };
}

/** What model versions were exposed to, worked out from either engine. */
async function exposures(world: Synthetic, fromMemory: Loading, fromSql: Loading): Promise<Line> {
  const [inMemory, sql] = [new Times(), new Times()];
  const dice = new Dice(seed + 2);
  let furthest = 0;
  for (let i = 0; i < rounds + WARM; i += 1) {
    const model = BigInt(dice.pick(world.models));
    const [a, b] = [
      await timed(inMemory, i < WARM, () => exposureOf(fromMemory, model)),
      await timed(sql, i < WARM, () => exposureOf(fromSql, model)),
    ];
    if (a.size !== b.size) throw new Error(`The engines differ in the sources of ${model}.`);
    for (const [source, share] of a)
      furthest = Math.max(furthest, Math.abs(share - (b.get(source) ?? Number.POSITIVE_INFINITY)));
  }
  if (furthest > AGREED) throw new Error(`The engines differ in an exposure by ${furthest}.`);
  const worked = async (load: Loading): Promise<string> => {
    const again = new Dice(seed + 2);
    const { user, system } = process.cpuUsage();
    for (let i = 0; i < rounds; i += 1) await exposureOf(load, BigInt(again.pick(world.models)));
    const after = process.cpuUsage();
    return `${ms((after.user + after.system - user - system) / 1_000 / rounds)} ms of processor time here each, one after the other`;
  };
  const ratio = sql.at(0.5) / inMemory.at(0.5);
  return {
    what: 'exposure of a model version, by source (ms p50 / p90)',
    measured: `${inMemory.told} (${await worked(fromMemory)})`,
    against: `SQL ${sql.told} (${await worked(fromSql)}); furthest apart ${furthest.toExponential(1)}`,
    figure: ratio,
    unit: '× as fast',
    goal: atLeast(30),
  };
}

type Loading = (model: bigint) => Promise<LoadedGraph>;

/** Each source's share of each stage. */
async function exposureOf(load: Loading, model: bigint): Promise<Map<string, number>> {
  const { graph } = await load(model);
  return new Map(
    exposure(graph, model, 'SOURCE').stages.flatMap(({ shares }, stage) =>
      shares.map(({ group, share }): [string, number] => [`${stage} ${group}`, share]),
    ),
  );
}

/** From commit to the graph, for writes that nobody announces. */
async function freshness(resident: ResidentLineage, client: pg.Client): Promise<Line> {
  const times = new Times();
  for (let i = 0; i < 200; i += 1) {
    resident.moment();
    const was = resident.figures().nodes;
    await client.query(`insert into node (kind, name, version, visibility, team_id, actor_id)
      values ('SOURCE', 'fresh-${i}', '1', 'PUBLIC', 1, 1)`);
    const committed = performance.now();
    while (resident.figures().nodes === was) await new Promise((resolve) => setTimeout(resolve, 1));
    times.add(performance.now() - committed);
    await new Promise((resolve) => setTimeout(resolve, 7));
  }
  return {
    what: 'from commit to memory, unannounced (ms p50 / p99)',
    measured: `${ms(times.at(0.5))} / ${ms(times.at(0.99))}`,
    against: '200 writes',
    figure: times.at(0.99),
    unit: ' ms',
    goal: atMost(50),
  };
}
