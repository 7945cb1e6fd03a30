import { describe, expect, it } from 'vitest';
import { endOfTicket, openedNow, untilThen } from './use-expired.ts';

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

describe('the end of a ticket by the clock of the browser', () => {
  const lasts = 10 * 60 * 1000;
  const end = (expiresAt: string) => endOfTicket(expiresAt, lasts, now);

  it('is when the server says, where the clocks agree', () => {
    expect(end('2026-05-08T14:10:00Z')).toBe('2026-05-08T14:10:00Z');
    expect(end('2026-05-08T14:09:20Z')).toBe('2026-05-08T14:09:20Z');
    expect(end('2026-05-08T14:10:40Z')).toBe('2026-05-08T14:10:40Z');
  });

  it('is as long from now as it lasts, where the clock of the browser is wrong', () => {
    for (const wrong of ['2026-05-08T13:00:00Z', '2026-05-08T14:00:00Z', '2026-05-08T15:00:00Z', 'no time'])
      expect(end(wrong)).toBe('2026-05-08T14:10:00.000Z');
  });
});

describe('what a reason has opened', () => {
  const opened = (expiresAt: string) => openedNow({ text: 'x', ticket: 't', expiresAt }, now);

  it('is open for ten minutes, by a clock that is wrong as by one that is right', () => {
    const whole = { text: 'x', ticket: 't', expiresAt: '2026-05-08T14:10:00.000Z' };
    // An hour fast: it would have ended before it began. An hour slow: it would be offered when it has ended.
    for (const expiresAt of [whole.expiresAt, '2026-05-08T13:10:00.000Z', '2026-05-08T15:10:00.000Z']) {
      expect(opened(expiresAt)).toEqual(whole);
      expect(untilThen(opened(expiresAt).expiresAt, now)).toBe(10 * 60 * 1000);
    }
  });
});
