// The names of the slice's types, which other slices' fields may point to.
import { builder } from '../graphql/builder.ts';
import type { Comparability } from './comparability.ts';
import type {
  BehaviorRow,
  ConditionRow,
  EvalSampleRow,
  EvaluationRow,
  EvaluationVersionRow,
  GraderRow,
  GraderVersionRow,
  MeasurementRow,
  ReportedResultRow,
  ScoreRow,
  StandardRow,
  StandardVersionRow,
} from './evaluation.ts';
import type { Interval } from './statistics/interval.ts';
import type { RateBounds } from './statistics/missing-data.ts';

export const BehaviorRef = builder.objectRef<BehaviorRow>('Behavior');
export const EvaluationRef = builder.objectRef<EvaluationRow>('Evaluation');
export const EvaluationVersionRef = builder.objectRef<EvaluationVersionRow>('EvaluationVersion');
export const ConditionRef = builder.objectRef<ConditionRow>('Condition');
export const GraderRef = builder.objectRef<GraderRow>('Grader');
export const GraderVersionRef = builder.objectRef<GraderVersionRow>('GraderVersion');
export const StandardRef = builder.objectRef<StandardRow>('Standard');
export const StandardVersionRef = builder.objectRef<StandardVersionRow>('StandardVersion');
export const MeasurementRef = builder.objectRef<MeasurementRow>('Measurement');
export const ScoreRef = builder.objectRef<ScoreRow>('Score');
export const ReportedResultRef = builder.objectRef<ReportedResultRow>('ReportedResult');
export const EvalSampleRef = builder.objectRef<EvalSampleRow>('EvalSample');
export const IntervalRef = builder.objectRef<Interval>('Interval');
export const RateBoundsRef = builder.objectRef<RateBounds>('RateBounds');
export const ComparabilityRef = builder.objectRef<Comparability>('Comparability');
