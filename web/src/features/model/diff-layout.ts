// Where the differences of a stage stand: bars around a middle, to the left what there is less of.
import { cutText } from '../lineage/fit-text.ts';
import type { PlacedRow, RowColumns } from '../plot/AxisRow.tsx';
import { PER_LETTER } from '../plot/labels.ts';
import type { PlotSize } from '../plot/sizes.ts';
import { type DiffBar, differenceText, isRange, rowLabel } from './mixture-rows.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface DiffLine extends PlacedRow {
  bar: DiffBar;
  /** As much as it differs by at least; null where it may be none. */
  box: Box | null;
  /** Where the difference may end beyond that, on either side of the middle; none where it is no range. */
  open: { side: 'less' | 'more'; box: Box }[];
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
    const { differenceLower: lower, differenceUpper: upper } = bar;
    const between = (from: number, to: number): Box => {
      const ends = [from, to].map((value) => middle + (largest > 0 ? (value / largest) * half : 0));
      const width = largest > 0 ? Math.max(LEAST, ends[1]! - ends[0]!) : 0;
      return { x: to <= 0 ? ends[1]! - width : ends[0]!, y: y - high / 2, width, height: high };
    };
    const box = lower > 0 ? between(0, lower) : upper < 0 ? between(upper, 0) : null;
    const open: DiffLine['open'] = [];
    if (isRange(bar) && lower < 0) open.push({ side: 'less', box: between(lower, Math.min(0, upper)) });
    if (isRange(bar) && upper > 0) open.push({ side: 'more', box: between(Math.max(0, lower), upper) });
    return {
      bar,
      y,
      box,
      open,
      label: cutText(rowLabel(bar), labelRoom, PER_LETTER),
      labelY: wide ? y + 4 : y - 14,
      figure: differenceText(bar),
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
