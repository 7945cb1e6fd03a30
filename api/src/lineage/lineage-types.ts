import type { LineageNodeKind } from './kinds.ts';

/** The GraphQL type of each kind of node. */
export const LINEAGE_TYPE = {
  SOURCE: 'Source',
  DATASET_VERSION: 'DatasetVersion',
  TRANSFORMATION: 'Transformation',
  TRAINING_RUN: 'TrainingRun',
  MODEL_VERSION: 'ModelVersion',
  EVAL_RUN: 'EvalRun',
  INCIDENT: 'Incident',
} as const satisfies Record<LineageNodeKind, string>;

/** The types of global ids that are nodes'. */
export const LINEAGE_TYPES: ReadonlySet<string> = new Set(Object.values(LINEAGE_TYPE));
