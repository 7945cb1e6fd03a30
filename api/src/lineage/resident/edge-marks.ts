import { AMOUNT_UNITS, type AmountUnit, EDGE_KINDS, type EdgeKind } from '../kinds.ts';
import type { VisibilityWord } from '../node.ts';
import { VISIBILITIES } from './standing.ts';

// The bits of an edge's mark: its kind, its unit and whether it was ever retracted.
export const KIND_BITS = 0x0f;
export const UNIT_SHIFT = 4;
const UNIT_BITS = 0x07;
export const NO_UNIT = 7;
export const RETRACTED = 0x80;
/** As it is copied, a mark tells for whom the edge is, too. */
export const VISIBILITY_SHIFT = 8;
const MARK_BITS = 0x7f;

export const kindOf = (mark: number): EdgeKind => EDGE_KINDS[mark & KIND_BITS]!;

export function unitOf(mark: number): AmountUnit | null {
  const unit = (mark >> UNIT_SHIFT) & UNIT_BITS;
  return unit === NO_UNIT ? null : AMOUNT_UNITS[unit]!;
}

/** What is kept of a mark that was copied, and the visibility that is not. */
export const keptOf = (copied: number): number => copied & MARK_BITS;
export const visibilityOf = (copied: number): VisibilityWord => VISIBILITIES[copied >> VISIBILITY_SHIFT]!;

/** A mark as the database copies it: see the statement in resident.store. */
export function copiedMark(kind: EdgeKind, unit: AmountUnit | null, visibility: VisibilityWord): number {
  const ofUnit = unit === null ? NO_UNIT : AMOUNT_UNITS.indexOf(unit);
  const standing = VISIBILITIES.indexOf(visibility) << VISIBILITY_SHIFT;
  return EDGE_KINDS.indexOf(kind) | (ofUnit << UNIT_SHIFT) | standing;
}
