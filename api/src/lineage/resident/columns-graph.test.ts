import { describe, expect, it } from 'vitest';
import { EDGE_KINDS } from '../kinds.ts';
import { loadRows, upstreamInMemory } from '../load-graph.ts';
import { toldBy } from '../told-by-graph.ts';
import { compositionRow, edgeRow, nodeRow, T0 } from './copied-rows.ts';
import { ResidentGraph } from './resident-graph.ts';
import { residentSource } from './resident-source.ts';
import { Sight } from './sight.ts';

const NODES = 60;
const EVERYTHING = { followed: EDGE_KINDS, kinds: EDGE_KINDS };
/** A node is made of others of smaller ids, so that nothing goes round in a circle. */
const ends = (n: number) => {
  const down = ((n * 11) % (NODES - 1)) + 2;
  return [down, ((n * 17) % (down - 1)) + 1] as const;
};

function world(): ResidentGraph {
  const graph = new ResidentGraph();
  for (let n = 1; n <= NODES; n++)
    graph.put('node', nodeRow(n, { ...(n % 13 === 0 && { retracted: T0 + 500 }), audience: n % 5 }));
  for (let n = 1; n <= NODES; n++) graph.put('composition', compositionRow(n, n, { audience: n % 3 }));
  for (let n = 1; n <= 400; n++) {
    const [down, up] = ends(n);
    const stated = n % 2 === 0 ? { composition: down } : {};
    graph.put('edge', edgeRow(n, down, up, { ...stated, ...(n % 7 === 0 && { retracted: T0 + 600 }) }));
  }
  return graph;
}

/** Of two viewers out of three, some standings are hidden. */
const sightOf = (graph: ResidentGraph, viewer: number, on: number) =>
  new Sight(
    graph,
    Uint8Array.from({ length: graph.standings.all.length }, (_, i) =>
      Number(viewer === 0 || i % (viewer + 2) !== 0),
    ),
    on,
  );

const roots = [3n, 17n, 26n, 39n, 58n, 60n];

describe('a graph that is made from the columns', () => {
  it('is that which is made from records, row by row', async () => {
    const graph = world();
    let edges = 0;
    for (const compacted of [false, true]) {
      if (compacted) await graph.compact(async () => undefined);
      for (const viewer of [0, 1, 2])
        for (const at of [T0 + 200, T0 + 550, T0 + 1_000])
          for (const some of [...roots.map((root) => [root]), roots]) {
            const sight = sightOf(graph, viewer, at);
            const source = residentSource(sight);
            const { ids, edges: records } = await source.upstream(some, EDGE_KINDS, EDGE_KINDS, 1_000);
            const up = { ids, kinds: EDGE_KINDS, edges: records };
            const loaded = await loadRows(source, new Date(at), some, up, { ids: [], kinds: [] });
            const direct = upstreamInMemory(sight, some, new Date(at), EVERYTHING);
            expect(toldBy(direct)).toEqual(toldBy(loaded));
            edges += direct.graph.edges.length;
          }
    }
    expect(edges).toBeGreaterThan(1_000);
  });

  it('finds its rows again after a compaction has moved them, and has no others', async () => {
    const graph = world();
    const direct = upstreamInMemory(sightOf(graph, 0, T0 + 1_000), roots, new Date(T0 + 1_000), EVERYTHING);
    const other = upstreamInMemory(sightOf(graph, 0, T0 + 1_000), roots, new Date(T0 + 1_000), EVERYTHING);
    const before = other.graph.edges.map(({ id }) => other.edges.get(id)!);
    expect(before.length).toBeGreaterThan(100);
    for (let n = 401; n <= 500; n++) graph.put('edge', edgeRow(n, ...ends(n)));
    await graph.compact(async () => undefined);
    expect(before.map(({ id }) => direct.edges.get(id))).toEqual(before);
    expect(direct.edges.get(450n)).toBeUndefined();
    expect(direct.nodes.get(9_999n)).toBeUndefined();
    expect(direct.compositions.get(9_999n)).toBeUndefined();
  });
});
