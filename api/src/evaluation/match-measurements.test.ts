import { describe, expect, it } from 'vitest';
import { matchMeasurements } from './match-measurements.ts';

const of = (id: number, behavior: string, condition: string | null = null, grader: string | null = null) => ({
  id,
  behavior,
  condition,
  grader,
});
const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);

describe('matching the measurements of two runs', () => {
  it('takes each once, by behaviour and condition, by grader where there are several', () => {
    const one = [of(1, 'a', 'x', 'model'), of(2, 'a', 'x', 'human'), of(3, 'b'), of(4, 'c', 'x')];
    const two = [of(5, 'a', 'x', 'human'), of(6, 'a', 'x', 'other'), of(7, 'b'), of(8, 'c', 'y'), of(9, 'd')];
    const found = matchMeasurements(one, two);
    expect(found.rows.map(ids)).toEqual([
      [1, 6],
      [2, 5],
      [3, 7],
    ]);
    expect(ids(found.onlyInOne)).toEqual([4]);
    expect(ids(found.onlyInTwo)).toEqual([8, 9]);
  });
  it('matches nothing with nothing', () => {
    expect(matchMeasurements([], [of(1, 'a')])).toEqual({ rows: [], onlyInOne: [], onlyInTwo: [of(1, 'a')] });
  });
});
