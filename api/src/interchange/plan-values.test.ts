import { constants } from 'node:buffer';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from './plan-values.ts';

/** The definition: of the text of the whole, its names sorted, as JSON.stringify has it. */
function ofWholeText(value: unknown): string {
  const text = JSON.stringify(value, (_name, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
  return createHash('sha256').update(text).digest('hex');
}

describe('digestOf', () => {
  it('is that of the whole text, for whatever is recorded already', () => {
    const moment = new Date(0);
    for (const value of [
      {
        samples: [
          { b: 1, a: '\ud800é"' },
          { '10': 1, '9': 2, x: undefined },
        ],
        moment,
        no: undefined,
      },
      [undefined, [undefined, Number.NaN], moment, { nested: { moment, none: null } }],
      { '2': [], '10': {}, a: [[]], ['__proto__']: 'own' },
      'text',
      null,
      5,
    ])
      expect(digestOf(value)).toBe(ofWholeText(value));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(digestOf(value)).toBe(ofWholeText(value));
      }),
    );
    // sha256sum of {"a":null,"b":[1,{"c":"x","d":2}]}
    expect(digestOf({ b: [1, { d: 2, c: 'x' }], a: null })).toBe(
      '7270c42e58aa2364256575d488b9d8d3db498afc0666c0fd2a16909d9a78372c',
    );
  });

  it('takes elements as they come, as of a list of them', () => {
    function* samples() {
      yield { b: 1, a: 2 };
      yield { b: 3, a: [4] };
    }
    expect(digestOf({ samples: samples() })).toBe(digestOf({ samples: [...samples()] }));
    expect(digestOf({ samples: [].values() })).toBe(digestOf({ samples: [] }));
  });

  it('holds the text of no more than one element: of all together there may be more than a string can hold', () => {
    const long = 'x'.repeat(8 * 1024 * 1024);
    const samples = Array.from({ length: 70 }, (_, i) => ({ id: i, long }));
    expect(samples.length * long.length).toBeGreaterThan(constants.MAX_STRING_LENGTH);
    expect(digestOf({ samples })).toMatch(/^[0-9a-f]{64}$/);
  });
});
