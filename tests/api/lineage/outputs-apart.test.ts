// What is stated of one output of a transformation, and choices between makers: alike in the database and in memory.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import type { Graph, LineageRows } from '../../../api/src/lineage/graph.ts';
import { buildGraph } from '../../../api/src/lineage/graph.ts';
import { EDGE_KINDS } from '../../../api/src/lineage/kinds.ts';
import type { LineageSource, Standpoint } from '../../../api/src/lineage/lineage-source.ts';
import { upstreamBySql, upstreamInMemory } from '../../../api/src/lineage/load-graph.ts';
import { type Draw, randomLineage } from '../../../api/src/lineage/naive/random-lineage.ts';
import { impact } from '../../../api/src/lineage/reach.ts';
import type { Way } from '../../../api/src/lineage/search.store.ts';
import { sqlSource } from '../../../api/src/lineage/sql-source.ts';
import { toldBy } from '../../../api/src/lineage/told-by-graph.ts';
import { traverse } from '../../../api/src/lineage/traversal.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { Dice } from '../../access/world/dice.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

const MANY = 10_000;
const ascending = (ids: readonly bigint[]) => [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** A few transformations whose outputs are told apart, and some of whose statements and outputs were taken back. */
function lineages(count: number): { rows: LineageRows; gone: ReadonlySet<bigint> }[] {
  const found: { rows: LineageRows; gone: ReadonlySet<bigint> }[] = [];
  for (let seed = 1; found.length < count; seed += 1) {
    const dice = new Dice(seed);
    const draw: Draw = (n) => dice.below(n);
    const { rows } = randomLineage(draw);
    if (rows.compositions.filter((c) => c.outputId !== null).length < 2 || !mayBeRecorded(rows)) continue;
    const versions = rows.nodes.filter(({ kind }) => kind === 'DATASET_VERSION');
    found.push({ rows, gone: new Set(versions.filter(() => dice.chance(0.08)).map(({ id }) => id)) });
  }
  return found;
}

/** Whether the database takes the amounts: none that together are more than the whole. */
function mayBeRecorded({ compositions, edges }: LineageRows): boolean {
  return compositions.every(({ id, unit, basis, total }) => {
    const amounts = edges
      .filter((edge) => edge.compositionId === id && (edge.amountUnit ?? unit) === unit)
      .map((edge) => edge.amount ?? 0);
    const whole = unit === 'FRACTION' ? 1 : (total ?? Number.POSITIVE_INFINITY);
    if (unit === 'FRACTION' && amounts.some((amount) => amount > 1)) return false;
    return basis === 'READ' || amounts.reduce((sum, amount) => sum + amount, 0) <= 1.001 * whole;
  });
}

describe('outputs that are told apart', () => {
  let api: TestApi;
  let reader: Principal;
  let client: pg.Client;

  beforeAll(async () => {
    api = await testApi();
    reader = await api.person('ADMINISTRATOR');
    client = new pg.Client({ connectionString: api.databaseUrl });
    await client.connect();
    await client.query("select set_config('headwater.viewer', 'all', false)");
    for (let team = 2; team <= 9; team += 1)
      await client.query('insert into team (namespace, name) values ($1, $1)', [`team-${team}`]);
  });
  afterAll(async () => {
    await client.end();
    await api.close();
  });

  let made = 0;
  /** Records a lineage; gives the ids that its nodes have there. */
  async function record(rows: LineageRows, gone: ReadonlySet<bigint>): Promise<Map<bigint, bigint>> {
    const one = async (sql: string, values: unknown[]) =>
      BigInt((await client.query<{ id: string }>(sql, values)).rows[0]!.id);
    const by = `(select id from actor where kind = 'SYSTEM')`;
    const team = `(select id from team order by id limit 1 offset $1)`;
    const ids = new Map<bigint, bigint>();
    const statements = new Map<bigint, bigint>();
    const teamOf = new Map(rows.compositions.map((c) => [c.id, Number(c.teamId - 1n) % 9]));
    await client.query('begin');
    for (const { id, kind } of rows.nodes) {
      const sql = `insert into node (kind, name, version, visibility, team_id, actor_id) values ($2, $3, null, 'PUBLIC', ${team}, ${by}) returning id`;
      ids.set(id, await one(sql, [0, kind, `apart-${++made}`]));
    }
    for (const c of rows.compositions) {
      const sql = `insert into composition (node_id, output_id, unit, basis, total, complete, visibility, team_id, actor_id)
        values ($2, $3, $4, $5, $6, $7, 'PUBLIC', ${team}, ${by}) returning id`;
      const output = c.outputId === null ? null : ids.get(c.outputId);
      statements.set(
        c.id,
        await one(sql, [teamOf.get(c.id), ids.get(c.node), output, c.unit, c.basis, c.total, c.complete]),
      );
    }
    const bare = new Map<string, number>();
    for (const e of rows.edges) {
      const sql = `insert into edge (kind, downstream, upstream, composition_id, amount, amount_unit, visibility, team_id, actor_id)
        values ($2, $3, $4, $5, $6, $7, 'PUBLIC', ${team}, ${by}) returning id`;
      const stated = e.compositionId === null ? null : statements.get(e.compositionId);
      const unit = e.amount === null ? null : (e.amountUnit ?? unitOf(rows, e.compositionId));
      // One team asserts an edge once: the same again is another's.
      const name = `${e.kind} ${e.downstream} ${e.upstream}`;
      if (e.compositionId === null) bare.set(name, (bare.get(name) ?? -1) + 1);
      const asserting = e.compositionId === null ? bare.get(name) : teamOf.get(e.compositionId);
      await one(sql, [asserting, e.kind, ids.get(e.downstream), ids.get(e.upstream), stated, e.amount, unit]);
    }
    for (const id of gone)
      await client.query(`update node set retracted_by = ${by}, retraction_reason = 'wrong' where id = $1`, [
        ids.get(id),
      ]);
    await client.query('commit');
    return ids;
  }

  function unitOf(rows: LineageRows, composition: bigint | null) {
    return rows.compositions.find(({ id }) => id === composition)?.unit ?? 'TOKENS';
  }

  /** What holds in all, to walk through by the graph alone. */
  async function wholeOf(source: LineageSource, ids: readonly bigint[]): Promise<Graph> {
    const edges = await source.edgesFrom(ids, 'UPSTREAM', EDGE_KINDS);
    const compositions = await source.compositionsOf(ids);
    return buildGraph({
      nodes: (await source.facts(ids)).map(({ id, kind, recordedAt }) => ({
        ...{ id, kind, recordedAt: recordedAt.getTime() },
      })),
      edges: edges
        .filter((edge) => ids.includes(edge.downstream))
        .map((edge) => ({ ...edge, recordedAt: edge.recordedAt.getTime() })),
      compositions: compositions.map((c) => ({ ...c, node: c.nodeId, recordedAt: c.recordedAt.getTime() })),
    });
  }

  async function stepped(source: LineageSource, root: bigint, way: Way) {
    const found = new Set([root]);
    let points: readonly Standpoint[] = [{ id: root, by: null }];
    for (let depth = 0; depth < 30 && points.length > 0; depth += 1) {
      points = await source.step(points, way, EDGE_KINDS);
      for (const { id } of points) found.add(id);
    }
    return ascending([...found]);
  }

  it('are reached alike by statements, in memory and by walking through the whole graph', {
    timeout: 120_000,
  }, async () => {
    const recorded: { ids: bigint[] }[] = [];
    for (const { rows, gone } of lineages(8)) {
      const ids = await record(rows, gone);
      recorded.push({ ids: rows.nodes.filter(({ id }) => !gone.has(id)).map(({ id }) => ids.get(id)!) });
    }
    const resident = api.services.resident!;
    await resident.catchUp();
    const { db, viewer } = requestContext(api.services, reader);
    const on = resident.moment()!;
    const memory = (await resident.source(db, viewer, on))!;
    const statements = sqlSource({ db, viewer }, on);
    let apart = 0;
    for (const { ids } of recorded) {
      const graph = await wholeOf(statements, ids);
      for (const root of ids) {
        for (const way of ['UPSTREAM', 'DOWNSTREAM'] as const) {
          const walked = traverse(graph, root, {
            direction: way,
            via: ['DATA', 'OBSERVATION', 'INFLUENCE', 'EVALUATION', 'REVISION'],
          });
          const expected = ascending(walked.nodes.map((node) => graph.nodes[node]!.id));
          const bySql = ascending(await statements.closure([root], way, EDGE_KINDS, MANY));
          expect(bySql, `${way} of ${root}`).toEqual(expected);
          expect(ascending(await memory.closure([root], way, EDGE_KINDS, MANY))).toEqual(expected);
          expect(await stepped(memory, root, way)).toEqual(expected);
          if (root === ids.at(-1) || root === ids[0])
            expect(await stepped(statements, root, way)).toEqual(expected);
        }
        const expected = impact(graph, root);
        expect(await memory.impact(root)).toEqual(expected);
        expect(await statements.impact(root)).toEqual(expected);
        apart += graph.compositions.filter((c) => c.outputId !== null).length;
      }
      for (const roots of [ids.slice(-1), ids.slice(-3), ids.slice(2, 4)]) {
        const sight = (await resident.sight(db, viewer, on))!;
        const loaded = await upstreamBySql(statements, roots, on);
        expect(toldBy(upstreamInMemory(sight, roots, on))).toEqual(toldBy(loaded));
      }
    }
    expect(apart).toBeGreaterThan(20);
  });
});
