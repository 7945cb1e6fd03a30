import type { RandomFile } from './random-file.ts';

/** A file in memory, which counts how much of it was read. */
export function fileOf(bytes: Buffer): RandomFile & { read: number } {
  return {
    bytes: bytes.length,
    read: 0,
    async *stream(from, length) {
      if (from < 0 || length < 0 || from + length > bytes.length) throw new Error('beyond the file');
      for (let at = from; at < from + length; at += 4_096) {
        const piece = bytes.subarray(at, Math.min(at + 4_096, from + length));
        this.read += piece.length;
        yield piece;
      }
    },
  };
}
