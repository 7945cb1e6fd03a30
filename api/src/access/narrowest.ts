import type { VisibilityWord } from '../lineage/node.ts';

const NARROW_FIRST: readonly VisibilityWord[] = ['RESTRICTED', 'TEAM', 'MEMBERS', 'PUBLIC'];

/** The narrowest of several visibilities: what rests on them may be no wider. */
export function narrowest(...words: readonly VisibilityWord[]): VisibilityWord {
  return NARROW_FIRST.find((word) => words.includes(word)) ?? 'MEMBERS';
}

/** A visibility as it is for what a team records: another team's `TEAM` is for none of them. */
export function withinTeam(
  { visibility, teamId }: { visibility: VisibilityWord; teamId: bigint },
  team: bigint,
): VisibilityWord {
  return visibility === 'TEAM' && teamId !== team ? 'RESTRICTED' : visibility;
}

export function isWider(one: VisibilityWord, than: VisibilityWord): boolean {
  return NARROW_FIRST.indexOf(one) > NARROW_FIRST.indexOf(than);
}
