// Digests of documents' bytes, as people write them and as they are kept: the first eight bytes as a number, and the rest.

/** The bytes of each. */
export const DIGEST_BYTES = { SHA256: 32, SHA1: 20, MD5: 16, SHA512: 64, BLAKE3: 32 } as const;
export type DigestAlgorithm = keyof typeof DIGEST_BYTES;
export const DIGEST_ALGORITHMS = Object.keys(DIGEST_BYTES) as DigestAlgorithm[];

export interface Digest {
  algorithm: DigestAlgorithm;
  /** The first eight bytes, as a signed number of 64 bits. */
  head: bigint;
  /** The rest, in hexadecimal. */
  tail: string;
}

export const DIGEST_FORM = 'sha256: and 64 hexadecimal digits; sha1, md5, sha512 and blake3 likewise';
const HEAD = 16;

/** Reads `sha256:<hex>`, or hexadecimal digits alone, which are SHA-256; null for what is no digest. */
export function parseDigest(text: string): Digest | null {
  const found = /^(?:([a-z0-9-]{3,8}):)?([0-9a-f]{32,128})$/i.exec(text.trim());
  if (found === null) return null;
  const name = (found[1] ?? 'sha256').replace('-', '').toUpperCase();
  const algorithm = DIGEST_ALGORITHMS.find((known) => known === name);
  const hex = found[2]!.toLowerCase();
  if (algorithm === undefined || hex.length !== DIGEST_BYTES[algorithm] * 2) return null;
  const head = BigInt.asIntN(64, BigInt(`0x${hex.slice(0, HEAD)}`));
  return { algorithm, head, tail: hex.slice(HEAD) };
}

export function formatDigest({ algorithm, head, tail }: Digest): string {
  const start = BigInt.asUintN(64, head).toString(16).padStart(HEAD, '0');
  return `${algorithm.toLowerCase()}:${start}${tail}`;
}
