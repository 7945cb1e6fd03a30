// Where the common causes stand: how many times as often, doubling by equal steps.
import { cutText } from '../lineage/fit-text.ts';
import type { PlacedRow, RowColumns } from '../plot/AxisRow.tsx';
import { PER_LETTER } from '../plot/labels.ts';
import type { PlotSize } from '../plot/sizes.ts';
import { type Cause, liftOf, nameOf, pOf, STATE_WORDS } from './cause-words.ts';

/** As far as the picture goes either way; more is drawn as an arrow. */
const FARTHEST = 8;
/** That at which they are exposed as often as the others. */
export const ALIKE = '1×';
const TICKS = [
  [1 / 8, '⅛'],
  [1 / 4, '¼'],
  [1 / 2, '½'],
  [1, ALIKE],
  [2, '2×'],
  [4, '4×'],
  [8, '8×'],
] as const;

export interface CauseRow extends PlacedRow {
  cause: Cause;
  x: number;
  beyond: boolean;
  /** p and what can be said of it, under the figure; null where there is no room. */
  below: { text: string; y: number } | null;
}

export interface CauseLayout extends RowColumns {
  height: number;
  top: number;
  bottom: number;
  alike: number;
  ticks: { x: number; text: string }[];
  rows: CauseRow[];
}

const COLUMNS = {
  wide: { left: 232, right: 520, figureX: 536, row: 34, labelRoom: 220 },
  narrow: { left: 12, right: 338, figureX: 346, row: 42, labelRoom: 200 },
};
const AXIS = 24;
/** What is left free at either end of the axis, for arrows. */
const ENDS = 14;

/** How many times as often, as far as it can be drawn; null where there is nothing to compare with. */
export function drawnLift({ lift, modelVersions, others }: Cause): { lift: number; beyond: boolean } | null {
  if (lift === 0) return { lift: 1 / FARTHEST, beyond: true };
  if (lift !== null) {
    const within = Math.min(FARTHEST, Math.max(1 / FARTHEST, lift));
    return { lift: within, beyond: within !== lift };
  }
  return modelVersions.exposed > 0 && others.of > 0 ? { lift: FARTHEST, beyond: true } : null;
}

export const isTold = ({ state }: Cause): boolean => state === 'MORE_EXPOSED' || state === 'LESS_EXPOSED';

const fraction = ({ exposed, of }: Cause['others']): string => `${exposed} of ${of}`;

/** Rows under one another, on one axis; those that cannot be placed are left to the table. */
export function layOutCauses(causes: readonly Cause[], size: PlotSize): CauseLayout {
  const { left, right, figureX, row: rowHeight, labelRoom } = COLUMNS[size.name];
  const wide = size.name === 'wide';
  const reach = Math.log2(FARTHEST);
  const x = (lift: number) =>
    left + ENDS + ((Math.log2(lift) + reach) / (2 * reach)) * (right - left - 2 * ENDS);
  const top = 4;
  const rows: CauseRow[] = [];
  for (const cause of causes) {
    const drawn = drawnLift(cause);
    if (drawn === null) continue;
    const y = top + rows.length * rowHeight + (wide ? rowHeight / 2 : 30);
    const p = cause.correctedPValue === null ? [] : [`corrected p ${pOf(cause.correctedPValue)}`];
    rows.push({
      cause,
      x: x(drawn.lift),
      beyond: drawn.beyond,
      y,
      label: cutText(nameOf(cause), labelRoom, PER_LETTER),
      labelY: wide ? y + 4 : y - 14,
      figure: wide
        ? `${liftOf(cause)}: ${fraction(cause.modelVersions)}, others ${fraction(cause.others)}`
        : liftOf(cause),
      figureY: wide ? y - 2 : y - 14,
      below: wide ? { text: [...p, STATE_WORDS[cause.state]].join(' · '), y: y + 11 } : null,
    });
  }
  const bottom = top + rows.length * rowHeight;
  return {
    width: size.width,
    height: bottom + AXIS,
    left,
    right,
    figureX,
    top,
    bottom,
    alike: x(1),
    ticks: TICKS.map(([lift, text]) => ({ x: x(lift), text })),
    rows,
  };
}
