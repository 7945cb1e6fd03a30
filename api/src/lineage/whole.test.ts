import { describe, expect, it } from 'vitest';
import { InputRefusal } from '../platform/refusal.ts';
import { whole } from './whole.ts';

describe('what a search found', () => {
  it('is taken where it is all', () => {
    expect(whole([1n, 2n], 2)).toEqual([1n, 2n]);
  });

  it('is refused where there is more: an answer from a part would be a wrong one', () => {
    expect(() => whole([1n, 2n, 3n], 2)).toThrow(InputRefusal);
    expect(() => whole([1n, 2n, 3n], 2)).toThrow('This leads to more than 2 things');
  });
});
