import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { NARROW, WIDE } from '../../../plot/sizes.ts';
import { BeforeAfter } from './BeforeAfter.tsx';
import { layOutBeforeAfter } from './before-after-layout.ts';
import { beforeAfterRows } from './before-after-rows.ts';
import { type Comparison, changeWords, shareOf, sidesOf } from './sides.ts';

const measured = (label: string, rate: number, more: object = {}) => ({
  id: label,
  rate,
  qualifier: 'EXACT',
  sampleCount: 100,
  exhibited: rate * 100,
  unscored: null,
  graderErrors: null,
  excluded: null,
  missingDataBounds: null,
  interval: { lower: rate - 0.1, upper: rate + 0.1, level: 0.95, method: 'Wilson' },
  behavior: { name: 'blackmail', title: 'Blackmail' },
  condition: { id: 'c', name: 'calm' },
  citation: null,
  evalRun: {
    ref: `eval-run:${label}`,
    label,
    modelVersion: { ref: `model:${label}@1`, label: `${label}@1` },
    evaluationVersion: { id: 'v', label: 'trial 1', evaluation: { name: 'trial' } },
  },
  ...more,
});
const reported = (value: number | null, unit: string | null) => ({
  id: String(value),
  statement: 'What it says.',
  value,
  unit,
  qualifier: 'EXACT',
  citation: null,
});
const comparison = (more: object): Comparison =>
  ({
    label: 'Rate',
    before: null,
    after: null,
    difference: null,
    verdict: 'as told',
    differenceInterval: null,
    comparability: null,
    beforeMeasurement: null,
    afterMeasurement: null,
    beforeResult: null,
    afterResult: null,
    ...more,
  }) as never;

const ALIKE = comparison({
  label: 'Alike',
  beforeMeasurement: measured('old', 0.65, { unscored: 5, missingDataBounds: { lower: 0.62, upper: 0.67 } }),
  afterMeasurement: measured('new', 0.19),
  difference: -0.46,
  differenceInterval: { lower: -0.57, upper: -0.33, level: 0.95, method: 'Newcombe' },
  comparability: { comparable: true, differences: [] },
  verdict: 'lower after by 46 points',
});
const UNLIKE = comparison({
  ...ALIKE,
  label: 'Unlike',
  comparability: { comparable: false, differences: ['grader version: a against b'] },
  verdict: 'not comparable: grader version: a against b',
});
const REPORTED = comparison({
  label: 'Reported',
  beforeResult: reported(22, '%'),
  afterResult: reported(15, '%'),
  difference: -7,
});

const shown = (comparisons: readonly Comparison[]) =>
  renderToStaticMarkup(<BeforeAfter comparisons={comparisons} of="Other data" />);
const JOINED = /stroke="var\(--accent\)" stroke-width="1.5" stroke-opacity="0.55"/g;

describe('before and after an intervention', () => {
  it('is a picture with its table, and files of both', () => {
    const markup = shown([ALIKE]);
    for (const as of ['SVG', 'PNG', 'CSV'])
      expect(markup).toContain(`aria-label="Save “Other data: before and after” as ${as}"`);
    expect(markup).toMatch(/<section aria-label="Other data: before and after"[^>]*><table/);
    expect(markup).toContain(
      'aria-label="Alike: before, old@1: 65%; 65 of 100; between 62% and 67%, whatever the 5 unscored would have shown; 95% interval 55% to 75%"',
    );
  });

  it('joins by a line only what may be compared, and says of what may not that it may not', () => {
    // Once in wide and once in narrow.
    expect(shown([ALIKE]).match(JOINED)).toHaveLength(2);
    expect(shown([UNLIKE]).match(JOINED)).toBeNull();
    expect(shown([UNLIKE])).toMatch(/fill="var\(--warning\)">not comparable: grader version/);
  });

  it('gives what was not measured alike an axis of its own', () => {
    for (const size of [WIDE, NARROW]) {
      const { groups } = layOutBeforeAfter([ALIKE, UNLIKE, REPORTED, { ...ALIKE, label: 'Again' }], size);
      expect(groups.map(({ pairs }) => pairs.map(({ label }) => label.join(' ')))).toEqual([
        ['Alike', 'Again'],
        ['Unlike'],
        ['Reported'],
      ]);
    }
  });

  it('puts what is reported in percent where it is, and not at the end of the axis', () => {
    const [before, after] = sidesOf(REPORTED);
    expect([shareOf(before), shareOf(after)]).toEqual([0.22, 0.15]);
    expect(changeWords(REPORTED)).toBe('−7 pp');
    expect(changeWords(ALIKE)).toBe('−46 pp');
    expect(
      changeWords(comparison({ ...REPORTED, beforeResult: reported(3, 'points'), difference: 1.5 })),
    ).toBe('+1.5 points');
    const [dose] = layOutBeforeAfter([REPORTED], WIDE).groups;
    const { rows } = dose!.pairs[0]!;
    expect(rows[0].x).toBeCloseTo(298 + 0.22 * (634 - 298), 6);
    expect(rows[0].figure).toBe('22%');
  });

  it('draws what is only a bound as one, which points to where it may lie', () => {
    const bound = comparison({
      ...REPORTED,
      beforeResult: { ...reported(60, '%'), qualifier: 'AT_LEAST' },
    });
    expect(shown([bound])).toMatch(/aria-label="Reported: before, as reported: ≥ 60%[^>]*>.*?<polygon/);
    expect(shown([bound])).toMatch(/at least that/);
    expect(shown([REPORTED])).not.toMatch(/<polygon|at least that/);
  });

  it('draws no mark for what is no share of a whole, says how many, and is a table alone where there is none', () => {
    const other = comparison({ beforeResult: reported(3, 'answers'), afterResult: reported(null, null) });
    expect(shown([ALIKE, other])).toMatch(/2 of 4 sides have no mark/);
    expect(shown([ALIKE])).not.toMatch(/no mark/);
    expect(shown([other])).not.toMatch(/<figure/);
    expect(shown([other])).toMatch(/<table/);
    expect(sidesOf(comparison({ beforeResult: reported(120, '%') })).map(shareOf)).toEqual([null, null]);
  });

  it('is a file of one comparison a row, with what each side is', () => {
    const [titles, alike, , said] = beforeAfterRows([ALIKE, UNLIKE, REPORTED]);
    const of = (cells: typeof alike) => Object.fromEntries(titles!.map((title, i) => [title, cells![i]]));
    expect(alike).toHaveLength(titles!.length);
    expect(said).toHaveLength(titles!.length);
    expect(new Set(titles).size).toBe(titles!.length);
    expect(of(alike)).toMatchObject({
      what: 'Alike',
      comparable: 'yes',
      'rate before': 0.65,
      'unscored before': 5,
      'rate after': 0.19,
      difference: -0.46,
      'interval upper': -0.33,
      'reported before': null,
    });
    expect(of(said)).toMatchObject({
      comparable: null,
      'rate before': null,
      'reported before': 22,
      'unit after': '%',
    });
  });
});
