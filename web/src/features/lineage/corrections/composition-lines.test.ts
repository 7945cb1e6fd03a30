import { describe, expect, it } from 'vitest';
import { lineOfFailure, needsName, toInputs, toLine } from './composition-lines.ts';

const written = (ref: string, unit: 'TOKENS' | 'ROWS' | null) => ({ ref, amount: 12, unit, epochs: 2 });

describe('the inputs of a composition as lines', () => {
  it('keep the unit of each that counts something else, and are sent as they were written', () => {
    const lines = [written('source:a', 'TOKENS'), written('source:b', 'ROWS'), written('source:c', null)].map(
      (input, key) => toLine(key, 'TOKENS', input),
    );
    expect(lines.map((line) => line.unit)).toEqual(['', 'ROWS', '']);
    expect(toInputs(lines)).toEqual([
      { of: 'source:a', amount: 12, unit: null, epochs: 2 },
      { of: 'source:b', amount: 12, unit: 'ROWS', epochs: 2 },
      { of: 'source:c', amount: 12, unit: null, epochs: 2 },
    ]);
  });

  it('leave out a line of which nothing was typed, and none that says how much', () => {
    const empty = toLine(0);
    expect(toInputs([empty])).toEqual([]);
    expect(needsName(empty)).toBe(false);
    for (const typed of [{ amount: '1' }, { epochs: '2' }, { unit: 'ROWS' as const }])
      expect(needsName({ ...empty, ...typed })).toBe(true);
    expect(toInputs([{ ...empty, of: ' source:a ' }])).toEqual([
      { of: 'source:a', amount: null, unit: null, epochs: null },
    ]);
  });

  it('are found by the place that a failure names among those that were sent', () => {
    const lines = [toLine(0), { ...toLine(1), of: 'source:a' }, { ...toLine(2), of: 'source:b' }];
    expect(lineOfFailure(lines, ['composition', 'inputs', '1', 'of'])).toBe(2);
    expect(lineOfFailure(lines, ['composition', 'total'])).toBeNull();
    expect(lineOfFailure(lines, ['composition', 'inputs'])).toBeNull();
  });
});
