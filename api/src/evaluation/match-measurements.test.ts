import { describe, expect, it } from 'vitest';
import { matchMeasurements, matchScores } from './match-measurements.ts';

const of = (id: number, behavior: string, condition: string | null = null, grader: string | null = null) => ({
  id,
  behavior,
  condition,
  grader,
  graderName: grader?.replace(/@.*/, '') ?? null,
});
const scored = (id: number, grader: string | null, reducer: string | null = null) => ({
  ...of(id, '', null, grader),
  metric: 'accuracy',
  reducer,
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
  it('takes the grader before the order, where its version is another', () => {
    const one = [of(1, 'a', null, 'model@1'), of(2, 'a', null, 'human@1'), of(3, 'a')];
    const two = [of(4, 'a'), of(5, 'a', null, 'human@2'), of(6, 'a', null, 'model@2')];
    expect(matchMeasurements(one, two).rows.map(ids)).toEqual([
      [1, 6],
      [2, 5],
      [3, 4],
    ]);
  });
});

describe('matching the scores of two runs', () => {
  it('takes the grader before the order, whatever its version', () => {
    const one = [scored(1, 'match@1'), scored(2, 'judge@1'), scored(3, null)];
    const two = [scored(4, 'judge@2'), scored(5, null), scored(6, 'match@1')];
    expect(matchScores(one, two).rows.map(ids)).toEqual([
      [1, 6],
      [2, 4],
      [3, 5],
    ]);
  });
  it('takes those of one reducer together, and only then what is left', () => {
    const one = [scored(1, 'match@1', 'mean'), scored(2, 'match@1', 'max')];
    const two = [scored(3, 'match@1', 'max'), scored(4, 'match@1', 'mean'), scored(5, 'match@1', 'mode')];
    const found = matchScores(one, two);
    expect(found.rows.map(ids)).toEqual([
      [1, 4],
      [2, 3],
    ]);
    expect(ids(found.onlyInTwo)).toEqual([5]);
    expect(matchScores(one.slice(0, 1), two.slice(0, 1)).rows.map(ids)).toEqual([[1, 3]]);
  });
});
