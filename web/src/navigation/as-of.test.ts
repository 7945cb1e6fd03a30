import { describe, expect, it } from 'vitest';
import { readAsOf } from './as-of.ts';

describe('the moment that an address asks for', () => {
  it('is the end of a day in UTC where it names a day', () => {
    expect(readAsOf('2026-01-01')).toEqual({ at: '2026-01-01T23:59:59.999Z', neither: null });
    expect(readAsOf(' 2024-02-29 ').at).toBe('2024-02-29T23:59:59.999Z');
  });

  it('is the moment where it names one with its zone', () => {
    for (const moment of ['2026-05-08T14:03:00Z', '2026-05-08T14:03:00.123456Z', '2026-05-08T14:03:00-07:00'])
      expect(readAsOf(moment)).toEqual({ at: moment, neither: null });
    expect(readAsOf('2026-05-08T14:03:00 02:00').at).toBe('2026-05-08T14:03:00+02:00');
  });

  it('is none where nothing is asked for', () => {
    for (const none of [null, undefined, '', '  '])
      expect(readAsOf(none)).toEqual({ at: null, neither: null });
  });

  it.each([
    'yesterday',
    '2026',
    '2026-1-1',
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '0000-01-01',
    '2026-01-01T10:00',
    '2026-01-01T10:00:00',
    '2026-01-01T25:00:00Z',
    '08.05.2026',
    '2026-01-01; drop',
  ])('is handed back where it is neither: %s', (text) => {
    expect(readAsOf(text)).toEqual({ at: null, neither: text });
  });
});
