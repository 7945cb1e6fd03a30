import { scaleLinear, scaleUtc } from 'd3-scale';
import { cutText } from '../lineage/fit-text.ts';
import {
  alongLine,
  type Box,
  PER_HEADING_LETTER,
  PER_LETTER,
  type PlacedLabel,
  placeLabels,
} from '../plot/labels.ts';
import type { PlotSize } from '../plot/sizes.ts';
import type { Facet } from './facets.ts';
import { type Break, type Lines, releaseDays } from './neighbours.ts';
import type { RatePoint } from './rate-point.ts';

export interface TimeMark {
  point: RatePoint;
  x: number;
  y: number;
  /** Ends of the interval; null where there is none. */
  whisker: { upper: number; lower: number } | null;
}

export interface LinePiece {
  key: string;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Between two marks that no line may join: stubs towards it from either side, and the place of its mark. */
export interface BreakMark {
  key: string;
  x: number;
  y: number;
  stubs: LinePiece[];
  differences: readonly string[];
  between: readonly [string, string];
}

export interface TimePanel {
  facet: Facet;
  title: readonly string[];
  titleY: number;
  top: number;
  bottom: number;
  marks: TimeMark[];
  lines: LinePiece[];
  breaks: BreakMark[];
  labels: PlacedLabel[];
  unlabelled: number;
}

export interface TimeLayout {
  width: number;
  height: number;
  left: number;
  right: number;
  rateTicks: { share: number; text: string }[];
  timeTicks: { x: number; text: string }[];
  panels: TimePanel[];
}

/** How far apart releases of one day stand, in px: side by side, in the order of their names. */
export const STEP = 11;
const LEFT = 42;
const TITLE_LINE = 15;
const PANEL = { wide: 176, narrow: 150 };
const AXIS = 24;
const GAP = 22;
const DAY = 86_400_000;
const MARK = 6;

const timeOf = (point: RatePoint): number => Date.parse(point.evalRun.modelVersion.releasedAt ?? '');

/** First and last release with room beside them; a single release stands in the middle of two months. */
export function timeDomain(times: readonly number[]): [Date, Date] {
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const room = Math.max((last - first) * 0.04, first === last ? 30 * DAY : DAY);
  return [new Date(first - room), new Date(last + room)];
}

/** Where each of a day's releases stands beside the day's own place. */
export const besides = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => (index - (count - 1) / 2) * STEP);

const titleOf = (facet: Facet, size: PlotSize): string[] => {
  const condition = facet.condition ?? 'condition not stated';
  if (size.name === 'wide')
    return [cutText(`${facet.evaluation} · ${condition}`, size.width, PER_HEADING_LETTER)];
  return [
    cutText(facet.evaluation, size.width, PER_HEADING_LETTER),
    cutText(condition, size.width, PER_HEADING_LETTER),
  ];
};

function marksOf(facet: Facet, x: (time: number) => number, y: (share: number) => number): TimeMark[] {
  return releaseDays(facet.points).flatMap((day) => {
    const sorted = [...day].sort((a, b) =>
      a.evalRun.modelVersion.label.localeCompare(b.evalRun.modelVersion.label),
    );
    const beside = besides(sorted.length);
    return sorted.map((point, index) => ({
      point,
      x: x(timeOf(point)) + (beside[index] ?? 0),
      y: y(point.rate ?? 0),
      whisker: point.interval ? { upper: y(point.interval.upper), lower: y(point.interval.lower) } : null,
    }));
  });
}

/** From one mark towards another, leaving room around the marks and, for a stub, ending before the middle. */
function between(from: TimeMark, to: TimeMark, key: string, upTo: number): LinePiece {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const start = Math.min(MARK / length, 0.4);
  const end = Math.min(1 - start, upTo);
  return {
    key,
    x1: from.x + dx * start,
    y1: from.y + dy * start,
    x2: from.x + dx * end,
    y2: from.y + dy * end,
  };
}

function breakOf(one: Break, from: TimeMark, to: TimeMark): BreakMark {
  const key = `${one.from} ${one.to}`;
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const upTo = 0.5 - Math.min(8 / length, 0.2);
  return {
    key,
    x: (from.x + to.x) / 2,
    y: (from.y + to.y) / 2,
    stubs: [between(from, to, `${key} 1`, upTo), between(to, from, `${key} 2`, upTo)],
    differences: one.differences,
    between: [from.point.evalRun.modelVersion.label, to.point.evalRun.modelVersion.label],
  };
}

function obstaclesOf(marks: readonly TimeMark[], breaks: readonly BreakMark[]): Box[] {
  return [
    ...marks.flatMap(({ x, y, whisker }) => [
      { left: x - MARK, right: x + MARK, top: y - MARK, bottom: y + MARK },
      ...(whisker ? [{ left: x - 3, right: x + 3, top: whisker.upper, bottom: whisker.lower }] : []),
    ]),
    ...breaks.map(({ x, y }) => ({ left: x - 7, right: x + 7, top: y - 7, bottom: y + 7 })),
  ];
}

export interface LinedFacet {
  facet: Facet;
  lines: Lines;
}

type Place = { top: number; left: number; right: number; x: (time: number) => number; size: PlotSize };

function panelOf({ facet, lines }: LinedFacet, { top: titleTop, left, right, x, size }: Place): TimePanel {
  const title = titleOf(facet, size);
  const top = titleTop + title.length * TITLE_LINE + 10;
  const bottom = top + PANEL[size.name];
  const y = scaleLinear([0, 1], [bottom - MARK, top + MARK]);
  const marks = marksOf(facet, x, y);
  const byId = new Map(marks.map((mark) => [mark.point.id, mark]));
  const pairs = <P extends { from: string; to: string }, R>(
    all: readonly P[],
    make: (one: P, from: TimeMark, to: TimeMark) => R,
  ): R[] =>
    all.flatMap((one) => {
      const [from, to] = [byId.get(one.from), byId.get(one.to)];
      return from && to ? [make(one, from, to)] : [];
    });
  const breaks = pairs(lines.breaks, breakOf);
  const joined = pairs(lines.joins, (one, from, to) => between(from, to, `${one.from} ${one.to}`, 1));
  const wishes = marks.map((mark) => ({
    key: mark.point.id,
    text: cutText(mark.point.evalRun.modelVersion.label, size.width / 2.2, PER_LETTER),
    x: mark.x,
    y: mark.y,
  }));
  const bounds = { left, right, top: top - 6, bottom };
  const strokes = [...joined, ...breaks.flatMap(({ stubs }) => stubs)].flatMap(({ x1, y1, x2, y2 }) =>
    alongLine(x1, y1, x2, y2),
  );
  const labels = placeLabels(wishes, obstaclesOf(marks, breaks), bounds, strokes);
  return {
    facet,
    title,
    titleY: titleTop + 11,
    top,
    bottom,
    marks,
    lines: joined,
    breaks,
    labels,
    unlabelled: marks.length - labels.length,
  };
}

/** Facets under one another on one axis of time; null where nothing that has a rate has a release. */
export function layOutTime(facets: readonly LinedFacet[], size: PlotSize): TimeLayout | null {
  const drawn = facets.filter(({ facet }) => releaseDays(facet.points).length > 0);
  const times = drawn.flatMap(({ facet }) => releaseDays(facet.points).flat().map(timeOf));
  if (times.length === 0) return null;
  const [left, right] = [LEFT, size.width - 10];
  const time = scaleUtc(timeDomain(times), [left + 10, right - 10]);
  const panels: TimePanel[] = [];
  let top = 4;
  for (const one of drawn) {
    const panel = panelOf(one, { top, left, right, x: (at) => time(at), size });
    panels.push(panel);
    top = panel.bottom + AXIS + GAP;
  }
  const name = time.tickFormat();
  return {
    width: size.width,
    height: top - GAP + 4,
    left,
    right,
    rateTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ share, text: `${share * 100}%` })),
    timeTicks: time.ticks(size.name === 'wide' ? 8 : 4).map((at) => ({ x: time(at), text: name(at) })),
    panels,
  };
}
