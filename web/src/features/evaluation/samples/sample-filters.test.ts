import { describe, expect, it } from 'vitest';
import { queryString } from '../../../navigation/paths.ts';
import {
  chosenScore,
  isFiltered,
  readFilters,
  scoreChoice,
  toArguments,
  withScore,
} from './sample-filters.ts';

const read = (query: string) => readFilters(new URLSearchParams(query));

describe('which samples are listed', () => {
  it('stands in the address, and comes back from it', () => {
    const state = withScore(
      read('outcome=EXHIBITED&behavior=blackmail&condition=no%20goal&find=a%20b&errors=1&sort=SAMPLE_ID'),
      scoreChoice('judge', 'harmful', '1'),
    );
    expect(read(queryString({ ...state }).slice(1))).toEqual(state);
    expect(toArguments(state)).toEqual({
      outcome: 'EXHIBITED',
      behavior: 'blackmail',
      condition: 'no goal',
      search: 'a b',
      errorOnly: true,
      score: { scorer: 'judge', part: 'harmful', equals: '1' },
      orderBy: 'SAMPLE_ID',
    });
  });

  it('tells a score without a value from no filter by score', () => {
    const none = withScore({}, scoreChoice('judge', null, null));
    expect(toArguments(read(queryString({ ...none }).slice(1))).score).toEqual({
      scorer: 'judge',
      part: null,
      equals: null,
    });
    expect(chosenScore(none)).toBe(scoreChoice('judge', null, null));
    expect(toArguments(withScore(none, '')).score).toBeNull();
  });

  it('is everything in the order of the log where the address says nothing that is known', () => {
    const state = read('sort=NONSENSE&errors=yes&outcome=');
    expect(isFiltered(state)).toBe(false);
    expect(toArguments(state)).toMatchObject({ outcome: null, errorOnly: false, orderBy: 'LOG' });
    expect(isFiltered(read('sort=SAMPLE_ID'))).toBe(false);
    expect(isFiltered(read('find=x'))).toBe(true);
  });
});
