import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BODY } from './limits.ts';
import { scanBody } from './scan-body.ts';

const scan = (text: string) => scanBody(Buffer.from(text));
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe("a body's bytes", () => {
  it('pass where they are any JSON of an ordinary size, whatever its strings hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10, noUnicodeString: false }), (value) => {
        expect(scan(JSON.stringify(value))).toBeNull();
        expect(scan(JSON.stringify(JSON.stringify(value)))).toBeNull();
      }),
    );
  });

  it('are refused where brackets are nested too deep, closed or not, and not for brackets in strings', () => {
    expect(scan(nested(BODY.depth))).toBeNull();
    expect(scan(nested(BODY.depth + 1))).toMatch(/nested 44 deep/);
    expect(scan('{"a":'.repeat(BODY.depth + 1))).toMatch(/nested 44 deep/);
    expect(scan(JSON.stringify('['.repeat(1_000)))).toBeNull();
    expect(scan(JSON.stringify({ '\\"[': `${'\\'.repeat(3)}"${'{'.repeat(1_000)}` }))).toBeNull();
  });

  it('are refused where they hold too many values, or too many strings', () => {
    expect(scan(`[${'1,'.repeat(BODY.values)}1]`)).toBeNull();
    expect(scan(`[${'1,'.repeat(BODY.values + 1)}1]`)).toMatch(/55,000 values/);
    expect(scan('""'.repeat(2 * BODY.values + 1))).toMatch(/55,000 values/);
  });

  it('are refused where they are no UTF-8, or a string in them has no end', () => {
    for (const bytes of ['\xff', '"\xc0\xaf"', '"\xed\xa0\x80"', '{"a":"\xf8\x88\x80\x80\x80"}'])
      expect(scanBody(Buffer.from(bytes, 'latin1'))).toMatch(/UTF-8/);
    expect(scan('{"a":"b')).toMatch(/does not end/);
    expect(scan('"\\"')).toMatch(/does not end/);
  });
});
