import { scaleLinear, scaleUtc } from 'd3-scale';
import type { PlotSize } from '../plot/sizes.ts';

/** A measurement that a rule looked at, as its plot needs it. */
export interface OutcomePoint {
  id: string;
  /** When the rule looked, RFC 3339. */
  at: string;
  rate: number | null;
  interval: { lower: number; upper: number } | null;
  hit: boolean;
}

export interface OutcomeMark {
  point: OutcomePoint;
  x: number;
  y: number;
  whisker: { upper: number; lower: number } | null;
}

export interface OutcomeLayout {
  height: number;
  top: number;
  bottom: number;
  left: number;
  right: number;
  rateTicks: { share: number; text: string }[];
  timeTicks: { x: number; text: string }[];
  threshold: number | null;
  marks: OutcomeMark[];
}

const LEFT = 44;
const AXIS = 26;
const HEIGHT = { wide: 220, narrow: 200 } as const;
const MARK = 6;
const DAY_MS = 86_400_000;

/** Rates over the time at which a rule looked at them; null where none has a rate. */
export function layOutOutcomes(
  points: readonly OutcomePoint[],
  threshold: number | null,
  size: PlotSize,
): OutcomeLayout | null {
  const drawn = points.filter((point): point is OutcomePoint & { rate: number } => point.rate !== null);
  if (drawn.length === 0) return null;
  const [top, left, right] = [8, LEFT, size.width - 10];
  const bottom = top + HEIGHT[size.name];
  const times = drawn.map(({ at }) => Date.parse(at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const margin = first === last ? DAY_MS : 0;
  const time = scaleUtc([first - margin, last + margin], [left + 14, right - 14]);
  // As RateAxes draws its lines.
  const y = scaleLinear([0, 1], [bottom - MARK, top + MARK]);
  const name = time.tickFormat();
  return {
    height: bottom + AXIS,
    top,
    bottom,
    left,
    right,
    rateTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ share, text: `${share * 100}%` })),
    timeTicks: time.ticks(size.name === 'wide' ? 8 : 3).map((at) => ({ x: time(at), text: name(at) })),
    threshold: threshold === null ? null : y(threshold),
    marks: drawn.map((point) => ({
      point,
      x: time(Date.parse(point.at)),
      y: y(point.rate),
      whisker: point.interval && { upper: y(point.interval.upper), lower: y(point.interval.lower) },
    })),
  };
}
