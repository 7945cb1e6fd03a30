import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClosedCycle, closedCycles, cyclesAmong } from './closed-cycles.ts';
import type { EdgeRecord } from './records.ts';

type Pair = readonly [downstream: number, upstream: number];

const ends = ([downstream, upstream]: Pair) => ({
  downstream: BigInt(downstream),
  upstream: BigInt(upstream),
});
const recorded = (pairs: readonly Pair[]) => pairs.map((pair, i) => ({ id: BigInt(i), ...ends(pair) }));
const cyclesOf = (standing: readonly Pair[], added: readonly Pair[], most = 20) =>
  cyclesAmong(recorded(standing), added.map(ends), most);
const told = ({ closedBy, nodes }: ClosedCycle) => `${closedBy.join()}: ${nodes.join(' ')}`;

describe('which cycles new edges close', () => {
  it('tells the shortest, from the downstream end of the edge that closes it', () => {
    const standing: Pair[] = [
      [2, 3],
      [3, 4],
      [4, 1],
      [2, 5],
      [5, 1],
    ];
    expect(cyclesOf(standing, [[1, 2]]).map(told)).toEqual(['0: 1 2 5']);
    expect(cyclesOf(standing, [[2, 1]])).toEqual([]);
  });

  it('goes by the edge that was recorded first where ways are equally long', () => {
    const one: Pair[] = [
      [2, 4],
      [4, 1],
    ];
    const other: Pair[] = [
      [2, 3],
      [3, 1],
    ];
    expect(cyclesOf([...one, ...other], [[1, 2]]).map(told)).toEqual(['0: 1 2 4']);
    expect(cyclesOf([...other, ...one], [[1, 2]]).map(told)).toEqual(['0: 1 2 3']);
  });

  it('finds those that new edges close with one another, and leaves those out in the search for the next', () => {
    const added: Pair[] = [
      [7, 8],
      [1, 2],
      [2, 1],
      [1, 2],
      [3, 1],
    ];
    expect(cyclesOf([], added).map(told)).toEqual(['1,2,3: 1 2']);
    const two: Pair[] = [
      [9, 1],
      [5, 6],
      [6, 5],
    ];
    expect(cyclesOf([[1, 9]], two).map(told)).toEqual(['0: 9 1', '1,2: 5 6']);
    expect(cyclesOf([[1, 9]], two, 1)).toHaveLength(1);
  });

  it('finds one in a chain of many thousands', () => {
    const length = 50_000;
    const chain = Array.from({ length: length - 1 }, (_, i): Pair => [i, i + 1]);
    const [cycle] = cyclesOf(chain, [[length - 1, 0]]);
    expect(cycle!.nodes).toHaveLength(length);
  });

  it('agrees with a search edge by edge', () => {
    const node = fc.nat(7);
    const pairs = fc.array(fc.tuple(node, node), { maxLength: 14 });
    fc.assert(
      fc.property(pairs, pairs, (below, wanted) => {
        const standing = below.filter(([a, b]) => a < b);
        const added = wanted.filter(([a, b]) => a !== b);
        const found = cyclesOf(standing, added, 100);
        const left = new Set(added);
        for (const { closedBy, nodes } of found) {
          const of = [...standing, ...left];
          const leads = (a: bigint, b: bigint) => of.some(([x, y]) => BigInt(x) === a && BigInt(y) === b);
          expect(nodes.every((id, i) => leads(id, nodes[(i + 1) % nodes.length]!))).toBe(true);
          expect(new Set(nodes).size).toBe(nodes.length);
          const by = added[closedBy[0]!]!;
          expect(nodes[0]).toBe(BigInt(by[0]));
          expect(nodes[1]).toBe(BigInt(by[1]));
          // None before it closes any, and none is shorter by it.
          const closing = [...left].filter(([a, b]) => stepsBetween(of, b, a) !== null);
          expect(closing[0]).toBe(by);
          expect(nodes.length).toBe(stepsBetween(of, by[1], by[0])! + 1);
          for (const i of closedBy) left.delete(added[i]!);
        }
        const of = [...standing, ...left];
        expect([...left].filter(([a, b]) => stepsBetween(of, b, a) !== null)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** By how many edges one leads to the other, by trying them all again and again. */
function stepsBetween(edges: readonly Pair[], from: number, to: number): number | null {
  let reached = new Set([from]);
  for (let steps = 0; ; steps++) {
    if (reached.has(to)) return steps;
    const further = new Set([...reached, ...edges.filter(([a]) => reached.has(a)).map(([, b]) => b)]);
    if (further.size === reached.size) return null;
    reached = further;
  }
}

describe('where cycles are looked for', () => {
  const edge = (downstream: bigint, upstream: bigint) =>
    ({ id: upstream, downstream, upstream }) as EdgeRecord;
  const many = Array.from({ length: 50_001 }, (_, i) => BigInt(i));

  it('is among what depends on the edges, or among what they depend on where that is less', async () => {
    const asked: string[] = [];
    const source = {
      closure: async (roots: readonly bigint[], way: string) => {
        asked.push(`${way} ${roots}`);
        return way === 'DOWNSTREAM' ? many : [2n, 1n];
      },
      edgesFrom: async (from: readonly bigint[], way: string) => {
        asked.push(`${way} ${from}`);
        return [edge(2n, 1n)];
      },
    };
    expect((await closedCycles(source, [ends([1, 2])], 1)).map(told)).toEqual(['0: 1 2']);
    expect(asked).toEqual(['DOWNSTREAM 1', 'UPSTREAM 2', 'UPSTREAM 2,1']);
  });

  it('is nowhere where there is too much both ways', async () => {
    const source = {
      closure: async () => many,
      edgesFrom: async () => {
        throw new Error('Too much is read.');
      },
    };
    expect(await closedCycles(source, [ends([1, 2])], 1)).toEqual([]);
  });
});
