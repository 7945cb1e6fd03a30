import { describe, expect, it } from 'vitest';
import { coefficient, kindOf } from './agreement-words.ts';
import { haveSeveralGraders } from './several-graders.ts';

const said = (scorer: string, value = '1') => ({ scorer, part: null, value, count: 1 });
const run = (scorers: readonly string[], graders = 1, totalCount = 5) =>
  haveSeveralGraders({
    samples: { totalCount },
    graders: Array.from({ length: graders }, () => ({})) as never,
    sampleScores: scorers.map((scorer) => said(scorer)) as never,
  });

describe('whether agreement is asked for', () => {
  it('is so where several graders or scorers judged recorded samples', () => {
    expect(run(['judge'])).toBe(false);
    expect(run(['judge', 'people'])).toBe(true);
    expect(run(['judge'], 2)).toBe(true);
    expect(run(['judge', 'people'], 2, 0)).toBe(false);
  });

  it('is so where one scorer’s values fill the list, behind which there may be another', () => {
    expect(run(Array.from({ length: 200 }, () => 'judge'))).toBe(true);
  });
});

describe('a coefficient in words', () => {
  it('has two decimals, a true minus, and no whole that it is not', () => {
    expect([0.4, -0.25, -0.001, 1, 0.9999, 0].map(coefficient)).toEqual([
      '0.40',
      '−0.25',
      '0.00',
      '1.00',
      '> 0.99',
      '0.00',
    ]);
  });
});

describe('the kind of a grader', () => {
  const graders = [
    { name: 'people', version: '1', kind: 'HUMAN' },
    { name: 'judge', version: '1', kind: 'MODEL' },
    { name: 'judge', version: '2', kind: 'UNKNOWN' },
  ];
  it('is known by its version’s name, or by that of the scorer, and only where there is one', () => {
    expect(kindOf('people 1', graders)).toBe('people');
    expect(kindOf('people', graders)).toBe('people');
    expect(kindOf('judge 1', graders)).toBe('a model');
    expect([kindOf('judge', graders), kindOf('judge 2', graders), kindOf('other', graders)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
