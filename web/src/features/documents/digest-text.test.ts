import { describe, expect, it } from 'vitest';
import { asDigest } from './digest-text.ts';

describe('asDigest', () => {
  it('takes a digest with its algorithm, or the digits of SHA-256 alone', () => {
    const digits = 'ab'.repeat(32);
    expect(asDigest(` ${digits.toUpperCase()} `)).toBe(`sha256:${digits}`);
    expect(asDigest(`SHA-256:${digits}`)).toBe(`sha256:${digits}`);
    expect(asDigest(`sha1:${'0'.repeat(40)}`)).toBe(`sha1:${'0'.repeat(40)}`);
  });

  it('leaves what is an id to be one', () => {
    for (const text of ['', 'web-000123', 'ab'.repeat(20), `crc:${'a'.repeat(64)}`, `md5:${'a'.repeat(64)}`])
      expect(asDigest(text), text).toBeNull();
  });
});
