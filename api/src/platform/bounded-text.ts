// Text that fits into a column, and stays apart from others that begin alike.
import { createHash } from 'node:crypto';
import { oneLine } from './file-name.ts';

/** One line of at most `longest` UTF-16 units; a longer one ends in a digest of the whole, so that it stays apart. */
export function bounded(text: string, longest: number): string {
  const line = oneLine(text);
  if (line.length <= longest) return line;
  const kept = line.slice(0, longest - 10).replace(/[\ud800-\udbff]$/, '');
  return `${kept}…~${sha256(line).slice(0, 8)}`;
}

/** In hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
