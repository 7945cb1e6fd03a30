import type { Sign } from '../plot/Legend.tsx';
import { type RatePoint, shapeOf } from './rate-point.ts';

const ORDER: readonly Sign[] = ['full', 'open', 'at-most', 'at-least'];

/** The signs that some of the points are drawn with. */
export function signsOf(points: readonly RatePoint[]): Sign[] {
  const used = new Set<Sign>(
    points.filter(({ rate }) => rate !== null && rate !== undefined).map((point) => shapeOf(point)),
  );
  return ORDER.filter((sign) => used.has(sign));
}
