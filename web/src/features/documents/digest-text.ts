/** The lengths of the digests that are known, in hexadecimal digits. */
const DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha1: 40, md5: 32, sha512: 128, blake3: 64 };

/** What was typed, as a digest (`sha256:…`); null where it is none. Digits alone are SHA-256. */
export function asDigest(typed: string): string | null {
  const found = /^(?:([a-z0-9-]{3,8}):)?([0-9a-f]{32,128})$/i.exec(typed.trim());
  if (found === null) return null;
  const algorithm = (found[1] ?? 'sha256').toLowerCase().replace('-', '');
  const digits = found[2]?.toLowerCase() ?? '';
  return DIGITS[algorithm] === digits.length ? `${algorithm}:${digits}` : null;
}
