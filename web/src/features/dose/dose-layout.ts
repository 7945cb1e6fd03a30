import { scaleLinear } from 'd3-scale';
import { percent } from '../../ui/numbers.ts';
import { cutText, wrapText } from '../lineage/fit-text.ts';
import { PER_LETTER, type PlacedLabel, placeLabels } from '../plot/labels.ts';
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
  title: string;
  /** Why it is apart from the group before it; empty where it is not. */
  differences: readonly string[];
  points: readonly DosedPoint[];
}

export interface DoseMark extends DosedPoint {
  x: number;
  y: number;
  whisker: { upper: number; lower: number } | null;
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
  right: number;
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

/** How far a range may go beyond the largest known share before it is drawn as an arrow. */
const STRETCH = 2;

/**
 * As far as the axis goes: to the largest lower end, and to upper ends that are not far beyond it. A tag that is
 * measured in a hundredth of the text may be in all of the rest: drawn in full, nothing else could be told apart.
 */
export function doseDomain(doses: readonly KnownDose[]): number {
  const known = Math.max(0, ...doses.map(({ lower }) => lower));
  const ends = doses.map(({ upper, unaccounted }) => upper + unaccounted);
  if (known === 0) return Math.min(1, Math.max(0.01, ...ends));
  const near = ends.filter((end) => end <= known * STRETCH);
  return Math.min(1, Math.max(known * 1.25, ...near.map((end) => end * 1.05)));
}

/** Groups under one another, all on one axis of doses. */
export function layOutDoses(groups: readonly DoseGroup[], size: PlotSize): DoseLayout {
  const [left, right] = [LEFT, size.width - 14];
  const most = doseDomain(groups.flatMap(({ points }) => points.map(({ dose }) => dose)));
  const x = scaleLinear([0, most], [left + 14, right - 14]).clamp(true);
  let top = 4;
  const panels = groups.map((group): DosePanel => {
    const apart = group.differences.length
      ? [`apart, because not comparable: ${group.differences.join('; ')}`]
      : [];
    const title = [
      ...wrapText(group.title, size.width, 6.6),
      ...apart.flatMap((line) => wrapText(line, size.width, PER_LETTER)),
    ];
    const titleY = top + 11;
    const panelTop = top + title.length * LINE + 10;
    const bottom = panelTop + PANEL[size.name];
    top = bottom + AXIS + GAP;
    const y = scaleLinear([0, 1], [bottom - MARK, panelTop + MARK]);
    const marks = group.points.map(({ point, dose }): DoseMark => {
      const end = Math.min(1, dose.upper + dose.unaccounted);
      return {
        point,
        dose,
        x: x(dose.lower),
        y: y(point.rate ?? 0),
        whisker: point.interval ? { upper: y(point.interval.upper), lower: y(point.interval.lower) } : null,
        rangeTo: x(dose.upper),
        tailTo: x(end),
        beyond: end > most * 1.0001,
      };
    });
    const labels = placeLabels(
      marks.map((mark) => ({
        key: mark.point.id,
        text: cutText(mark.point.evalRun.modelVersion.label, size.width / 1.8, PER_LETTER),
        x: mark.x,
        y: mark.y,
      })),
      marks.flatMap(({ x: at, y: height, tailTo }) => [
        { left: at - MARK, right: at + MARK, top: height - MARK, bottom: height + MARK },
        { left: at, right: tailTo, top: height - 3, bottom: height + 3 },
      ]),
      { left, right, top: panelTop - 6, bottom },
    );
    return {
      key: group.key,
      title,
      titleY,
      top: panelTop,
      bottom,
      marks,
      labels,
      unlabelled: marks.length - labels.length,
    };
  });
  return {
    width: size.width,
    height: Math.max(20, top - GAP),
    left,
    right,
    rateTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ share, text: `${share * 100}%` })),
    doseTicks: x.ticks(size.name === 'wide' ? 8 : 4).map((share) => ({ x: x(share), text: percent(share) })),
    panels,
  };
}
