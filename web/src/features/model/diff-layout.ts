// Where the differences of a stage stand: bars around a middle, to the left what there is less of.
import { cutText } from '../lineage/fit-text.ts';
import type { PlacedRow, RowColumns } from '../plot/AxisRow.tsx';
import { PER_LETTER } from '../plot/labels.ts';
import type { PlotSize } from '../plot/sizes.ts';
import { type DiffBar, pointsText, rowLabel } from './mixture-rows.ts';

export interface DiffLine extends PlacedRow {
  bar: DiffBar;
  box: { x: number; y: number; width: number; height: number };
}

export interface DiffLayout extends RowColumns {
  height: number;
  middle: number;
  top: number;
  bottom: number;
  /** What is said above either half. */
  heads: { text: string; x: number; y: number; anchor: 'start' | 'end' }[];
  rows: DiffLine[];
}

const COLUMNS = {
  wide: { left: 242, right: 740, figureX: 756, row: 24, bar: 14, labelRoom: 228 },
  narrow: { left: 12, right: 338, figureX: 346, row: 42, bar: 12, labelRoom: 250 },
};
const HEAD = 20;
/** A difference that is there is seen, however small. */
const LEAST = 1.5;

/** By name where both fit; cut short, the names of two versions of one model would read alike. */
function headsOf({ from, to }: { from: string; to: string }, room: number): [string, string] {
  const named: [string, string] = [`more in ${from}`, `more in ${to}`];
  const fits = named.every((text) => text.length * PER_LETTER <= room);
  return fits ? named : ['more in the first', 'more in the second'];
}

export function layOutDiff(
  bars: readonly DiffBar[],
  largest: number,
  names: { from: string; to: string },
  size: PlotSize,
): DiffLayout {
  const { left, right, figureX, row: rowHeight, bar: high, labelRoom } = COLUMNS[size.name];
  const wide = size.name === 'wide';
  const middle = (left + right) / 2;
  const half = (right - left) / 2 - 6;
  const top = HEAD;
  const rows = bars.map((bar, index): DiffLine => {
    const y = top + index * rowHeight + (wide ? rowHeight / 2 : 30);
    const width = largest > 0 ? Math.max(LEAST, (Math.abs(bar.difference) / largest) * half) : 0;
    return {
      bar,
      y,
      box: { x: bar.difference < 0 ? middle - width : middle, y: y - high / 2, width, height: high },
      label: cutText(rowLabel(bar), labelRoom, PER_LETTER),
      labelY: wide ? y + 4 : y - 14,
      figure: pointsText(bar.difference),
      figureY: wide ? y + 4 : y - 14,
    };
  });
  const bottom = top + rows.length * rowHeight;
  const [less, more] = headsOf(names, half - 6);
  return {
    width: size.width,
    height: bottom + 6,
    left,
    right,
    figureX,
    middle,
    top,
    bottom,
    heads: [
      { text: less, x: left + 6, y: 11, anchor: 'start' },
      { text: more, x: right - 6, y: 11, anchor: 'end' },
      ...(wide ? [{ text: 'points', x: figureX, y: 11, anchor: 'start' as const }] : []),
    ],
    rows,
  };
}
