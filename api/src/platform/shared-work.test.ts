import { describe, expect, it } from 'vitest';
import { sharedWork } from './shared-work.ts';

describe('work that is shared', () => {
  it('is done once for all who ask meanwhile, and anew after that, failed or not', async () => {
    let done = 0;
    const ask = sharedWork(async () => {
      done += 1;
      if (done === 2) throw new Error('the second');
      return done;
    });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    const failed = await Promise.allSettled([ask(), ask()]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask()).toBe(3);
  });
});
