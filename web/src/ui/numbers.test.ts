import { describe, expect, it } from 'vitest';
import {
  compact,
  day,
  exactMoment,
  exactPercent,
  grouped,
  moment,
  percent,
  plural,
  points,
  size,
  words,
} from './numbers.ts';

describe('figures', () => {
  it('writes a share with the digits that mean something', () => {
    expect([0, 0.84, 0.1234, 0.0123, 0.00012, 0.000001, 1].map(percent)).toEqual([
      '0%',
      '84%',
      '12.3%',
      '1.23%',
      '0.012%',
      '<0.001%',
      '100%',
    ]);
  });

  it('never rounds nearly all up to all', () => {
    expect(percent(0.99999)).toBe('>99.9%');
    expect(percent(0.99999999)).toBe('>99.9%');
    expect(percent(0.999)).toBe('99.9%');
    expect(exactPercent(0.99999)).toBe('99.999%');
  });

  it('takes what fractions add up to for the whole that they are', () => {
    expect(percent(0.1 + 0.2 + 0.3 + 0.4 - 1e-16)).toBe('100%');
    expect(percent(1 - 3e-16)).toBe('100%');
  });

  it('writes a difference with its sign', () => {
    expect([0.032, -0.41, 0].map(points)).toEqual(['+3.2', '−41', '0']);
  });

  it('shortens large counts and keeps every digit in the long form', () => {
    expect(['299892736000', '4174', '999', '1500000', '11000000000000', 999999].map(compact)).toEqual([
      '299.9B',
      '4.174k',
      '999',
      '1.5M',
      '11T',
      '1M',
    ]);
    expect(grouped('123456789012345678901')).toBe('123,456,789,012,345,678,901');
    expect(grouped(-1234.5)).toBe('-1,234.5');
  });

  it('writes how large a file is in units that people know', () => {
    expect([0, 1, 999, '1223', 335839, 999_949, 999_950, '2199023255552'].map(size)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1.2 kB',
      '335.8 kB',
      '999.9 kB',
      '1 MB',
      '2.2 TB',
    ]);
  });

  it('writes enum values, plurals and days as people do', () => {
    expect(['SAFETY_TEST', 'SFT', 'OTHER'].map(words)).toEqual(['Safety test', 'SFT', 'Other']);
    expect([plural(1, 'source'), plural(1200, 'source'), plural(0, 'entry', 'entries')]).toEqual([
      '1 source',
      '1,200 sources',
      '0 entries',
    ]);
    expect(day('2026-05-08T23:59:59.000Z')).toBe('8 May 2026');
    expect(moment('2026-05-08T04:03:00.000Z')).toBe('8 May 2026, 04:03 UTC');
    expect(day('not a day')).toBe('not a day');
    expect(exactMoment('2026-05-08T04:03:09.120Z')).toBe('8 May 2026, 04:03:09 UTC');
    expect(exactMoment('never')).toBe('never');
  });
});
