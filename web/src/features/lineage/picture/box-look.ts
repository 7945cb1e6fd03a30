import type { NodeKind } from '../picture-graph.ts';

export const isActivity = (kind: NodeKind): boolean => kind === 'TRAINING_RUN' || kind === 'TRANSFORMATION';

/** The radius of a box's corners: what happened is told by its shape from what is. */
export const cornerOf = (kind: NodeKind): number => (isActivity(kind) ? 22 : 7);

/** The same of the hatched end of a line. */
export const STUB_CORNER = 6;
