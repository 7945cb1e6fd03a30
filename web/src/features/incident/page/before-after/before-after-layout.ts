// Where the sides of comparisons stand: what was measured alike on one axis, each pair under what can be said of it.
import { scaleLinear } from 'd3-scale';
import { cutText, wrapText } from '../../../lineage/fit-text.ts';
import { PER_HEADING_LETTER, PER_LETTER } from '../../../plot/labels.ts';
import type { PlotSize } from '../../../plot/sizes.ts';
import { countWords } from '../../../rates/rate-point.ts';
import { type Comparison, figureOf, type Side, type SideName, shareOf, sidesOf, whoseOf } from './sides.ts';

export interface SideRow {
  side: Side;
  name: SideName;
  label: string;
  labelY: number;
  figure: string;
  figureY: number;
  y: number;
  x: number | null;
  whisker: { lower: number; upper: number } | null;
}

export interface PairRows {
  key: string;
  label: string[];
  labelY: number;
  /** What can be said of the two, in one or two lines. */
  says: string[];
  saysY: number;
  comparable: boolean | null;
  rows: [SideRow, SideRow];
}

export interface AxisGroup {
  key: string;
  title: string[];
  titleY: number;
  top: number;
  bottom: number;
  pairs: PairRows[];
}

export interface BeforeAfterLayout {
  width: number;
  height: number;
  left: number;
  right: number;
  figureX: number;
  ticks: { x: number; text: string }[];
  groups: AxisGroup[];
}

const LINE = 15;
const AXIS = 22;
const GAP = 20;
const BETWEEN_PAIRS = 10;

/** Names left of the axis and figures right of it where there is room, else both above it. */
const COLUMNS = {
  wide: { left: 292, right: 640, figureX: 656, row: 22, labelRoom: 280 },
  narrow: { left: 12, right: 338, figureX: 346, row: 36, labelRoom: 245 },
};

/** What shares an axis: one behaviour, evaluation version and condition; what is reported, and what is unlike, apart. */
function axisOf(one: Comparison, index: number): { key: string; title: string | null } {
  const { beforeMeasurement: before, afterMeasurement: after, comparability } = one;
  if (before && after && comparability?.comparable) {
    const title = `${before.behavior.title} · ${before.evalRun.evaluationVersion.label} · ${before.condition?.name ?? 'condition not stated'}`;
    return { key: title, title };
  }
  if (one.beforeResult && one.afterResult && one.beforeResult.unit === one.afterResult.unit)
    return { key: `reported in ${one.beforeResult.unit}`, title: reportedIn(one.beforeResult.unit) };
  return { key: `alone ${index}`, title: null };
}

const reportedIn = (unit: string | null | undefined) => (unit ? `As reported, in ${unit}` : 'As reported');

function grouped(comparisons: readonly Comparison[]) {
  const groups = new Map<string, { title: string | null; members: Comparison[] }>();
  for (const [index, one] of comparisons.entries()) {
    const { key, title } = axisOf(one, index);
    const group = groups.get(key) ?? { title, members: [] };
    group.members.push(one);
    groups.set(key, group);
  }
  return [...groups];
}

function figureText(side: Side, size: PlotSize): string {
  const counts = side.measurement ? countWords(side.measurement) : null;
  return size.name === 'wide' && counts ? `${figureOf(side)} · ${counts}` : figureOf(side);
}

export function layOutBeforeAfter(comparisons: readonly Comparison[], size: PlotSize): BeforeAfterLayout {
  const { left, right, figureX, row: rowHeight, labelRoom } = COLUMNS[size.name];
  const wide = size.name === 'wide';
  const x = scaleLinear([0, 1], [left + 6, right - 6]);
  let top = 4;
  const rowAt = (side: Side): SideRow => {
    const y = top + (wide ? rowHeight / 2 : 25);
    const textY = wide ? y + 4 : y - 11;
    top += rowHeight;
    const share = shareOf(side);
    const interval = side.measurement?.interval;
    return {
      side,
      name: side.name,
      label: cutText(`${side.name} · ${whoseOf(side)}`, labelRoom, PER_LETTER),
      labelY: textY,
      figure: cutText(figureText(side, size), wide ? size.width - figureX : 90, PER_LETTER),
      figureY: textY,
      y,
      x: share === null ? null : x(share),
      whisker: interval ? { lower: x(interval.lower), upper: x(interval.upper) } : null,
    };
  };
  const pairAt = (one: Comparison, index: number): PairRows => {
    const label = wrapText(one.label, size.width - 20, PER_HEADING_LETTER);
    const labelY = top + 12;
    top += label.length * LINE;
    const says = wrapText(one.verdict, size.width - 20, PER_LETTER);
    const saysY = top + 12;
    top += says.length * LINE + 2;
    const [before, after] = sidesOf(one);
    const rows: [SideRow, SideRow] = [rowAt(before), rowAt(after)];
    top += BETWEEN_PAIRS;
    const comparable = one.comparability?.comparable ?? null;
    return { key: `${index} ${one.label}`, label, labelY, says, saysY, comparable, rows };
  };
  const groups = grouped(comparisons).map(([key, { title: text, members }]): AxisGroup => {
    const title = text === null ? [] : wrapText(text, size.width, PER_HEADING_LETTER);
    const titleY = top + 11;
    top += title.length * LINE + (title.length ? 6 : 0);
    const from = top;
    const pairs = members.map(pairAt);
    const bottom = top;
    top += AXIS + GAP;
    return { key, title, titleY, top: from, bottom, pairs };
  });
  return {
    width: size.width,
    height: Math.max(20, top - GAP),
    left,
    right,
    figureX,
    ticks: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ x: x(share), text: `${share * 100}%` })),
    groups,
  };
}
