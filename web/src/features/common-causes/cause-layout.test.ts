import { describe, expect, it } from 'vitest';
import { NARROW, WIDE } from '../plot/sizes.ts';
import { drawnLift, layOutCauses } from './cause-layout.ts';
import { causeRows } from './cause-rows.ts';
import type { Cause } from './cause-words.ts';

const cause = (name: string, lift: number | null, more: Partial<Cause> = {}): Cause =>
  ({
    state: 'NOT_DISTINGUISHED',
    lift,
    pValue: 0.3,
    correctedPValue: 0.6,
    source: { ref: `source:${name}`, label: name },
    contentTag: null,
    generatedBy: null,
    modelVersions: { exposed: 3, of: 4, unknown: 1 },
    others: { exposed: 1, of: 5, unknown: 0 },
    ...more,
  }) as Cause;

describe('the picture of common causes', () => {
  it('goes by equal steps for each doubling, with "as often" in the middle', () => {
    const { rows, alike, left, right } = layOutCauses(
      [cause('half', 0.5), cause('alike', 1), cause('twice', 2), cause('four', 4)],
      WIDE,
    );
    const [half, one, two, four] = rows.map(({ x }) => x);
    expect(one).toBeCloseTo(alike, 9);
    expect(alike).toBeCloseTo((left + right) / 2, 9);
    expect(two! - one!).toBeCloseTo(one! - half!, 9);
    expect(four! - two!).toBeCloseTo(two! - one!, 9);
  });

  it('says of what lies farther out that it does, and leaves out what is compared with nothing', () => {
    expect(drawnLift(cause('a', 100))).toEqual({ lift: 8, beyond: true });
    expect(drawnLift(cause('a', 0))).toEqual({ lift: 1 / 8, beyond: true });
    expect(drawnLift(cause('a', null))).toEqual({ lift: 8, beyond: true });
    const none = { exposed: 0, of: 0, unknown: 5 };
    expect(drawnLift(cause('a', null, { others: none }))).toBeNull();
    expect(layOutCauses([cause('a', null, { others: none }), cause('b', 1)], NARROW).rows).toHaveLength(1);
  });

  it('is as high as its rows, the last of them above the axis', () => {
    for (const size of [WIDE, NARROW]) {
      const layout = layOutCauses([cause('a', 1), cause('b', 2)], size);
      expect(layout.rows.at(-1)!.y).toBeLessThan(layout.bottom);
      expect(layout.height).toBeGreaterThan(layout.bottom);
      expect(layout.right).toBeLessThan(size.width);
    }
  });

  it('is a file with every count, and nothing where nothing was tested', () => {
    const [titles, row, untested] = causeRows([
      cause('pile', 2.5),
      cause('tag', null, {
        source: null,
        contentTag: { name: 'fiction' },
        correctedPValue: null,
        state: 'TOO_FEW_TO_SAY',
      }),
    ]);
    expect(row).toHaveLength(titles!.length);
    expect(row).toEqual([
      ...['pile', 'source', 'source:pile', 3, 4, 1, 1, 5, 0, 2.5, 0.3, 0.6],
      'not distinguished from chance',
    ]);
    expect(untested!.slice(0, 3)).toEqual(['fiction', 'content tag', null]);
    expect(untested!.slice(-4)).toEqual([null, 0.3, null, 'too few to say']);
  });
});
