import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph } from './graph.ts';
import { massFlow } from './mass-flow.ts';
import { mixturesOf } from './mixture.ts';
import { type Draw, randomLineage } from './naive/random-lineage.ts';
import { lineage } from './reach.ts';
import { sharesOf } from './shares.ts';

const below = (n: number) => fc.noBias(fc.nat({ max: n - 1 }));
const lineages = fc.gen().map((gen) => {
  const draw: Draw = (n) => gen(below, n);
  return randomLineage(draw).rows;
});

describe('the shares of edges in random lineages', () => {
  it('are never more than all, nor their least more than their most', () => {
    fc.assert(
      fc.property(lineages, (rows) => {
        const graph = buildGraph(rows);
        for (const { id } of rows.nodes) {
          for (const kinds of [null, ['SOURCE'], ['SOURCE', 'DATASET_VERSION']] as const) {
            for (const { share, shareUpper } of lineage(graph, id, { direction: 'UPSTREAM', kinds }).links) {
              if (share === null) continue;
              expect(share).toBeGreaterThanOrEqual(0);
              expect(share).toBeLessThanOrEqual(shareUpper! + 1e-12);
              expect(shareUpper).toBeLessThanOrEqual(1 + 1e-12);
            }
          }
        }
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('are those of exposure where they are known, whatever is told apart or chosen on the way', () => {
    let [compared, chosen, apart] = [0, 0, 0];
    fc.assert(
      fc.property(lineages, (rows) => {
        const nodes = rows.nodes.map((node) =>
          node.kind === 'TRANSFORMATION' ? { ...node, effect: 'PRESERVES' as const } : node,
        );
        const graph = buildGraph({ ...rows, nodes });
        const contested = nodes.some((_, node) => mixturesOf(graph, node).length > 1);
        for (const { id, kind } of nodes) {
          if (kind !== 'TRAINING_RUN' && kind !== 'DATASET_VERSION') continue;
          const { groups } = sharesOf(massFlow(graph, [graph.indexOf.get(id)!]), [1]);
          const { links } = lineage(graph, id, { direction: 'UPSTREAM', via: ['DATA'], kinds: ['SOURCE'] });
          const own = links.filter((link) => link.downstream === id);
          const direct = new Set(own.filter((link) => !link.contracted).map((link) => link.upstream));
          for (const { upstream, share, shareUpper, contracted } of own) {
            // What is reached by both kinds of edges is told in two parts.
            if (!contracted || share === null || direct.has(upstream)) continue;
            const range = groups.get(graph.indexOf.get(upstream)!) ?? { share: 0, shareUpper: 0 };
            expect(share).toBeCloseTo(range.share, 9);
            expect(shareUpper).toBeCloseTo(range.shareUpper, 9);
            compared++;
            if (contested) chosen++;
            if (rows.compositions.some((c) => c.outputId !== null)) apart++;
          }
        }
      }),
      { numRuns: 400, seed: 1 },
    );
    expect(Math.min(compared, chosen, apart)).toBeGreaterThan(30);
  });
});
