// Two engines, one meaning: what memory answers of the lineage is what the statements answer, for everybody.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { EDGE_KINDS, type EdgeKind } from '../../api/src/lineage/kinds.ts';
import type { LineageSource, Standpoint } from '../../api/src/lineage/lineage-source.ts';
import { upstreamBySql, upstreamInMemory } from '../../api/src/lineage/load-graph.ts';
import { ResidentLineage } from '../../api/src/lineage/resident/resident-lineage.ts';
import type { Way } from '../../api/src/lineage/search.store.ts';
import { sqlSource } from '../../api/src/lineage/sql-source.ts';
import { toldBy } from '../../api/src/lineage/told-by-graph.ts';
import { requestContext } from '../../api/src/request-context.ts';
import { type WorldDatabase, worldDatabase } from './world/database.ts';
import { Dice } from './world/dice.ts';
import { EARLIER, generateWorld, NOW } from './world/generate.ts';
import { PRINCIPAL_NAMES, PRINCIPALS, type PrincipalName } from './world/principals.ts';

const WORLDS = Number(process.env.HEADWATER_ENGINE_WORLDS ?? 6);
const MANY = 10_000;

let world: WorldDatabase;
beforeAll(async () => {
  world = await worldDatabase(inject('postgres'));
});
afterAll(() => world.close());

const byId = <T extends { id: bigint }>(rows: readonly T[]) =>
  [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
const ascending = (ids: readonly bigint[]) => [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** Everything that a source can be asked, of these nodes; lists that have no order of their own are sorted. */
async function told(source: LineageSource, ids: readonly bigint[], dice: Dice) {
  const kinds = dice.some(EDGE_KINDS, 1 + dice.below(EDGE_KINDS.length)) as EdgeKind[];
  const roots = dice.some(ids, 3);
  const part = dice.some(ids, 12);
  const answers: Record<string, unknown> = {};
  for (const way of ['UPSTREAM', 'DOWNSTREAM'] as const) {
    for (const [name, followed] of [
      ['all', EDGE_KINDS],
      ['some', kinds],
    ] as const) {
      if (way === 'UPSTREAM') {
        const noted = [...new Set([...followed, ...dice.some(EDGE_KINDS, 2)])];
        const { ids: reached, edges } = await source.upstream(roots, followed, noted, MANY);
        answers[`upstream ${name}`] = [ascending(reached), byId(edges)];
        answers[`upstream in two ${name}`] = await inTwo(source, roots, followed, noted);
        expect(answers[`upstream ${name}`]).toEqual(answers[`upstream in two ${name}`]);
      }
      answers[`closure ${way} ${name}`] = ascending(await source.closure(roots, way, followed, MANY));
      answers[`step ${way} ${name}`] = await steps(source, part, way, followed);
      answers[`edges ${way} ${name}`] = byId(await source.edgesFrom(part, way, followed));
    }
    const [root] = roots;
    answers[`impact of ${way}`] = await source.impact(roots[0]!);
    answers[`nearest ${way}`] = (await source.closure([root!], way, EDGE_KINDS, 5)).length;
  }
  answers.facts = byId(await source.facts(ids));
  answers.compositions = await source.compositionsOf(ids);
  answers.counts = await source.counts(ids);
  answers.measurements = new Map(
    [...(await source.measurements(ids))].map(([node, held]) => [node, byId(held)]),
  );
  return answers;
}

/** What is reached by one step, by two and by three: how a node was come to, the engines tell in words of their own. */
async function steps(
  source: LineageSource,
  from: readonly bigint[],
  way: Way,
  followed: readonly EdgeKind[],
) {
  const reached: bigint[][] = [];
  let points: readonly Standpoint[] = from.map((id) => ({ id, by: null }));
  for (let n = 0; n < 3; n += 1) {
    points = await source.step(points, way, followed);
    reached.push(ascending([...new Set(points.map((point) => point.id))]));
  }
  return reached;
}

/** What `upstream` tells, by what it stands for. */
async function inTwo(
  source: LineageSource,
  roots: readonly bigint[],
  followed: readonly EdgeKind[],
  kinds: readonly EdgeKind[],
) {
  const reached = await source.closure(roots, 'UPSTREAM', followed, MANY);
  const isReached = new Set(reached);
  const edges = await source.edgesFrom(reached, 'UPSTREAM', kinds);
  const told = edges.filter(({ kind, upstream }) => !followed.includes(kind) || isReached.has(upstream));
  return [ascending(reached), byId(told)];
}

/** What the computations load: what exposure takes, and what common causes do. */
const UPSTREAM = { own: undefined, every: { followed: EDGE_KINDS, kinds: EDGE_KINDS } };

describe('the lineage in memory answers as the database does', () => {
  const seeds = Array.from({ length: WORLDS }, (_, i) => i + 1);
  it.each(seeds)(
    'in world %i, for every principal, now and in the past',
    { timeout: 120_000 },
    async (seed) => {
      const rows = generateWorld(seed);
      await world.load(rows);
      const resident = new ResidentLineage({ url: world.databaseUrl, db: world.services.db, most: 2 ** 30 });
      await resident.ready();
      try {
        expect(resident.state).toBe('serving');
        const nodes = rows.filter((row) => row.table === 'node');
        const ids = nodes.map((row) => BigInt(row.id as never));
        expect(resident.figures().nodes).toBe(nodes.length);
        let answered = 0;
        let edges = 0;
        for (const who of PRINCIPAL_NAMES as readonly PrincipalName[]) {
          const { db, viewer } = requestContext(world.services, PRINCIPALS[who]);
          for (const on of [NOW, EARLIER]) {
            const memory = await resident.source(db, viewer, on);
            expect(memory).not.toBeNull();
            const fromMemory = await told(memory!, ids, new Dice(seed));
            const fromDatabase = await told(sqlSource({ db, viewer }, on), ids, new Dice(seed));
            for (const [question, answer] of Object.entries(fromDatabase))
              expect(fromMemory[question], `${who}, ${on.toISOString()}, ${question}`).toEqual(answer);
            answered += (fromDatabase.facts as unknown[]).length;
            const sight = (await resident.sight(db, viewer, on))!;
            const dice = new Dice(seed);
            for (const [name, what] of Object.entries(UPSTREAM))
              for (const roots of [dice.some(ids, 1), dice.some(ids, 3), dice.some(ids, 12)]) {
                const loaded = await upstreamBySql(sqlSource({ db, viewer }, on), roots, on, what);
                const direct = upstreamInMemory(sight, roots, on, what);
                const asked = `${who}, ${on.toISOString()}, ${name} upstream of ${roots.join(', ')}`;
                expect(toldBy(direct), asked).toEqual(toldBy(loaded));
                edges += direct.graph.edges.length;
              }
          }
        }
        expect(answered).toBeGreaterThan(100);
        expect(edges).toBeGreaterThan(100);
      } finally {
        await resident.close();
      }
    },
  );
});
