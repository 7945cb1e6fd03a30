import { describe, expect, it } from 'vitest';
import { fatesInWords, fieldFates, findFields } from './field-fates.ts';

const ALL = fieldFates({
  kept: [
    { field: 'eval.task', how: 'name of the evaluation', derived: false },
    { field: 'samples[].scores.judge', how: 'measured as blackmail', derived: true },
  ],
  leftOut: [
    { field: 'eval.model_args', count: 2, reason: 'may hold credentials', understood: true },
    { field: 'surprise', count: null, reason: 'this reader does not know the field', understood: false },
  ],
});

describe('what became of the fields of a file', () => {
  it('names first what was not understood, and takes what was derived for no field of the file', () => {
    expect(ALL.map(({ field, fate, count }) => [field, fate, count])).toEqual([
      ['surprise', 'NOT_UNDERSTOOD', null],
      ['eval.model_args', 'LEFT_OUT', 2],
      ['samples[].scores.judge', 'DERIVED', null],
      ['eval.task', 'KEPT', null],
    ]);
  });

  it('is found by the field and by the reason, whatever their case', () => {
    const found = (search: string, fate: Parameters<typeof findFields>[1] = null) =>
      findFields(ALL, fate, search).map(({ field }) => field);
    expect(found('EVAL.')).toEqual(['eval.model_args', 'eval.task']);
    expect(found('credentials')).toEqual(['eval.model_args']);
    expect(found('', 'DERIVED')).toEqual(['samples[].scores.judge']);
    expect(found('.*')).toEqual([]);
    expect(found(' ')).toHaveLength(4);
  });

  it('is summed up without what there is none of', () => {
    expect(fatesInWords(ALL)).toBe('1 kept, 1 derived, 1 left out, 1 not understood');
    expect(fatesInWords(ALL.slice(0, 1))).toBe('1 not understood');
    expect(fatesInWords([])).toBe('');
  });
});
