// Whether everybody who sees one row sees another, too. Where that is not certain, the answer is no.
import type { VisibilityWord } from '../lineage/node.ts';

/** Who may see a row, by itself. */
export interface Guard {
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
  /** Under an embargo that has not ended. */
  embargoed: boolean;
  /** Whom it is shared with by name. */
  named: readonly bigint[];
  /** Where they are kept, and more may be named later. */
  audienceId?: bigint | null;
}

/** Of everybody who is asked about, the teams that they belong to. */
export type Teams = ReadonlyMap<bigint, readonly bigint[]>;

/**
 * Whether whoever sees `narrow` sees `wide`. Auditors and administrators see both. An embargo on `narrow` is left out of
 * account, because the clock lifts it.
 */
export function seenWherever(narrow: Guard, wide: Guard, teams: Teams): boolean {
  const word = wide.embargoed && wide.visibility !== 'RESTRICTED' ? 'TEAM' : wide.visibility;
  if (word === 'PUBLIC') return true;
  if (word === 'MEMBERS') return narrow.visibility !== 'PUBLIC';
  if (narrow.visibility === 'PUBLIC' || narrow.visibility === 'MEMBERS') return false;
  if (narrow.visibility === 'TEAM' && (word !== 'TEAM' || narrow.teamId !== wide.teamId)) return false;
  return [narrow.actorId, ...narrow.named].every(
    (person) =>
      person === wide.actorId ||
      wide.named.includes(person) ||
      (word === 'TEAM' && (teams.get(person) ?? []).includes(wide.teamId)),
  );
}

/** Whether whoever is named on `narrow` from now on sees `wide`, too: all members do, or they are named on both at once. */
function seenByNamedLater(narrow: Guard, wide: Guard): boolean {
  const isForMembers = (wide.visibility === 'PUBLIC' || wide.visibility === 'MEMBERS') && !wide.embargoed;
  return isForMembers || narrow.audienceId == null || narrow.audienceId === wide.audienceId;
}

/**
 * Whether whoever sees `narrow` sees `wide`, whoever is named on `narrow` now or later. It is decided by the words, the
 * teams and whether both have the one audience, and never by holding two lists of people against each other: whoever
 * names whom they like on the one could read from the answer who is named on the other.
 */
export function seenWhoeverIsNamed(narrow: Guard, wide: Guard, teams: Teams): boolean {
  return seenByNamedLater(narrow, wide) && seenWherever(narrow, wide, teams);
}

const WIDEST_FIRST: readonly VisibilityWord[] = ['PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED'];

/** The widest that a new row of this author and team may be where it has to suit; the narrowest where none does. */
export function widestThat(by: { teamId: bigint; actorId: bigint }, suits: (guard: Guard) => boolean): Guard {
  const guards = WIDEST_FIRST.map(
    (visibility): Guard => ({ ...by, visibility, embargoed: false, named: [] }),
  );
  return guards.find(suits) ?? guards.at(-1)!;
}

/** The widest where all who see it must see the others. */
export const widestWithin = (
  by: { teamId: bigint; actorId: bigint },
  others: readonly Guard[],
  teams: Teams,
): Guard => widestThat(by, (guard) => others.every((other) => seenWherever(guard, other, teams)));
