import { describe, expect, it } from 'vitest';
import { NARROW, WIDE } from '../plot/sizes.ts';
import { layOutDiff } from './diff-layout.ts';
import { byStage, type DiffBar, type DiffRow, diffRows } from './mixture-rows.ts';

const row = (label: string, difference: number | null): DiffRow => ({
  stage: 'SFT',
  ordinal: 1,
  fromRun: { ref: 'training-run:one', label: 'one' },
  toRun: null,
  from: 0.5,
  fromUpper: 0.5,
  to: null,
  toUpper: null,
  difference,
  differenceLower: difference ?? -0.9,
  differenceUpper: difference ?? 0.1,
  change: 'REWEIGHTED',
  unaccounted: false,
  source: { ref: `source:${label}`, label },
  datasetVersion: null,
  contentTag: null,
  generatedBy: null,
  revisedFrom: null,
});
const bars = [row('a', -0.4), row('b', 0.2), row('c', 0.0000001)] as DiffBar[];
const NAMES = { from: 'one@1', to: 'two@1' };

describe('the picture of a mixture difference', () => {
  it.each([WIDE, NARROW])(
    'draws to the left what there is less of, as long as the difference is: $name',
    (size) => {
      const { rows, middle, left, right } = layOutDiff(bars, 0.4, NAMES, size);
      const [less, more] = rows.map(({ box }) => box);
      expect(rows.flatMap(({ open }) => open)).toEqual([]);
      expect(less!.x + less!.width).toBeCloseTo(middle, 9);
      expect(more!.x).toBeCloseTo(middle, 9);
      expect(less!.width).toBeCloseTo(2 * more!.width, 9);
      expect(less!.x).toBeGreaterThanOrEqual(left);
      expect(middle + less!.width).toBeLessThanOrEqual(right);
    },
  );

  it('draws a difference that is there, however small, and says that it is', () => {
    const [, , least] = layOutDiff(bars, 0.4, NAMES, WIDE).rows;
    expect(least!.box!.width).toBeGreaterThan(1);
    expect(least!.figure).toBe('< +0.1');
  });

  it.each([WIDE, NARROW])(
    'draws a range from its least to its most, over the middle where it may be none: $name',
    (size) => {
      const range = (label: string, differenceLower: number, differenceUpper: number) =>
        ({ ...row(label, differenceLower), differenceLower, differenceUpper }) as DiffBar;
      const { rows, middle, right } = layOutDiff(
        [range('more', 0.1, 0.4), range('less', -0.4, -0.1), range('either', -0.2, 0.1)],
        ...([0.4, NAMES, size] as const),
      );
      const [more, less, either] = rows;
      const unit = more!.box!.width;
      const placed = (line: typeof more) =>
        line!.open.map(({ side, box }) => [
          side,
          ...[box.x - middle, box.width].map((value) => Number((value / unit).toFixed(6))),
        ]);
      expect(more!.box!.x).toBeCloseTo(middle, 9);
      expect(placed(more)).toEqual([['more', 1, 3]]);
      expect(less!.box!.x + less!.box!.width).toBeCloseTo(middle, 9);
      expect(placed(less)).toEqual([['less', -4, 3]]);
      expect(either!.box).toBeNull();
      expect(placed(either)).toEqual([
        ['less', -2, 2],
        ['more', 0, 1],
      ]);
      expect(middle + 4 * unit).toBeLessThanOrEqual(right);
      expect(either!.figure).toBe('−20 to +10');
    },
  );

  it('says over either half which version has more of it', () => {
    const { heads } = layOutDiff(bars, 0.4, NAMES, WIDE);
    expect(heads.map(({ text }) => text)).toEqual(['more in one@1', 'more in two@1', 'points']);
    const long = { from: `${'lab/a-model-'.repeat(4)}sft@1`, to: `${'lab/a-model-'.repeat(4)}dpo@1` };
    const cut = layOutDiff(bars, 0.4, long, NARROW).heads;
    expect(cut.map(({ text }) => text)).toEqual(['more in the first', 'more in the second']);
  });

  it('is a file that has the unchanged and the unknown too', () => {
    const [stage] = byStage([...bars, row('same', 0), row('unknown', null)]);
    const [titles, ...rows] = diffRows(stage!, NAMES);
    expect(rows).toHaveLength(5);
    for (const one of rows) expect(one).toHaveLength(titles!.length);
    expect(titles!.slice(2, 6)).toEqual([
      ...['share in one@1', 'share in one@1, upper'],
      ...['share in two@1', 'share in two@1, upper'],
    ]);
    expect(rows[0]).toEqual([
      ...['a', 'source:a', 0.5, 0.5, null, null, -0.4, -0.4, -0.4, 'REWEIGHTED', null],
      ...['training-run:one', null],
    ]);
    expect(rows.at(-1)!.slice(6, 9)).toEqual([null, -0.9, 0.1]);
  });
});
