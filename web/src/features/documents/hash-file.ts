/** Larger ones would have to lie in memory whole: a browser hashes nothing piece by piece. */
export const LARGEST = 1024 ** 3;

/** The SHA-256 of a file's bytes, as `sha256:…`, worked out here; a sentence where that cannot be done. */
export async function hashFile(file: File): Promise<{ digest: string } | { problem: string }> {
  if (file.size > LARGEST)
    return { problem: 'The file is larger than 1 GiB. Work out its SHA-256 with sha256sum, and paste that.' };
  // Browsers have it on https and on this machine alone.
  if (!globalThis.crypto?.subtle)
    return {
      problem:
        'This browser works out digests over https alone. Work out the SHA-256 with sha256sum, and paste that.',
    };
  try {
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    return { digest: `sha256:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}` };
  } catch {
    return { problem: 'The file could not be read.' };
  }
}
