// The names of lineage types, which other slices' fields may point to. Each is implemented in its own slice.
import { builder } from '../graphql/builder.ts';
import type { LineageNodeKind } from './kinds.ts';
import type { LineageNodeRow } from './node.ts';

export const LineageNodeRef = builder.interfaceRef<LineageNodeRow>('LineageNode');

export const SourceRef = builder.objectRef<LineageNodeRow>('Source');
export const DatasetVersionRef = builder.objectRef<LineageNodeRow>('DatasetVersion');
export const TransformationRef = builder.objectRef<LineageNodeRow>('Transformation');
export const TrainingRunRef = builder.objectRef<LineageNodeRow>('TrainingRun');
export const ModelVersionRef = builder.objectRef<LineageNodeRow>('ModelVersion');
export const EvalRunRef = builder.objectRef<LineageNodeRow>('EvalRun');
export const IncidentRef = builder.objectRef<LineageNodeRow>('Incident');

export const LINEAGE_TYPE = {
  SOURCE: 'Source',
  DATASET_VERSION: 'DatasetVersion',
  TRANSFORMATION: 'Transformation',
  TRAINING_RUN: 'TrainingRun',
  MODEL_VERSION: 'ModelVersion',
  EVAL_RUN: 'EvalRun',
  INCIDENT: 'Incident',
} as const satisfies Record<LineageNodeKind, string>;
