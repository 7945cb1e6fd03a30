import { describe, expect, it } from 'vitest';
import { untilThen } from './use-expired.ts';

const now = Date.parse('2026-05-08T14:00:00Z');

describe('the end of a ticket', () => {
  it('is waited for as long as it takes, and not at all once it is past', () => {
    expect(untilThen('2026-05-08T14:15:00Z', now)).toBe(15 * 60 * 1000);
    expect(untilThen('2026-05-08T13:59:59Z', now)).toBe(0);
    expect(untilThen('no time', now)).toBe(0);
  });

  it('is never so far away that a timer would fire at once', () => {
    expect(untilThen('2099-01-01T00:00:00Z', now)).toBe(2 ** 31 - 1);
  });
});
