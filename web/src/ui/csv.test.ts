import { describe, expect, it } from 'vitest';
import { csvCell, csvText } from './csv.ts';

describe('a CSV file', () => {
  it('quotes every cell, and doubles the quotes in it', () => {
    expect(
      csvText([
        ['a', 'say "b"', 'c,d\ne'],
        [1, null, ''],
      ]),
    ).toBe('\ufeff"a","say ""b""","c,d\ne"\r\n"1","",""\r\n');
  });

  it('leaves nothing that a spreadsheet would run', () => {
    const hostile = [
      '=HYPERLINK("http://x")',
      '+1+cmd',
      '-2+3',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '  =1',
      '＝1',
      '\ufeff=1',
      '\u200b=1',
      '|calc',
      '%0A',
    ];
    for (const text of hostile) expect(csvCell(text).startsWith(`"'`), text).toBe(true);
  });

  it('leaves a negative number a number, and words words', () => {
    expect(['-12', '-0.5', 'model:a@b', 'a = b', 'x-y'].map(csvCell)).toEqual([
      '"-12"',
      '"-0.5"',
      '"model:a@b"',
      '"a = b"',
      '"x-y"',
    ]);
  });
});
