import { describe, expect, it } from 'vitest';
import { reportedValue } from './reported-value.ts';

describe('a reported value', () => {
  it('is written in its own unit, with the qualifier that the source gave', () => {
    expect(reportedValue({ value: 0.03, unit: 'rate', qualifier: 'APPROXIMATE' })).toBe('≈ 3%');
    expect(reportedValue({ value: 28, unit: '×', qualifier: 'EXACT' })).toBe('28 ×');
    expect(reportedValue({ value: 0.01, unit: 'fraction', qualifier: 'AT_MOST' })).toBe('≤ 1%');
  });

  it('keeps a range a range and zero a value', () => {
    expect(reportedValue({ lower: 1.3, upper: 3, unit: '× lower', qualifier: 'EXACT' })).toBe(
      '1.3 × lower to 3 × lower',
    );
    expect(reportedValue({ value: 0, unit: 'rate', qualifier: 'EXACT' })).toBe('0%');
  });

  it('is no number where none was stated', () => {
    expect(reportedValue({ qualifier: 'EXACT' })).toBeNull();
  });
});
