import { describe, expect, it } from 'vitest';
import { type Decision, type JsonPath, JsonScanner } from './json-scanner.ts';
import type { JsonValue } from './json-value.ts';

const WIDE = { nesting: 100, valueBytes: 1_000_000 };

function scan(
  text: string,
  piece = text.length,
  decide: (path: JsonPath) => Decision = () => 'build',
  bounds = WIDE,
) {
  const values: [string, JsonValue][] = [];
  const skipped: [string, number][] = [];
  const tooLarge: string[] = [];
  const closed: string[] = [];
  const scanner = new JsonScanner(
    {
      decide,
      value: (path, value) => values.push([path.join('.'), value]),
      skipped: (path, count) => skipped.push([path.join('.'), count]),
      tooLarge: (path) => tooLarge.push(path.join('.')),
      closed: (path) => closed.push(path.join('.')),
    },
    bounds,
  );
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += Math.max(piece, 1))
    scanner.write(bytes.subarray(at, at + Math.max(piece, 1)));
  scanner.end();
  return { values, skipped, tooLarge, closed, replaced: scanner.replaced, whole: values[0]?.[1] };
}

const RICH = '{"a":[1,-2.5e3,true,false,null,{"b":"ü\\n\\"\\\\\\u00e9😀"}],"":{},"c":[],"__proto__":{"x":1}}';

describe('JsonScanner', () => {
  it('builds what JSON.parse builds, wherever the pieces are cut', () => {
    for (const piece of [1, 2, 3, 7, 1000]) expect(scan(RICH, piece).whole).toEqual(JSON.parse(RICH));
  });

  it('keeps a name such as __proto__ as a plain member', () => {
    const whole = scan(RICH).whole as { [key: string]: JsonValue };
    expect(Object.hasOwn(whole, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(whole)).toBe(Object.prototype);
  });

  it('takes bare NaN and infinities as numbers, and leaves the words inside strings alone', () => {
    expect(scan('[NaN, Infinity, -Infinity, "NaN, x: NaN"]', 1).whole).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      'NaN, x: NaN',
    ]);
  });

  it('gives an integer that a double cannot hold as its digits', () => {
    expect(scan('[9007199254740993, 9007199254740991]').whole).toEqual([
      '9007199254740993',
      9007199254740991,
    ]);
  });

  it('asks for every child of what is entered, and holds nothing of what is passed over', () => {
    const decide = (path: JsonPath): Decision => {
      if (path.length === 0 || path[0] === 'in') return path.length < 2 ? 'descend' : 'build';
      return 'skip';
    };
    const seen = scan('{"in":{"x":[1]},"out":[[1,2],{"y":"z"}],"n":null}', 2, decide);
    expect(seen.values).toEqual([['in.x', [1]]]);
    expect(seen.skipped).toEqual([
      ['out', 2],
      ['n', 0],
    ]);
    expect(seen.closed).toEqual(['in', '']);
  });

  it('names a value that passes its bound and goes on behind it', () => {
    const decide = (path: JsonPath): Decision => (path.length === 0 ? 'descend' : 'build');
    const text = JSON.stringify({ big: 'x'.repeat(500), wide: Array(100).fill(1), small: 1 });
    const seen = scan(text, 33, decide, { nesting: 10, valueBytes: 200 });
    expect(seen.tooLarge).toEqual(['big', 'wide']);
    expect(seen.values).toEqual([['small', 1]]);
  });

  it('tells where a container that is entered begins and ends, in bytes of the document', () => {
    const text = '\ufeff{"samples" : [ {"a":"ü"} , {"b":[1, {"c":2}]}\n]}';
    const bytes = Buffer.from(text);
    for (const piece of [3, 4, 1000]) {
      const begun: number[] = [];
      const found: string[] = [];
      const scanner: JsonScanner = new JsonScanner(
        {
          decide: (path) => {
            if (path.length === 2) begun.push(scanner.position);
            return path.length > 2 ? 'skip' : 'descend';
          },
          value: () => undefined,
          skipped: () => undefined,
          tooLarge: () => undefined,
          closed: (path) => {
            if (path.length === 2) found.push(bytes.subarray(begun.at(-1), scanner.position).toString());
          },
        },
        WIDE,
      );
      for (let at = 0; at < bytes.length; at += piece) scanner.write(bytes.subarray(at, at + piece));
      scanner.end();
      expect(found).toEqual(['{"a":"ü"}', '{"b":[1, {"c":2}]}']);
    }
  });

  it('replaces characters that Postgres cannot hold, and counts them', () => {
    const seen = scan('["a\\u0000b", "\\ud83d", "\\ud83d\\ude00"]');
    expect(seen.whole).toEqual(['a\ufffdb', '\ufffd', '😀']);
    expect(seen.replaced).toBe(2);
  });

  it.each([
    ['{"a":1', 'cut short'],
    ['{"a":"x', 'cut short'],
    ['', 'cut short'],
    ['{} {}', 'follows the end'],
    ['[1,]', 'Not valid JSON'],
    ['{"a" 1}', 'Not valid JSON'],
    ['{"a":1]', 'Not valid JSON'],
    ['[nan]', 'Not valid JSON'],
    ['[01]', 'Not valid JSON'],
    ['["a\nb"]', 'Not valid JSON'],
    ['["\\x"]', 'escape'],
    ['['.repeat(101), 'nests deeper'],
  ])('refuses %j', (text, reason) => {
    expect(() => scan(text)).toThrow(reason);
  });
});
