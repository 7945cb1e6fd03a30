import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { facetsOf } from './facets.ts';
import { MEASURED_TITLES, measuredCells } from './measured-cells.ts';
import { RateTable } from './RateTable.tsx';
import { point } from './rate-point.example.ts';
import { SampleCounts } from './SampleCounts.tsx';

const LOST = { unscored: 7, excluded: 2, missingDataBounds: { lower: 50 / 107, upper: 57 / 107 } };
const words = (element: React.ReactElement) =>
  renderToStaticMarkup(element)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('what is said of the samples of a rate', () => {
  it('has what was left out, and between what the rate lies whatever that was', () => {
    expect(words(<SampleCounts of={point('one', LOST)} />)).toMatch(
      /50 of 100 7 unscored, 2 excluded between 46\.7% and 53\.3%, whatever the 7 unscored would have shown/,
    );
    expect(words(<RateTable label="Rates" facets={facetsOf([point('one', LOST)])} />)).toMatch(
      /2 excluded between 46\.7% and 53\.3%, whatever/,
    );
  });

  it('has nothing of it where nothing is missing: what was excluded was left out on purpose', () => {
    const whole = { unscored: 0, excluded: 2, missingDataBounds: { lower: 0.5, upper: 0.5 } };
    expect(words(<SampleCounts of={point('one', whole)} />)).toMatch(/50 of 100 2 excluded $/);
    expect(words(<SampleCounts of={point('one')} />).trim()).toBe('50 of 100');
    expect(words(<RateTable label="Rates" facets={facetsOf([point('one')])} />)).toMatch(/none stated/);
  });

  it('is in files as two columns, empty where it is not known', () => {
    expect(measuredCells(point('one', LOST)).slice(-2)).toEqual([50 / 107, 57 / 107]);
    expect(measuredCells(point('one')).slice(-2)).toEqual([null, null]);
    expect(MEASURED_TITLES).toHaveLength(measuredCells(point('one')).length);
  });
});
