import { describe, expect, it } from 'vitest';
import { statementNames } from './statement-names.ts';

describe('names of statements', () => {
  it('are given when a text is asked for the so-manieth time, and kept', () => {
    const nameOf = statementNames({ most: 10, after: 3 });
    expect(['select 1', 'select 1', 'select 1', 'select 1'].map(nameOf)).toEqual([
      '',
      '',
      'headwater_0',
      'headwater_0',
    ]);
    expect(['select 2', 'select 2', 'select 2'].map(nameOf)).toEqual(['', '', 'headwater_1']);
  });

  it('are no more than were allowed, and those named stay so', () => {
    const nameOf = statementNames({ most: 1, after: 1 });
    expect(['select 1', 'select 2', 'select 2', 'select 1'].map(nameOf)).toEqual([
      'headwater_0',
      '',
      '',
      'headwater_0',
    ]);
  });

  it('are given to what is asked often among many that are asked once', () => {
    const nameOf = statementNames({ most: 10, after: 2 });
    for (let i = 0; i < 20_000; i += 1) {
      expect(nameOf(`select ${i} as once`)).toBe('');
      nameOf('select 1');
    }
    expect(nameOf('select 1')).toBe('headwater_0');
  });
});
