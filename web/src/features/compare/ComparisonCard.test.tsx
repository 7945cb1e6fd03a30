import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ComparedRatesFragment } from '@/graphql/generated/graphql.ts';
import { point } from '../rates/rate-point.example.ts';
import { ComparisonCard } from './ComparisonCard.tsx';

const row = {
  one: point('one', { unscored: 3, qualifier: 'APPROXIMATE' }),
  two: point('two', { rate: 0.6, exhibited: 60 }),
  comparability: { comparable: true, differences: [], unknowns: [] },
  verdict: 'NO_DEMONSTRATED_DIFFERENCE',
  paired: true,
  pairing: 'Paired: item against item, over the 80 that both scored.',
  itemsInOne: 100,
  itemsInTwo: 100,
  itemsInBoth: 81,
  itemsCompared: 80,
  rateOne: 33 / 80,
  rateTwo: 0.5,
  difference: 0.0875,
  interval: null,
  test: 'McNemar’s exact test',
  pValue: 0.2,
  midPValue: 0.15,
  correctedPValue: null,
  correction: null,
  missingDataBounds: null,
  assumptions: [],
} as unknown as ComparedRatesFragment;

const shown = (more: object = {}) =>
  renderToStaticMarkup(<ComparisonCard row={{ ...row, ...more }} names={['First', 'Second']} />)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the card of a comparison', () => {
  it('sets the rate of paired items beside the items it is of, and the whole run’s below', () => {
    expect(shown()).toMatch(
      /41\.3% · 33 of 80 items scored in both whole run: ≈ 50% · 50 of 100 · 3 unscored/,
    );
    expect(shown()).toMatch(/50% · 40 of 80 items scored in both whole run: 60% · 60 of 100/);
  });

  it('says between what a side’s whole rate lies, whatever its unscored were', () => {
    const one = point('one', { unscored: 3, missingDataBounds: { lower: 50 / 103, upper: 53 / 103 } });
    expect(shown({ one })).toMatch(
      /3 unscored 95% interval 40% to 60%: Wilson score interval between 48\.5% and 51\.5%, whatever the 3 unscored would have shown judged by/,
    );
    expect(shown()).not.toMatch(/whatever/);
  });

  it('sets the rate of the whole run beside its own k of n, where nothing is paired', () => {
    const whole = { paired: false, itemsCompared: null, rateOne: 0.5, rateTwo: 0.6, midPValue: null };
    expect(shown(whole)).toMatch(
      /≈ 50% · 50 of 100 · 3 unscored 95% interval 40% to 60%: Wilson score interval judged by/,
    );
    expect(shown({ ...whole, rateOne: null })).toMatch(
      /≈ 50% · 50 of 100 · 3 unscored 95% interval 40% to 60%: Wilson score interval judged by/,
    );
    expect(shown(whole)).not.toMatch(/scored in both|whole run/);
  });
});
