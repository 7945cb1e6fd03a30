import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ComparedRatesFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { point } from '../rates/rate-point.example.ts';
import { ComparisonCard } from './ComparisonCard.tsx';
import { comparisonRows } from './comparison-rows.ts';
import { IntervalChoice } from './IntervalChoice.tsx';
import { drawnRemarks, readDrawing, withDrawn, writeDrawing } from './interval-method.ts';

const asked = (intervals: string | null, resamples: string | null = null, seed: string | null = null) =>
  readDrawing({ intervals, resamples, seed });
const METHOD = 'bias-corrected and accelerated bootstrap over 10 clusters, 2000 resamples from seed 1';
const rows = [
  {
    one: point('one', {
      bootstrapInterval: { lower: 0.2, upper: 0.7, level: 0.95, method: METHOD },
    } as never),
    two: point('two', { bootstrapInterval: null } as never),
    comparability: { comparable: true, differences: [], unknowns: [] },
    verdict: 'CANNOT_BE_TESTED',
    pairing: 'Not paired.',
    assumptions: [],
  } as unknown as ComparedRatesFragment,
];
const words = (element: React.ReactElement) =>
  renderToStaticMarkup(element)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('how the intervals of compared rates are made', () => {
  it('is what the address says, and analytic where it says nothing', () => {
    expect(asked(null)).toBeNull();
    expect(asked('normal')).toBeNull();
    expect(asked(null, '500', '3')).toBeNull();
    expect(asked('bootstrap')).toEqual({ resamples: 2000, seed: 1 });
    expect(asked('bootstrap', '500', '3')).toEqual({ resamples: 500, seed: 3 });
  });

  it('is never drawn by what the API would refuse', () => {
    expect(asked('bootstrap', '5', '0')).toEqual({ resamples: 100, seed: 0 });
    expect(asked('bootstrap', '99999999', '99999999999')).toEqual({ resamples: 10_000, seed: 2_147_483_647 });
    expect(asked('bootstrap', '-5', '1e3')).toEqual({ resamples: 2000, seed: 1 });
    expect(asked('bootstrap', '', ' ')).toEqual({ resamples: 2000, seed: 1 });
  });

  it('stands in the address as it was read, without what is usual', () => {
    expect(paths.compare('a', 'b', writeDrawing(null))).toBe('/compare?one=a&two=b');
    expect(paths.compare('a', 'b', writeDrawing(asked('bootstrap')))).toBe(
      '/compare?one=a&two=b&intervals=bootstrap',
    );
    const written = paths.compare('a', 'b', writeDrawing(asked('bootstrap', '500', '0')));
    expect(written).toBe('/compare?one=a&two=b&intervals=bootstrap&resamples=500&seed=0');
  });

  it('is chosen by links, with seed and resamples once it is drawn', () => {
    const analytic = renderToStaticMarkup(<IntervalChoice one="a" two="b" drawing={null} />);
    expect(analytic).toMatch(/aria-current="true"[^>]*>Analytic/);
    expect(analytic).toContain('intervals=bootstrap');
    expect(analytic).not.toMatch(/<form/);
    const drawn = renderToStaticMarkup(
      <IntervalChoice one="a" two="b" drawing={{ resamples: 500, seed: 3 }} />,
    );
    expect(drawn).toMatch(/aria-current="true"[^>]*>Bootstrap/);
    expect(drawn).toMatch(/name="resamples"[^>]*value="500"/);
    expect(drawn).toMatch(/name="seed"[^>]*value="3"/);
    for (const [name, value] of [
      ['one', 'a'],
      ['two', 'b'],
      ['intervals', 'bootstrap'],
    ])
      expect(drawn).toContain(`<input type="hidden" name="${name}" value="${value}"/>`);
  });

  it('is told with each rate, as the API tells it; where none could be drawn, no other stands for it', () => {
    const [row] = withDrawn(rows, { resamples: 2000, seed: 1 });
    const card = words(<ComparisonCard row={row!} names={['First', 'Second']} />);
    expect(card).toMatch(/95% interval 20% to 70%: bias-corrected.*2000 resamples from seed 1 judged by/);
    expect(card).toMatch(/Second 50% · 50 of 100 no interval judged by/);
    expect(card).not.toMatch(/Wilson/);
    const file = comparisonRows([row!]);
    expect(file[1]).toContain(METHOD);
    expect(file[1]).not.toContain('Wilson score interval');
    expect(words(<ComparisonCard row={withDrawn(rows, null)[0]!} names={['First', 'Second']} />)).toMatch(
      /Wilson/,
    );
  });

  it('says what is not drawn: the difference, and rates that cannot be', () => {
    expect(drawnRemarks(rows, null)).toEqual([]);
    const [what, none] = drawnRemarks(rows, { resamples: 2000, seed: 1 });
    expect(what).toMatch(/the difference, its interval and p are not/);
    expect(none).toMatch(/^1 of 2 rates has no bootstrap interval: it is not recorded how each sample did/);
  });
});
