import { describe, expect, it } from 'vitest';
import { readChosen, refOf } from './chosen.ts';

describe('the address of common causes', () => {
  it('names each incident once, by key or by reference', () => {
    expect(readChosen({ incidents: ['MBI-2025-0001', ' MBI-2025-0002', 'MBI-2025-0001', ''] })).toEqual({
      incidents: ['MBI-2025-0001', 'MBI-2025-0002'],
      threshold: 0.001,
    });
    expect(readChosen({ incidents: 'abc', threshold: '0.1' })).toEqual({
      incidents: ['abc'],
      threshold: 0.1,
    });
    expect(readChosen({}).incidents).toEqual([]);
    expect(refOf('mbi-2025-0001')).toBe('incident:MBI-2025-0001');
    expect(refOf('abc')).toBe('abc');
  });

  it('has one of the thresholds that can be chosen, whatever it says', () => {
    for (const threshold of ['2', '-1', 'x', '']) expect(readChosen({ threshold }).threshold).toBe(0.001);
  });
});
