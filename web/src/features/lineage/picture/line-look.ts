import type { DrawnEdge } from '../collapse.ts';
import { isUnknown } from '../thickness.ts';

export type EdgeLook = 'plain' | 'dim' | 'lit' | 'path' | 'selected';

/** How faint the ground's lines are, all together: what can be opened from here stands out of them. */
export const GROUND_OPACITY = 0.34;

export function lineColor(edge: DrawnEdge, look: EdgeLook): string {
  if (look === 'path') return 'var(--cat-3)';
  if (edge.disputed > 0 && edge.disputed === edge.edges.length) return 'var(--warning)';
  const mass = edge.mass && !isUnknown(edge);
  return mass || look === 'lit' || look === 'selected' ? 'var(--accent)' : 'var(--ink-3)';
}

/** Where it lies on the ground's own line it is as much fainter as that one adds. */
export function lineOpacity(edge: DrawnEdge, look: EdgeLook, onGround: boolean): number {
  const strong = look === 'lit' || look === 'path' || look === 'selected';
  if (!strong && onGround) return onTop(lineOpacity(edge, look, false));
  if (edge.mass && !isUnknown(edge)) return strong ? 0.74 : 0.42;
  return strong ? 0.95 : 0.6;
}

/** The opacity that makes `wanted` of what lies on the ground. */
const onTop = (wanted: number): number => 1 - (1 - wanted) / (1 - GROUND_OPACITY);

export function dashOf(edge: DrawnEdge): string | undefined {
  if (isUnknown(edge)) return '4 4';
  return edge.retracted ? '2 3' : undefined;
}
