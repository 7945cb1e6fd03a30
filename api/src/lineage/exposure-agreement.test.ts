import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExposureGrouping, exposure } from './exposure.ts';
import { buildGraph } from './graph.ts';
import { differences } from './naive/differences.ts';
import { naiveExposure } from './naive/exposure.ts';
import { type Draw, randomLineage } from './naive/random-lineage.ts';
import { RULES, Tally } from './naive/rules.ts';

const GROUPINGS: readonly ExposureGrouping[] = ['SOURCE', 'DATASET_VERSION', 'CONTENT_TAG'];
const below = (n: number) => fc.noBias(fc.nat({ max: n - 1 }));
/** A number that is asked for are others each time; those of every day are always the same. */
const asked = Number(process.env.HEADWATER_RANDOM_LINEAGES ?? 0);
const runs = asked || 1200;

describe('exposure in random lineages', () => {
  it(
    'is what walking every path under every choice of statements finds, with every rule met',
    () => {
      const tally = new Tally();
      const lineages = fc.gen().map((gen) => {
        const draw: Draw = (n) => gen(below, n);
        return randomLineage(draw);
      });
      fc.assert(
        fc.property(lineages, ({ rows, model }) => {
          tally.nextLineage();
          const graph = buildGraph(rows);
          const found = GROUPINGS.flatMap((by) =>
            differences(exposure(graph, model, by), naiveExposure(rows, model, by, tally)).map(
              (difference) => `${by}: ${difference}`,
            ),
          );
          if (found.length > 0) throw new Error(found.join('\n'));
        }),
        { numRuns: runs, ...(asked ? {} : { seed: 1 }) },
      );
      const seldom = RULES.filter((rule) => (tally.lineages.get(rule) ?? 0) < runs / 100);
      expect(seldom).toEqual([]);
    },
    asked ? 3_600_000 : 60_000,
  );
});
