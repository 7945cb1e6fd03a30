import { describe, expect, it } from 'vitest';
import { cutChanges } from './reading-changes.ts';

const changes = (count: number) =>
  Array.from({ length: count }, (_, nth) => ({
    run: null,
    subject: `field ${nth}`,
    before: null,
    after: 'kept',
  }));

describe('what is told of a file that says very much otherwise', () => {
  it('is all of it where a list can show it', () => {
    expect(cutChanges(changes(1_000), 1_000)).toEqual(changes(1_000));
  });

  it('is its first, and how many are not listed, of however many are at hand', () => {
    const more = { run: null, subject: 'further changes, not listed', before: null, after: '4001' };
    for (const atHand of [1_000, 5_000])
      expect(cutChanges(changes(atHand), 5_000)).toEqual([...changes(999), more]);
  });
});
