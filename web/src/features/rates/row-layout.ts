import { scaleLinear } from 'd3-scale';
import { cutText, wrapText } from '../lineage/fit-text.ts';
import { PER_HEADING_LETTER, PER_LETTER } from '../plot/labels.ts';
import type { PlotSize } from '../plot/sizes.ts';
import { apartWords, countWords, type RatePoint, rateWords } from './rate-point.ts';

/** What stands on one axis, or on several where the API finds neighbours not comparable. */
export interface RowGroup {
  key: string;
  title: string;
  runs: readonly { points: readonly RatePoint[]; differences: readonly string[] }[];
}

export interface Row {
  point: RatePoint;
  label: string;
  labelY: number;
  y: number;
  x: number | null;
  whisker: { lower: number; upper: number } | null;
  figure: string;
  figureY: number;
  /** What was left out of the rate, under its figure; '' where nothing was. */
  apart: string;
  apartY: number;
}

/** Rows that share one axis. */
export interface RowRun {
  key: string;
  rows: Row[];
  top: number;
  bottom: number;
  /** Why it is apart from the run above it, a line of text each; empty for the first. */
  apart: string[];
  apartY: number;
}

export interface RowLayout {
  width: number;
  height: number;
  left: number;
  right: number;
  figureX: number;
  ticks: { x: number; text: string }[];
  groups: { key: string; title: string[]; titleY: number; runs: RowRun[] }[];
}

const LINE = 15;
const AXIS = 22;
const GAP = 16;
/** A line more, for what was left out of a rate. */
const MORE = 13;

/** Where names, axis and figures stand: side by side where there is room, else the names above the axis. */
const COLUMNS = {
  wide: { left: 262, right: 640, figureX: 656, row: 25, labelRoom: 250 },
  narrow: { left: 12, right: 338, figureX: 346, row: 42, labelRoom: 210 },
};

export type LabelOf = (point: RatePoint) => string;

function figureOf(point: RatePoint, size: PlotSize): string {
  const counts = countWords(point);
  if (size.name === 'narrow') return rateWords(point);
  return counts ? `${rateWords(point)} · ${counts}` : `${rateWords(point)} · n not stated`;
}

/** The names' column is as wide as the longest of them, so that the axes have the rest. */
function columnsFor(groups: readonly RowGroup[], labelOf: LabelOf, size: PlotSize) {
  const columns = COLUMNS[size.name];
  if (size.name === 'narrow') return columns;
  const labels = groups.flatMap(({ runs }) => runs.flatMap(({ points }) => points.map(labelOf)));
  const longest = Math.max(0, ...labels.map((label) => label.length));
  return { ...columns, left: Math.min(columns.left, Math.max(110, longest * PER_LETTER + 14)) };
}

/** Groups under one another, every run of comparable rows with an axis of its own. */
export function layOutRows(groups: readonly RowGroup[], labelOf: LabelOf, size: PlotSize): RowLayout {
  const { left, right, figureX, row: rowHeight, labelRoom } = columnsFor(groups, labelOf, size);
  const x = scaleLinear([0, 1], [left + 6, right - 6]);
  const wide = size.name === 'wide';
  let top = 4;
  const rowAt = (point: RatePoint): Row => {
    const apart = apartWords(point);
    const more = apart ? MORE : 0;
    const y = top + (wide ? rowHeight / 2 : 30 + more);
    top += rowHeight + more;
    return {
      point,
      label: cutText(labelOf(point), labelRoom, PER_LETTER),
      labelY: wide ? y + 4 : y - 14 - more,
      y,
      x: point.rate === null || point.rate === undefined ? null : x(point.rate),
      whisker: point.interval ? { lower: x(point.interval.lower), upper: x(point.interval.upper) } : null,
      figure: figureOf(point, size),
      figureY: wide ? y + 4 : y - 14 - more,
      apart,
      apartY: wide ? y + 4 + MORE : y - 14,
    };
  };
  const runOf = (run: RowGroup['runs'][number], key: string): RowRun => {
    const said = run.differences.map((one) => `Not comparable with those above: ${one}`);
    const apart = said.flatMap((one) => wrapText(one, size.width - 34, PER_LETTER));
    const apartY = top + 16;
    top += apart.length * LINE + (apart.length ? 12 : 0);
    const from = top;
    const rows = run.points.map(rowAt);
    const bottom = top;
    top += AXIS;
    return { key, rows, top: from, bottom, apart, apartY };
  };
  const drawn = groups.map((group) => {
    const title = wrapText(group.title, size.width, PER_HEADING_LETTER);
    const titleY = top + 11;
    top += title.length * LINE + 4;
    const runs = group.runs.map((run, index) => runOf(run, `${group.key} ${index}`));
    top += GAP;
    return { key: group.key, title, titleY, runs };
  });
  return {
    width: size.width,
    height: Math.max(20, top - GAP),
    left,
    right,
    figureX,
    ticks: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ x: x(share), text: `${share * 100}%` })),
    groups: drawn,
  };
}
