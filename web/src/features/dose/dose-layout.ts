import { scaleLinear } from 'd3-scale';
import { percent } from '../../ui/numbers.ts';
import { cutText, wrapText } from '../lineage/fit-text.ts';
import { type Box, PER_HEADING_LETTER, PER_LETTER, type PlacedLabel, placeLabels } from '../plot/labels.ts';
import type { PlotSize } from '../plot/sizes.ts';
import type { RatePoint } from '../rates/rate-point.ts';
import type { Dose } from './dose.ts';

export type KnownDose = Extract<Dose, { known: true }>;

export interface DosedPoint {
  point: RatePoint;
  dose: KnownDose;
}

/** What may be compared, on one pair of axes. */
export interface DoseGroup {
  key: string;
  /** Of the axis, among all of the picture. */
  number: number;
  title: string;
  /** Why it is apart from the group before it; empty where it is not. */
  differences: readonly string[];
  points: readonly DosedPoint[];
}

export interface DoseMark extends DosedPoint {
  x: number;
  y: number;
  whisker: { upper: number; lower: number } | null;
  /** Nothing is known of the dose: the mark stands beside the axis. */
  apart: boolean;
  /** Where the dose is on the axis, from which the range runs; the mark may stand beside it for want of room. */
  doseX: number;
  /** Where the range of the share ends. */
  rangeTo: number;
  /** Where it ends if all that is unaccounted is of it, too. */
  tailTo: number;
  /** The range, or its tail, goes on beyond the picture. */
  beyond: boolean;
}

export interface DosePanel {
  key: string;
  title: string[];
  titleY: number;
  top: number;
  bottom: number;
  marks: DoseMark[];
  labels: PlacedLabel[];
  unlabelled: number;
}

export interface DoseLayout {
  width: number;
  height: number;
  left: number;
  /** Where the axis of doses ends. */
  right: number;
  /** Beside the axis, for marks of which no dose is known; null where there are none. */
  strip: { left: number; right: number } | null;
  rateTicks: { share: number; text: string }[];
  doseTicks: { x: number; text: string }[];
  panels: DosePanel[];
}

const LEFT = 42;
const LINE = 15;
const PANEL = { wide: 196, narrow: 170 };
const AXIS = 40;
const GAP = 20;
const MARK = 6;

const STRIP = { wide: 150, narrow: 64 };
/** Marks nearer than this cover one another. */
const NEAR = 10;

/** Anything from none to all: no place on the axis says so little. */
export const isUnknown = ({ lower, upper, unaccounted }: KnownDose): boolean =>
  lower === 0 && upper + unaccounted > 0.999;

/** How far a range may go beyond the largest known share before it is drawn as an arrow. */
const STRETCH = 2;

/**
 * As far as the axis goes: to the largest lower end, and to upper ends that are not far beyond it. A tag that is
 * measured in a hundredth of the text may be in all of the rest: drawn in full, nothing else could be told apart.
 */
export function doseDomain(doses: readonly KnownDose[]): number {
  const known = Math.max(0, ...doses.map(({ lower }) => lower));
  const ends = doses.map(({ upper, unaccounted }) => upper + unaccounted);
  if (known === 0) return doses.length === 0 ? 1 : Math.min(1, Math.max(0.01, ...ends));
  const near = ends.filter((end) => end <= known * STRETCH);
  return Math.min(1, Math.max(known * 1.25, ...near.map((end) => end * 1.05)));
}

/** Moves marks that would cover one another side by side; the range still runs from where the dose is. */
export function apart<M extends { x: number; y: number }>(marks: readonly M[]): M[] {
  const placed: M[] = [];
  for (const mark of marks) {
    let { x } = mark;
    for (let step = 0; step < 12; step += 1) {
      if (!placed.some((other) => Math.abs(other.x - x) < NEAR && Math.abs(other.y - mark.y) < NEAR)) break;
      x += NEAR;
    }
    placed.push({ ...mark, x });
  }
  return placed;
}

/** What is not known stands from left to right in the strip, the highest rate first. */
function inStrip(points: readonly DosedPoint[], strip: { left: number; right: number }): Map<string, number> {
  const step = (strip.right - strip.left - 2 * MARK) / Math.max(1, points.length);
  return new Map(points.map(({ point }, index) => [point.id, strip.left + MARK + step * (index + 0.5)]));
}

type Axes = {
  x: (share: number) => number;
  most: number;
  left: number;
  right: number;
  strip: DoseLayout['strip'];
};

function marksOf(points: readonly DosedPoint[], y: (share: number) => number, axes: Axes): DoseMark[] {
  const byRate = [...points].sort((a, b) => (b.point.rate ?? 0) - (a.point.rate ?? 0));
  const beside = axes.strip
    ? inStrip(
        byRate.filter(({ dose }) => isUnknown(dose)),
        axes.strip,
      )
    : new Map<string, number>();
  return apart(
    byRate.map(({ point, dose }): DoseMark => {
      const end = Math.min(1, dose.upper + dose.unaccounted);
      const aside = beside.get(point.id);
      return {
        point,
        dose,
        x: aside ?? axes.x(dose.lower),
        y: y(point.rate ?? 0),
        whisker: point.interval ? { upper: y(point.interval.upper), lower: y(point.interval.lower) } : null,
        apart: aside !== undefined,
        doseX: axes.x(dose.lower),
        rangeTo: axes.x(dose.upper),
        tailTo: axes.x(end),
        beyond: aside === undefined && end > axes.most * 1.0001,
      };
    }),
  );
}

const obstaclesOf = (marks: readonly DoseMark[]): Box[] =>
  marks.flatMap((mark) => [
    { left: mark.x - MARK, right: mark.x + MARK, top: mark.y - MARK, bottom: mark.y + MARK },
    ...(mark.apart ? [] : [{ left: mark.doseX, right: mark.tailTo, top: mark.y - 3, bottom: mark.y + 3 }]),
  ]);

function panelOf(group: DoseGroup, top: number, axes: Axes, size: PlotSize): DosePanel {
  const reason = group.differences.length
    ? [`apart, because not comparable: ${group.differences.join('; ')}`]
    : [];
  const title = [
    ...wrapText(group.title, size.width, PER_HEADING_LETTER),
    ...reason.flatMap((line) => wrapText(line, size.width, PER_HEADING_LETTER)),
  ];
  const panelTop = top + title.length * LINE + 10;
  const bottom = panelTop + PANEL[size.name];
  const marks = marksOf(group.points, scaleLinear([0, 1], [bottom - MARK, panelTop + MARK]), axes);
  const labels = placeLabels(
    marks.map(({ point, x, y }) => ({
      key: point.id,
      text: cutText(point.evalRun.modelVersion.label, size.width / 1.8, PER_LETTER),
      x,
      y,
    })),
    obstaclesOf(marks),
    { left: axes.left, right: axes.strip?.right ?? axes.right, top: panelTop - 6, bottom },
  );
  return {
    key: group.key,
    title,
    titleY: top + 11,
    top: panelTop,
    bottom,
    marks,
    labels,
    unlabelled: marks.length - labels.length,
  };
}

/** Groups under one another, all on one axis of doses. */
export function layOutDoses(groups: readonly DoseGroup[], size: PlotSize): DoseLayout {
  const doses = groups.flatMap(({ points }) => points.map(({ dose }) => dose));
  const end = size.width - 14;
  const strip = doses.some(isUnknown) ? { left: end - STRIP[size.name], right: end } : null;
  const [left, right] = [LEFT, strip ? strip.left - 12 : end];
  const most = doseDomain(doses.filter((dose) => !isUnknown(dose)));
  const x = scaleLinear([0, most], [left + 14, right - 14]).clamp(true);
  const panels: DosePanel[] = [];
  let top = 4;
  for (const group of groups) {
    const panel = panelOf(group, top, { x, most, left, right, strip }, size);
    panels.push(panel);
    top = panel.bottom + AXIS + GAP;
  }
  return {
    width: size.width,
    height: Math.max(20, top - GAP),
    left,
    right,
    strip,
    rateTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ share, text: `${share * 100}%` })),
    doseTicks: x.ticks(size.name === 'wide' ? 8 : 4).map((share) => ({ x: x(share), text: percent(share) })),
    panels,
  };
}
