import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Graph } from './graph.ts';
import { shortestPath } from './reach.ts';
import { shortestPaths } from './shortest-paths.ts';
import { SmallWorld } from './small-world.ts';

/** Dataset versions of each other, some of them twice: every edge from a later node to an earlier one. */
const SIZE = 7;
const PAIRS = Array.from({ length: SIZE * SIZE }, (_, i) => [Math.floor(i / SIZE), i % SIZE] as const).filter(
  ([from, to]) => from > to,
);
const worlds = fc.shuffledSubarray([...PAIRS, ...PAIRS], { minLength: 8 }).map((pairs) => {
  const world = new SmallWorld();
  const ids = Array.from({ length: SIZE }, () => world.dataset());
  for (const [from, to] of pairs) world.edge('DERIVED_FROM', ids[from]!, ids[to]!);
  return { graph: world.graph(), ids };
});

/** Every path upstream, naively, as edge indexes; by length, then by the order of record. */
function everyPath(graph: Graph, from: bigint, to: bigint): bigint[][] {
  const walks = (node: bigint): number[][] => {
    if (node === to) return [[]];
    const firstTo = new Map<bigint, number>();
    graph.edges.forEach((edge, i) => {
      if (edge.downstream === node && !firstTo.has(edge.upstream)) firstTo.set(edge.upstream, i);
    });
    return [...firstTo].flatMap(([next, edge]) => walks(next).map((rest) => [edge, ...rest]));
  };
  const inOrder = (a: number[], b: number[]): number => {
    const k = a.findIndex((edge, i) => edge !== b[i]);
    return a.length - b.length || (k === -1 ? 0 : a[k]! - b[k]!);
  };
  return walks(from)
    .sort(inOrder)
    .map((walk) => walk.map((edge) => graph.edges[edge]!.id));
}

describe('the shortest paths', () => {
  it('are the first of all paths by length, ties in the order of record', () => {
    let several = 0;
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 10 }), ({ graph, ids }, most) => {
        const [to, from] = [ids[0]!, ids.at(-1)!];
        const all = everyPath(graph, from, to);
        const up = shortestPaths(graph, from, to, most);
        expect(up.map((path) => path.edges)).toEqual(all.slice(0, most));
        expect(up.every((path) => path.direction === 'UPSTREAM')).toBe(true);
        if (up.length > 1) several++;
      }),
      { numRuns: 500 },
    );
    expect(several).toBeGreaterThan(200);
  });

  it('begin with the shortest path, both ways', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), fc.nat(), ({ graph, ids }, a, b) => {
        const [from, to] = [ids[a % ids.length]!, ids[b % ids.length]!];
        expect(shortestPaths(graph, from, to, 3)[0] ?? null).toEqual(shortestPath(graph, from, to));
      }),
      { numRuns: 500 },
    );
  });

  it('name each way through the same nodes once, with its share', () => {
    const world = new SmallWorld();
    const [source, other] = [world.source(), world.source()];
    const [mix, clean, run] = [world.dataset(), world.dataset(), world.run()];
    world.made(mix, [[source, 0.5]]);
    world.made(clean, [[mix, 0.5]]);
    world.made(clean, [[mix, 0.5]], { teamId: 2n });
    world.made(run, [
      [clean, 0.4],
      [mix, 0.2],
    ]);
    const found = shortestPaths(world.graph(), run, source, 10);
    expect(found.map((path) => path.nodes)).toEqual([
      [run, mix, source],
      [run, clean, mix, source],
    ]);
    expect(found.map((path) => path.share?.toFixed(3))).toEqual(['0.100', '0.100']);
    const down = shortestPaths(world.graph(), source, run, 1);
    expect(down).toMatchObject([{ direction: 'DOWNSTREAM', nodes: [source, mix, run] }]);
    expect(shortestPaths(world.graph(), source, other, 3)).toEqual([]);
  });

  it('are found on a ladder of 2^200 paths', () => {
    const world = new SmallWorld();
    let last = world.dataset();
    const from = last;
    for (let rung = 0; rung < 200; rung++) {
      const [left, right, next] = [world.dataset(), world.dataset(), world.dataset()];
      for (const side of [left, right]) {
        world.edge('DERIVED_FROM', last, side);
        world.edge('DERIVED_FROM', side, next);
      }
      last = next;
    }
    const found = shortestPaths(world.graph(), from, last, 10);
    expect(found).toHaveLength(10);
    expect(new Set(found.map((path) => path.edges.join())).size).toBe(10);
    expect(found.every((path) => path.edges.length === 400)).toBe(true);
  });
});
