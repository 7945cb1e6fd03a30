import { describe, expect, it } from 'vitest';
import { PER_LETTER } from '../plot/labels.ts';
import { NARROW, WIDE } from '../plot/sizes.ts';
import { layOutExposure } from './exposure-layout.ts';
import { exposureRows } from './exposure-rows.ts';
import { colorsOf, type Stage } from './stage-bars.ts';

function stage(shares: readonly [string, number][], unaccounted: number, run: string | null = null): Stage {
  return {
    stage: run ? 'PRETRAINING' : null,
    recorded: run !== null,
    tokens: '1000',
    averaged: false,
    scaled: false,
    unaccounted,
    unaccountedUpper: unaccounted,
    compositions: 1,
    trainingRun: run
      ? { id: run, ref: `training-run:${run}`, label: run, objective: null, citation: null }
      : null,
    modelVersion: run ? null : { label: 'a@1', ref: 'model:a@1' },
    losses: [],
    shares: shares.map(([name, share]) => ({
      share,
      shareUpper: share,
      tokens: null,
      source: { ref: `source:${name}`, label: name },
      datasetVersion: null,
      contentTag: null,
      generatedBy: null,
    })),
  };
}

const many = Array.from({ length: 22 }, (_, i): [string, number] => [
  `a-source-with-a-rather-long-name-${i}`,
  (22 - i) / 253,
]);
const STAGES = [stage(many, 0, 'run'), stage([], 1)];

describe('the picture of an exposure', () => {
  it.each([WIDE, NARROW])('fills a bar with each stage, whatever the size: $name', (size) => {
    const { stages } = layOutExposure(STAGES, colorsOf(STAGES), size);
    expect(stages).toHaveLength(2);
    for (const { pieces } of stages) {
      expect(pieces[0]!.box.x).toBe(0);
      const last = pieces.at(-1)!.box;
      expect(last.x + last.width).toBeCloseTo(size.width, 6);
      pieces.slice(1).forEach(({ box }, i) => {
        const before = pieces[i]!.box;
        expect(box.x).toBeCloseTo(before.x + before.width + 1, 6);
      });
    }
  });

  it.each([WIDE, NARROW])(
    'names every piece below its bar, beside one another as far as there is room: $name',
    (size) => {
      const layout = layOutExposure(STAGES, colorsOf(STAGES), size);
      const [first, second] = layout.stages;
      for (const { name, box } of first!.pieces) {
        expect(name.y).toBeGreaterThan(box.y + box.height);
        expect(name.x + 15 + name.text.length * PER_LETTER).toBeLessThanOrEqual(size.width);
      }
      const places = first!.pieces.map(({ name }) => `${name.x} ${name.y}`);
      expect(new Set(places).size).toBe(places.length);
      expect(second!.headingY).toBeGreaterThan(Math.max(...first!.pieces.map(({ name }) => name.y)));
      expect(layout.height).toBeGreaterThan(Math.max(...second!.pieces.map(({ name }) => name.y)));
    },
  );

  it('says of each piece of which stage it is, and leads to it where it has a page', () => {
    const [first, second] = layOutExposure(STAGES, colorsOf(STAGES), WIDE).stages;
    expect(first!.pieces[0]).toMatchObject({
      says: 'Pretraining: a-source-with-a-rather-long-name-0 8.7%',
      ref: 'source:a-source-with-a-rather-long-name-0',
    });
    expect(first!.pieces.at(-1)).toMatchObject({ ref: null, says: expect.stringContaining('14 smaller') });
    expect(second!.pieces).toMatchObject([{ says: 'Training not recorded: unaccounted 100%', ref: null }]);
  });

  it('says of a stage without data, as a merge is, that none went into it', () => {
    const merge = layOutExposure([stage([], 0, 'merge')], new Map(), WIDE);
    expect(merge.stages[0]).toMatchObject({
      pieces: [],
      instead: { text: 'No data of its own went into it.' },
    });
    expect(merge.height).toBeGreaterThan(merge.stages[0]!.instead!.y);
    expect(layOutExposure(STAGES, new Map(), WIDE).stages.map(({ instead }) => instead)).toEqual([
      null,
      null,
    ]);
  });

  it('is a file that has every group, folded in the picture or not, and what is unaccounted', () => {
    const [titles, ...rows] = exposureRows(STAGES);
    expect(rows).toHaveLength(22 + 1 + 1);
    for (const row of rows) expect(row).toHaveLength(titles!.length);
    expect(rows[0]).toEqual([
      'Pretraining',
      'training-run:run',
      'a-source-with-a-rather-long-name-0',
      'source:a-source-with-a-rather-long-name-0',
      22 / 253,
      22 / 253,
      null,
      '1000',
    ]);
    expect(rows.at(-1)).toEqual(['Training not recorded', null, 'unaccounted', null, 1, 1, null, '1000']);
  });
});
