import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { axesOf, facetAxes, MOST_ON_ONE, pairsWithin, reachOf, reachRemarks } from './axes.ts';
import { questionsOf } from './comparability-text.ts';
import { facetsOf } from './facets.ts';
import type { Verdicts } from './neighbours.ts';
import { RateTable } from './RateTable.tsx';
import { point } from './rate-point.example.ts';
import { axisRows } from './rate-rows.ts';

/** As the API says it: temperatures differ where both are recorded, and what is not recorded forbids nothing. */
const byTemperature: Verdicts = (from, to) => {
  const [one, two] = [from[0], to[0]];
  const differ = one !== 'u' && two !== 'u' && one !== two;
  return { comparable: !differ, differences: differ ? [`temperature: ${one} against ${two}`] : [] };
};
const ids = (axes: readonly { points: readonly { id: string }[] }[]) =>
  axes.map(({ points }) => points.map(({ id }) => id).join(' '));
const pointsOf = (...names: string[]) => names.map((name) => point(name));
const many = (count: number) => Array.from({ length: count }, (_, i) => point(`0-${i}`));

describe('points that share an axis', () => {
  it('are all comparable with each other: what is unknown joins no two that differ', () => {
    const axes = axesOf(pointsOf('0a', 'u', '1a'), byTemperature, 29);
    expect(ids(axes)).toEqual(['0a u', '1a']);
    expect(axes[1]?.differences).toEqual(['temperature: 0 against 1']);
  });

  it('are found again after others in between', () => {
    expect(ids(axesOf(pointsOf('0a', '1a', '0b', '1b'), byTemperature, 29))).toEqual(['0a 0b', '1a 1b']);
  });

  it('are none of which nothing was answered, and that is the reason', () => {
    const axes = axesOf(pointsOf('0a', '0b'), () => null, 29);
    expect(ids(axes)).toEqual(['0a', '0b']);
    expect(axes[1]?.differences).toEqual(['whether they are comparable was not answered']);
  });

  it('are asked about each with each up to so many, and beyond with those before alone, which is said', () => {
    const never = () => false;
    expect(reachOf([many(MOST_ON_ONE)], never)).toBe(29);
    expect(pairsWithin(many(MOST_ON_ONE), 29)).toHaveLength((30 * 29) / 2);
    const whole = axesOf(many(30), byTemperature, 29);
    expect([whole.length, reachRemarks(whole, 29)]).toEqual([1, []]);
    const cut = axesOf(many(31), byTemperature, 29);
    expect(cut).toHaveLength(1);
    expect(reachRemarks(cut, 29).join()).toContain(
      'the 29 before it, and of those further apart it was not asked',
    );
  });

  it('are asked about in no more questions than a page may ask, whatever there is of them', () => {
    const tooMuch = (pairs: Parameters<typeof questionsOf>[0]) => questionsOf(pairs).length > 12;
    const facets = [many(30), many(20), many(10)];
    const reach = reachOf(facets, tooMuch);
    expect(reach).toBeGreaterThan(5);
    expect(tooMuch(facets.flatMap((points) => pairsWithin(points, reach)))).toBe(false);
    expect(tooMuch(facets.flatMap((points) => pairsWithin(points, reach + 1)))).toBe(true);
    expect(reachOf([many(400)], tooMuch)).toBe(1);
  });
});

describe('the file and the table of a picture with axes', () => {
  const facets = facetAxes(
    facetsOf([...pointsOf('0a', 'u', '1a'), point('0z', { version: 'trial 2' })]),
    byTemperature,
    29,
  );

  it('number them through, and say why one is apart', () => {
    const [titles, ...rows] = axisRows(facets);
    expect(titles?.slice(0, 2)).toEqual(['axis', 'apart because']);
    for (const row of rows) expect(row).toHaveLength(titles!.length);
    expect(rows.map((row) => [row.at(-1), row[0], row[1]])).toEqual([
      ['eval-run:0a', 1, null],
      ['eval-run:u', 1, null],
      ['eval-run:1a', 2, 'temperature: 0 against 1'],
      ['eval-run:0z', 3, null],
    ]);
  });

  it('say the same in the table, in the same order', () => {
    const markup = renderToStaticMarkup(<RateTable label="Rates" facets={facets} />);
    const said = markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(said).toMatch(
      /Axis 1.*0a.*u.*Axis 2 Not comparable with those above: temperature: 0 against 1.*1a.*Axis 3/,
    );
    const alone = renderToStaticMarkup(<RateTable label="Rates" facets={facets.slice(1)} />);
    expect(alone).not.toContain('Axis');
  });
});
