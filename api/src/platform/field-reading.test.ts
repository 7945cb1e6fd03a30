import { describe, expect, it } from 'vitest';
import {
  countField,
  momentField,
  neededText,
  numberField,
  refuseUnknown,
  textField,
} from './field-reading.ts';

describe('the fields of a record', () => {
  it('are read alike from JSON and from CSV', () => {
    expect([
      numberField({ n: 0.5 }, 'n'),
      numberField({ n: '0.5' }, 'n'),
      numberField({ n: '' }, 'n'),
    ]).toEqual([0.5, 0.5, null]);
    expect([countField({ n: 7 }, 'n'), countField({ n: '9223372036854775807' }, 'n')]).toEqual([
      7n,
      9223372036854775807n,
    ]);
    expect(momentField({ at: '2026-01-02T03:04:05+01:00' }, 'at')).toEqual(new Date('2026-01-02T02:04:05Z'));
  });

  it('are refused where they are not what they are to be', () => {
    const wrong = [
      () => neededText({}, 'a'),
      () => textField({ a: 1 }, 'a'),
      () => textField({ a: 'x\0' }, 'a'),
      () => textField({ a: '\ud800' }, 'a'),
      () => textField({ a: 'long' }, 'a', 3),
      () => numberField({ a: 'seven' }, 'a'),
      () => numberField({ a: ' ' }, 'a'),
      () => countField({ a: -1 }, 'a'),
      () => countField({ a: 1.5 }, 'a'),
      () => countField({ a: '9223372036854775808' }, 'a'),
      () => countField({ a: 2 ** 60 }, 'a'),
      () => momentField({ a: '2026-01-02' }, 'a'),
      () => refuseUnknown({ a: 1 }, new Set(['b'])),
    ];
    for (const read of wrong) expect(read, String(read)).toThrow(/^a /);
    expect(textField({ a: '😀' }, 'a')).toBe('😀');
  });
});
