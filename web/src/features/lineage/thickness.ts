export const THINNEST = 1.5;
export const THICKEST = 18;

/** The steps that the legend shows. */
export const LEGEND_SHARES = [0.01, 0.1, 0.5, 1] as const;

/**
 * Width in px of an edge: the square root of the share, so that 1 % is still seen beside 100 %. A share that is
 * not known gets the thinnest line (and is dashed); a link that carries no data has a plain one.
 */
export function edgeWidth(edge: { mass: boolean; share: number | null }): number {
  return edge.mass ? shareWidth(edge.share) : THINNEST;
}

export function shareWidth(share: number | null): number {
  if (share === null || !(share > 0)) return THINNEST;
  return THINNEST + (THICKEST - THINNEST) * Math.sqrt(Math.min(1, share));
}

/** Whether the line is dashed: only where a weight is missing that should be there. */
export function isUnknown(edge: { mass: boolean; share: number | null }): boolean {
  return edge.mass && edge.share === null;
}
