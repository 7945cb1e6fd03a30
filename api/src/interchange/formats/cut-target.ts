// Targets are kept cut, and two that begin alike are no one target: what is cut names the whole by its digest.
import { shorten } from '../inspect/plain-values.ts';
import { sha256 } from '../plan-values.ts';

/** At most `longest` UTF-16 units of it, and behind them, where it is longer, the first 64 bits of its SHA-256. */
export function cutTarget(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${shorten(text, longest)} [SHA-256 ${sha256(text).slice(0, 16)}]`;
}

/** What a report says of a target that is kept so. */
export const keptOfTarget = (longest: number): string =>
  `target of the sample, its first ${longest} characters, with the digest of the whole where it is longer`;
