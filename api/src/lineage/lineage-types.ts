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
