import { describe, expect, it } from 'vitest';
import { definitionOf, EMPTY, MOST_BASELINES } from './rule-typed.ts';

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

  it('compares a rise with chosen measurements, and then with no model version', () => {
    const chosen = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ value: `id${i}`, label: `run ${i}` }));
    const rise = {
      ...about,
      kind: 'RISE' as const,
      baseline: 'MEASUREMENTS' as const,
      baselineModelVersion: 'model:opus@4',
    };
    expect(definitionOf(rise)).toBeNull();
    const definition = definitionOf({ ...rise, baselines: chosen(2) });
    expect(definition).toMatchObject({ kind: 'RISE', alpha: 0.05, baselines: ['id0', 'id1'] });
    expect(definition).not.toHaveProperty('baselineModelVersion');
    expect(definitionOf({ ...rise, baseline: 'MODEL_VERSION', baselines: chosen(2) })).not.toHaveProperty(
      'baselines',
    );
    expect(definitionOf({ ...rise, baselines: chosen(MOST_BASELINES) })).not.toBeNull();
    expect(definitionOf({ ...rise, baselines: chosen(MOST_BASELINES + 1) })).toBeNull();
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
