import { describe, expect, it } from 'vitest';
import { paceOf, SLOW_AFTER } from './pace.ts';

describe('the pace of a picture', () => {
  it('is fast where it moves by more than 0.7 px in a ms, either way and across', () => {
    const pace = paceOf();
    expect(pace(0, 5000, 0)).toBe(false);
    expect(pace(0, 5011, 16)).toBe(false);
    expect(pace(8, 5020, 32)).toBe(true);
    const back = paceOf();
    back(0, 5000, 0);
    expect(back(0, 4900, 16)).toBe(true);
  });

  it('is slow again a while after it was fast last', () => {
    const pace = paceOf();
    pace(0, 0, 0);
    expect(pace(0, 400, 16)).toBe(true);
    expect(pace(0, 400, 15 + SLOW_AFTER)).toBe(true);
    expect(pace(0, 400, 16 + SLOW_AFTER)).toBe(false);
  });
});
