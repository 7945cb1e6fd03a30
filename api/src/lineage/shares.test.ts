import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, type Graph, type LineageRows } from './graph.ts';
import { type MassFlow, massFlow } from './mass-flow.ts';
import { sharesOf } from './shares.ts';
import { SmallWorld } from './small-world.ts';

const EFFECTS = ['PRESERVES', 'PRESERVES', 'SELECTS', 'UNKNOWN'] as const;
const BASES = ['CONTRIBUTED', 'CONTRIBUTED', 'READ'] as const;

const statement = fc.record({
  team: fc.bigInt({ min: 1n, max: 2n }),
  complete: fc.boolean(),
  hidden: fc.boolean(),
  basis: fc.constantFrom(...BASES),
  fraction: fc.boolean(),
  inputs: fc.uniqueArray(
    fc.record({ of: fc.nat(), amount: fc.option(fc.integer({ min: 0, max: 10 }), { freq: 6 }) }),
    {
      minLength: 1,
      maxLength: 4,
      selector: (input) => input.of % 60,
    },
  ),
});
const made = fc.record({
  kind: fc.constantFrom(
    'SOURCE',
    'END',
    'WRITTEN',
    'DERIVED',
    'DERIVED',
    'GENERATED',
    'GENERATED',
    'GENERATED',
  ),
  effect: fc.constantFrom(...EFFECTS),
  statements: fc.oneof(
    { weight: 4, arbitrary: fc.array(statement, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(statement, { minLength: 2, maxLength: 2 }) },
  ),
});
const plan = fc.record({
  things: fc.array(made, { minLength: 2, maxLength: 9 }),
  run: fc.array(statement, { minLength: 1, maxLength: 2 }),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;
type Statement = Plan['run'][number];

/** A lineage in which everything is made of what was made before it. */
function worldOf({ things, run }: Plan, hide: 'AS_PLANNED' | 'NEVER_RECORDED' | 'HIDDEN' = 'AS_PLANNED') {
  const world = new SmallWorld();
  const writer = world.node('MODEL_VERSION');
  const known = [world.source()];
  const state = (at: bigint, said: Statement) => {
    const choices = new Map(said.inputs.map((input) => [known[input.of % known.length]!, input.amount]));
    const sum = said.inputs.reduce((total, input) => total + (input.amount ?? 0), 0) || 1;
    let inputs = [...choices].map(([of, amount]): [bigint, number | null] => [
      of,
      amount === null ? null : said.fraction ? amount / sum : amount,
    ]);
    const gone = said.hidden && hide !== 'AS_PLANNED';
    if (gone) inputs = inputs.slice(1);
    world.made(at, inputs, {
      teamId: said.team,
      // Without any input, complete would say something else: that a run used no data.
      complete: said.complete && inputs.length > 0,
      basis: said.basis,
      unit: said.fraction ? 'FRACTION' : 'TOKENS',
      total: !said.fraction && sum % 2 === 0 ? sum + 1 : null,
      inputsHidden: gone && hide === 'HIDDEN',
    });
  };
  for (const thing of things) {
    if (thing.kind === 'SOURCE') {
      known.push(world.source());
      continue;
    }
    const dataset = world.dataset();
    if (thing.kind === 'WRITTEN') world.edge('SYNTHESIZED_BY', dataset, writer);
    let at = dataset;
    if (thing.kind === 'GENERATED') {
      at = world.node('TRANSFORMATION', { effect: thing.effect });
      world.edge('GENERATED_BY', dataset, at);
    }
    if (thing.kind === 'DERIVED' || thing.kind === 'GENERATED') {
      for (const said of thing.statements) state(at, said);
    }
    known.push(dataset);
  }
  const root = world.run();
  for (const said of run) state(root, said);
  return { world, root };
}

interface Choice {
  readonly sums: Map<string, number>;
}

/** One choice of statements, by walking every path on its own. */
function byPaths(flow: MassFlow, choose: (i: number) => number): Choice {
  const walk = (i: number): Map<string, number> => {
    const sums = new Map<string, number>();
    const add = (key: string, mass: number) => sums.set(key, (sums.get(key) ?? 0) + mass);
    const end = flow.ends[i];
    if (end) add('group' in end ? `group ${end.group}` : `lost ${end.lostAt} ${end.reason}`, 1);
    const mixture = flow.mixtures[i]![choose(i)];
    if (!mixture) return sums;
    if (mixture.reason) add(`lost ${mixture.at} ${mixture.reason}`, mixture.unaccounted);
    mixture.from.forEach((input, k) => {
      const weight = mixture.weights[k]!;
      if (Number.isNaN(weight)) return;
      for (const [key, mass] of walk(input)) {
        const changed = mixture.lossy && key.startsWith('group');
        add(changed ? `lost ${mixture.at} PROPORTIONS_CHANGED` : key, weight * mass);
      }
    });
    return sums;
  };
  return { sums: walk(flow.roots[0]!) };
}

function allChoices(flow: MassFlow, most: number): Choice[] | null {
  const contested = flow.mixtures.flatMap((choices, i) => (choices.length > 1 ? [i] : []));
  const total = contested.reduce((product, i) => product * flow.mixtures[i]!.length, 1);
  if (total > most) return null;
  return Array.from({ length: total }, (_, number) => {
    const chosen = new Map<number, number>();
    let rest = number;
    for (const i of contested) {
      chosen.set(i, rest % flow.mixtures[i]!.length);
      rest = Math.floor(rest / flow.mixtures[i]!.length);
    }
    return byPaths(flow, (i) => chosen.get(i) ?? 0);
  });
}

function flat(found: ReturnType<typeof sharesOf>): Map<string, readonly [number, number]> {
  return new Map([
    ...[...found.groups].map(([g, r]) => [`group ${g}`, [r.share, r.shareUpper]] as const),
    ...found.losses.map((l) => [`lost ${l.at} ${l.reason}`, [l.share, l.shareUpper]] as const),
  ]);
}

describe('shares of a mass', () => {
  it('are, with what is unaccounted, 1 in every choice, and range exactly over the choices', () => {
    let contested = 0;
    let lossy = 0;
    fc.assert(
      fc.property(plan, (planned) => {
        const { world, root } = worldOf(planned);
        const graph = world.graph();
        const flow = massFlow(graph, [graph.indexOf.get(root)!]);
        const choices = allChoices(flow, 64);
        if (!choices) return;
        if (choices.length > 1) contested++;
        if (flow.mixtures.some((m) => m.some((mixture) => mixture.lossy))) lossy++;
        const ranges = flat(sharesOf(flow, [1]));
        const unaccounted = sharesOf(flow, [1]).unaccounted;
        const lost: number[] = [];
        const keys = new Set([...ranges.keys(), ...choices.flatMap(({ sums }) => [...sums.keys()])]);
        for (const { sums } of choices) {
          expect([...sums.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
          lost.push([...sums].reduce((a, [key, mass]) => (key.startsWith('lost') ? a + mass : a), 0));
        }
        for (const key of keys) {
          const masses = choices.map(({ sums }) => sums.get(key) ?? 0);
          const [lower, upper] = ranges.get(key) ?? [0, 0];
          expect(lower).toBeCloseTo(Math.min(...masses), 9);
          expect(upper).toBeCloseTo(Math.max(...masses), 9);
        }
        expect(unaccounted.share).toBeCloseTo(Math.min(...lost), 9);
        expect(unaccounted.shareUpper).toBeCloseTo(Math.max(...lost), 9);
      }),
      { numRuns: 1500 },
    );
    expect(contested).toBeGreaterThan(100);
    expect(lossy).toBeGreaterThan(20);
  });

  it('never grow for a visible source by an input that is hidden, against one never recorded', () => {
    let hidden = 0;
    fc.assert(
      fc.property(plan, (planned) => {
        const upper = (hide: 'HIDDEN' | 'NEVER_RECORDED') => {
          const { world, root } = worldOf(planned, hide);
          const graph = world.graph();
          hidden += world.compositions.filter((c) => c.inputsHidden).length;
          const flow = massFlow(graph, [graph.indexOf.get(root)!]);
          return sharesOf(flow, [1]).groups;
        };
        const without = upper('NEVER_RECORDED');
        for (const [group, range] of upper('HIDDEN')) {
          expect(range.shareUpper).toBeLessThanOrEqual((without.get(group)?.shareUpper ?? 0) + 1e-9);
          expect(range.share).toBeLessThanOrEqual((without.get(group)?.share ?? 0) + 1e-9);
        }
      }),
      { numRuns: 500 },
    );
    expect(hidden).toBeGreaterThan(100);
  });

  it('as known on a moment do not change by rows recorded later', () => {
    fc.assert(
      fc.property(plan, fc.nat(), ({ things, run }, cut) => {
        const { world, root } = worldOf({ things, run });
        const later = { ...worldOf({ things: [...things].reverse(), run }).world.rows() };
        const on = world.nodes.find((node) => node.id === root)!.recordedAt + (cut % 4);
        const until = (rows: LineageRows): LineageRows => ({
          nodes: rows.nodes.filter((row) => row.recordedAt <= on),
          edges: rows.edges.filter((row) => row.recordedAt <= on),
          compositions: rows.compositions.filter((row) => row.recordedAt <= on),
        });
        const grown = world.rows();
        const shift = 1_000_000n;
        const added: LineageRows = {
          nodes: later.nodes.map((n) => ({ ...n, id: n.id + shift, recordedAt: on + n.recordedAt })),
          edges: later.edges.map((e) => ({
            ...e,
            id: e.id + shift,
            downstream: e.downstream + shift,
            upstream: e.upstream + shift,
            compositionId: e.compositionId === null ? null : e.compositionId + shift,
            recordedAt: on + e.recordedAt,
          })),
          compositions: later.compositions.map((c) => ({
            ...c,
            id: c.id + shift,
            node: c.node + shift,
            recordedAt: on + c.recordedAt,
          })),
        };
        const answer = (graph: Graph) => flat(sharesOf(massFlow(graph, [graph.indexOf.get(root)!]), [1]));
        const both = {
          nodes: [...grown.nodes, ...added.nodes],
          edges: [...grown.edges, ...added.edges],
          compositions: [...grown.compositions, ...added.compositions],
        };
        expect(answer(buildGraph(until(both)))).toEqual(answer(buildGraph(until(grown))));
      }),
      { numRuns: 200 },
    );
  });

  it.each([[1], [2]])(
    'take work linear in the edges on a ladder of 2^40 paths, with %i statements',
    (teams) => {
      const ladder = (rungs: number) => {
        const world = new SmallWorld();
        const ends: [bigint, bigint] = [world.source(), world.source()];
        let [left, right] = ends;
        for (let rung = 0; rung < rungs; rung++) {
          const next = [world.dataset(), world.dataset()] as const;
          for (const side of next) {
            for (let team = 1; team <= teams; team++) {
              world.made(
                side,
                [
                  [left, 0.5],
                  [right, 0.5],
                ],
                { teamId: BigInt(team) },
              );
            }
          }
          [left, right] = next;
        }
        const graph = world.graph();
        const found = sharesOf(massFlow(graph, [graph.indexOf.get(left)!]), [1]);
        for (const end of ends) expect(found.groups.get(graph.indexOf.get(end)!)!.share).toBeCloseTo(0.5, 9);
        expect(found.unaccounted.shareUpper).toBeCloseTo(0, 9);
        expect(found.steps).toBeLessThanOrEqual(2 * graph.edges.length);
        return found.steps;
      };
      expect(ladder(40) / ladder(20)).toBeCloseTo(2, 0);
    },
  );

  it('refuse what goes round in a circle', () => {
    const world = new SmallWorld();
    const [a, b] = [world.dataset(), world.dataset()];
    world.made(a, [[b, 1]]);
    world.made(b, [[a, 1]]);
    expect(() => massFlow(world.graph(), [0])).toThrow(RangeError);
  });
});
