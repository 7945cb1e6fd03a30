import type { NodeKind } from '../picture-graph.ts';

export const isActivity = (kind: NodeKind): boolean => kind === 'TRAINING_RUN' || kind === 'TRANSFORMATION';

/** The radius of a box's corners: what happened is told by its shape from what is. */
export const cornerOf = (kind: NodeKind): number => (isActivity(kind) ? 22 : 7);
