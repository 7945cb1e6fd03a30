import { describe, expect, it } from 'vitest';
import { AMOUNT_UNITS, EDGE_KINDS } from '../kinds.ts';
import type { EdgeRecord } from '../records.ts';
import { compositionRow, edgeRow, nodeRow, row, T0 } from './copied-rows.ts';
import { ResidentGraph } from './resident-graph.ts';
import { VISIBILITIES } from './standing.ts';

/** Every edge by id, as found from its downstream node and again from its upstream node. */
function edgesOf(graph: ResidentGraph): Map<bigint, object> {
  const found = new Map<bigint, object>();
  let below = 0;
  for (let n = 0; n < graph.nodes.length; n++) {
    graph.edges.eachUp(n, (e) => {
      expect(graph.edges.downstream.values[e]).toBe(n);
      const record = graph.edges.record(e, graph.nodes, graph.compositions);
      expect(found.has(record.id)).toBe(false);
      found.set(record.id, record);
    });
    graph.edges.eachDown(n, (e) => {
      expect(graph.edges.upstream.values[e]).toBe(n);
      below += 1;
    });
  }
  expect(below).toBe(found.size);
  return found;
}

describe('the edges of a resident graph', () => {
  const world = () => {
    const graph = new ResidentGraph();
    for (let id = 1; id <= 40; id++) graph.put('node', nodeRow(id));
    return graph;
  };
  const ends = (id: number) => [((id * 7) % 39) + 2, ((id * 5) % (((id * 7) % 39) + 1)) + 1] as const;

  it('are the same before and after a compaction, and while one is under way', async () => {
    const graph = world();
    for (let id = 1; id <= 300; id++)
      graph.put('edge', edgeRow(id, ...ends(id), id % 9 === 0 ? { retracted: T0 + 1_000 } : {}));
    const before = edgesOf(graph);
    expect(before.size).toBe(300);
    let looked = 0;
    await graph.compact(async () => {
      expect(edgesOf(graph)).toEqual(before);
      looked += 1;
    });
    expect(looked).toBeGreaterThan(0);
    expect(edgesOf(graph)).toEqual(before);
    expect(graph.edges.late).toBe(0);
  });

  it('take in what comes during a compaction: new edges, retractions, and who may see', async () => {
    const graph = world();
    const plain = world();
    const each = (id: number, more = {}) => {
      graph.put('edge', edgeRow(id, ...ends(id), more));
      plain.put('edge', edgeRow(id, ...ends(id), more));
    };
    for (let id = 1; id <= 200; id++) each(id);
    await graph.compact(async () => undefined);
    for (let id = 201; id <= 300; id++) each(id);
    let next = 301;
    await graph.compact(async () => {
      graph.put('node', nodeRow(next - 260));
      plain.put('node', nodeRow(next - 260));
      each(next);
      each(next - 100, { retracted: T0 + 5_000 });
      each(next - 250, { visibility: 'TEAM' });
      each(next, { retracted: T0 + 6_000 });
      next += 1;
    });
    expect(next).toBeGreaterThan(302);
    expect(edgesOf(graph)).toEqual(edgesOf(plain));
    await graph.compact(async () => undefined);
    expect(edgesOf(graph)).toEqual(edgesOf(plain));
  });

  it('take no more than 16 bytes of topology an edge, and 48 with weights, kinds and times', async () => {
    const graph = new ResidentGraph();
    const nodes = 33_500;
    for (let id = 1; id <= nodes; id++) graph.put('node', nodeRow(id));
    graph.beginLoading();
    const edges = 100_000;
    for (let id = 1; id <= edges; id++)
      graph.put('edge', edgeRow(id, (id % (nodes - 1)) + 2, (id % ((id % (nodes - 1)) + 1)) + 1));
    await graph.compact(async () => undefined);
    const within = () => {
      expect(graph.edges.topologyBytes / graph.edges.length).toBeLessThanOrEqual(16);
      expect((graph.edges.bytes - graph.edges.standings.bytes) / graph.edges.length).toBeLessThanOrEqual(48);
    };
    within();
    // Of what comes late, lists by node are kept beside the columns: those do not count as columns that grew.
    graph.put('edge', edgeRow(edges + 1, 3, 2));
    within();
  });

  it('may be loaded before what they join, which must be known in the end', async () => {
    const edges = Array.from({ length: 3_000 }, (_, i) => edgeRow(i + 1, ...ends(i + 1), { composition: 1 }));
    const loaded = async (expected: number, compositions: number) => {
      const graph = new ResidentGraph();
      graph.beginLoading({ edges: expected });
      for (const one of edges) graph.put('edge', one);
      for (let id = 1; id <= 40; id++) graph.put('node', nodeRow(id));
      for (let id = 1; id <= compositions; id++) graph.put('composition', compositionRow(id, 2));
      await graph.compact(async () => undefined);
      return edgesOf(graph);
    };
    const plain = world();
    plain.put('composition', compositionRow(1, 2));
    for (const one of edges) plain.put('edge', one);
    expect(await loaded(0, 1)).toEqual(edgesOf(plain));
    expect(await loaded(10_000, 1)).toEqual(edgesOf(plain));
    await expect(loaded(0, 0)).rejects.toThrow('joins what is not loaded');
  });

  it('have every kind and unit that there is, and none that is not known', () => {
    const graph = world();
    const all = EDGE_KINDS.flatMap((kind) => [...AMOUNT_UNITS, null].map((unit) => ({ kind, unit })));
    all.forEach(({ kind, unit }, i) => {
      const visibility = VISIBILITIES[i % VISIBILITIES.length]!;
      graph.put('edge', edgeRow(1_000 + i, 3, 2, { kind, unit, visibility }));
    });
    const told = [...edgesOf(graph).values()] as EdgeRecord[];
    expect(told.map(({ kind, amountUnit }) => ({ kind, unit: amountUnit }))).toEqual(all);
    expect(told.map(({ visibility }) => visibility)).toEqual(
      all.map((_, i) => VISIBILITIES[i % VISIBILITIES.length]),
    );
    const unknown = row(1n, null, 3n, 2n, null, null, null, null, null, 1n, 1n, null, { at: T0 }, null);
    expect(() => graph.put('edge', unknown)).toThrow('a label that this version does not know');
  });
});
