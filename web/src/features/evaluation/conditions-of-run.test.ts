import { describe, expect, it } from 'vitest';
import { conditionsOfRun } from './conditions-of-run.ts';

const under = (name: string) => ({ condition: { name } });
const conditions = ['0-shot', '5-shot', 'replacement'].map((name) => ({ id: `id ${name}`, name }));
const run = { measurements: [], scores: [], sampleConditions: [], evaluationVersion: { conditions } };
const names = (of: Partial<typeof run> | object) =>
  conditionsOfRun({ ...run, ...of }).map(({ name }) => name);

describe('the conditions of a run', () => {
  it('are those of its measurements, of its scores and of its samples alike', () => {
    expect(names({ measurements: [under('replacement')] })).toEqual(['replacement']);
    expect(names({ scores: [under('5-shot'), { condition: null }] })).toEqual(['5-shot']);
    expect(names({ sampleConditions: [{ condition: '0-shot', count: 3 }] })).toEqual(['0-shot']);
    expect(names({})).toEqual([]);
  });

  it('are each there once, and also where the evaluation version does not describe them', () => {
    const many = { measurements: [under('odd')], scores: [under('odd'), under('0-shot')] };
    expect(names(many)).toEqual(['0-shot', 'odd']);
  });
});
