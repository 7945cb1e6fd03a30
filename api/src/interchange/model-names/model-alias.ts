// The names by which logs call models: what each was confirmed to mean, and what one that is new may mean.
import type { VisibilityWord } from '../../lineage/node.ts';

export interface ModelAliasRow {
  id: bigint;
  name: string;
  modelVersionId: bigint;
  /** The node reference of that model version. */
  ref: string;
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
  recordedAt: Date;
  retractedAt: Date | null;
}

/** The words of a name: letters and digits between anything else, without case. */
export function wordsOfName(name: string): string[] {
  return [...new Set(name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
}

const ALIKE = 0.4;
const MOST = 5;

/**
 * What a name may mean, most alike first: by the share of words that both have. It is for a person to say which, if
 * any, is meant.
 */
export function alikeNames<C extends { name: string | null; version: string | null }>(
  stated: string,
  known: readonly C[],
): C[] {
  const asked = new Set(wordsOfName(stated));
  return known
    .map((one) => {
      const words = new Set(wordsOfName(`${one.name ?? ''} ${one.version ?? ''}`));
      const both = [...asked].filter((word) => words.has(word)).length;
      return { one, share: both / (asked.size + words.size - both || 1) };
    })
    .filter(({ share }) => share >= ALIKE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST)
    .map(({ one }) => one);
}
