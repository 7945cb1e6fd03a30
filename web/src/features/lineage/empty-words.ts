import type { Direction } from './explorer-state.ts';

const NOTHING: Record<Direction, string> = {
  UPSTREAM: 'Nothing upstream is recorded',
  DOWNSTREAM: 'Nothing downstream is recorded',
  BOTH: 'Nothing is recorded upstream or downstream',
};

/** Why a lineage has no row to show: the search, the filters, or that nothing is recorded that way. */
export function emptyWords(
  hasRows: boolean,
  filtered: boolean,
  direction: Direction,
): { kind: 'none' | 'no-match'; title: string } {
  if (hasRows) return { kind: 'no-match', title: 'No row matches' };
  if (filtered) return { kind: 'no-match', title: 'The filters leave nothing' };
  return { kind: 'none', title: NOTHING[direction] };
}
