// The names by which logs call models: what each was confirmed to mean, and what one that is new may mean.
import type { VisibilityWord } from '../../lineage/node.ts';
import { bounded, LONGEST_NAME } from '../plan-values.ts';

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

/** The version of a model of which a file states none. */
export const UNSPECIFIED = 'unspecified';

/**
 * What a file's word for a model is confirmed by: the name, and with the version where one is stated. So what was
 * confirmed of a name alone says nothing of its revisions, each of which is another model.
 */
export function nameToConfirm({ name, version }: { name: string; version: string }): string {
  return bounded(version === UNSPECIFIED ? name : `${name}@${version}`, LONGEST_NAME);
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
