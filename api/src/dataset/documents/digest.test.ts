import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIGEST_ALGORITHMS, DIGEST_BYTES, formatDigest, parseDigest } from './digest.ts';

describe('a digest', () => {
  it('is written again as it was read, whatever its algorithm and bytes', () => {
    const any = fc
      .constantFrom(...DIGEST_ALGORITHMS)
      .chain((algorithm) =>
        fc
          .uint8Array({ minLength: DIGEST_BYTES[algorithm], maxLength: DIGEST_BYTES[algorithm] })
          .map((bytes) => `${algorithm.toLowerCase()}:${Buffer.from(bytes).toString('hex')}`),
      );
    fc.assert(fc.property(any, (text) => formatDigest(parseDigest(text)!) === text));
  });

  it('is SHA-256 where nothing is said, in letters of either case', () => {
    const hex = 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855';
    expect(formatDigest(parseDigest(hex)!)).toBe(`sha256:${hex.toLowerCase()}`);
    expect(parseDigest(`SHA-256:${hex}`)).toEqual(parseDigest(hex));
  });

  it('is none where its length is another, or its algorithm unknown', () => {
    for (const text of ['', 'sha256:ab', `md5:${'a'.repeat(64)}`, `crc:${'a'.repeat(64)}`, 'g'.repeat(64)])
      expect(parseDigest(text), text).toBeNull();
  });
});
