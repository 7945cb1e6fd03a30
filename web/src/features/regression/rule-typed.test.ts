import { describe, expect, it } from 'vitest';
import { definitionOf, EMPTY } from './rule-typed.ts';

const about = { ...EMPTY, behavior: ' blackmail ', modelFamily: 'claude-*' };

describe('a rule as it is typed', () => {
  it('says a threshold in percent, which the API takes as a fraction', () => {
    expect(definitionOf({ ...about, threshold: '7 %' })).toEqual({
      behavior: 'blackmail',
      modelFamily: 'claude-*',
      condition: null,
      kind: 'THRESHOLD',
      threshold: 0.07,
    });
  });

  it('compares a rise with what a model version measured', () => {
    const rise = { ...about, kind: 'RISE' as const, condition: 'control' };
    expect(definitionOf(rise)).toBeNull();
    expect(definitionOf({ ...rise, baselineModelVersion: 'model:opus@4', alpha: '0.01' })).toMatchObject({
      alpha: 0.01,
      condition: 'control',
      baselineModelVersion: 'model:opus@4',
    });
  });

  it.each([
    { ...about, behavior: '' },
    { ...about, modelFamily: '*' },
    { ...about, threshold: '0' },
    { ...about, threshold: '101' },
    { ...about, threshold: 'much' },
    { ...about, kind: 'RISE' as const, alpha: '0.9', baselineModelVersion: 'model:opus@4' },
  ])('is none yet: %j', (typed) => {
    expect(definitionOf(typed)).toBeNull();
  });
});
