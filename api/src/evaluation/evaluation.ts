// The rows of the slice, as its types resolve from them.
import type { Json } from '../platform/json.ts';
import type { Qualifier } from './measurement.ts';

export const GRADER_KINDS = ['MODEL', 'CLASSIFIER', 'STRING_MATCH', 'HUMAN', 'COMBINED', 'UNKNOWN'] as const;
export type GraderKind = (typeof GRADER_KINDS)[number];

export const EVAL_RUN_STATUSES = ['STARTED', 'SUCCESS', 'CANCELLED', 'ERROR', 'KILLED', 'UNKNOWN'] as const;
export type EvalRunStatus = (typeof EVAL_RUN_STATUSES)[number];

/** A thing that has a name in a team's namespace; `name` is written with the namespace where there is one. */
export interface NamedRow {
  id: bigint;
  name: string;
}

export interface BehaviorRow extends NamedRow {
  title: string;
  description: string | null;
}

export interface TaxonomyMappingRow {
  behaviorId: bigint;
  taxonomy: string;
  code: string;
  label: string | null;
  url: string | null;
}

export interface EvaluationRow extends NamedRow {
  title: string | null;
  description: string | null;
  url: string | null;
}

/** What a version is called that its source does not state. */
export const UNVERSIONED = 'unversioned';

export interface EvaluationVersionRow {
  id: bigint;
  evaluationId: bigint;
  evaluationName: string;
  version: string;
  releasedAt: Date | null;
  citationId: bigint | null;
}

export interface ConditionRow {
  id: bigint;
  evaluationVersionId: bigint;
  name: string;
  factors: Json;
  description: string | null;
}

export interface GraderRow extends NamedRow {
  title: string | null;
}

export interface GraderVersionRow {
  id: bigint;
  graderId: bigint;
  graderName: string;
  version: string;
  kind: GraderKind;
  prompt: string | null;
  parser: string | null;
  modelVersionId: bigint | null;
  owner: string | null;
  approvedBy: string | null;
  standardVersionId: bigint | null;
  citationId: bigint | null;
}

export interface StandardRow extends NamedRow {
  title: string;
  kind: string;
}

export interface StandardVersionRow {
  id: bigint;
  standardId: bigint;
  standardTitle: string;
  version: string;
  text: string | null;
  url: string | null;
  authors: string[];
  publishedAt: Date | null;
  citationId: bigint | null;
}

export const STANDARD_DECISIONS = ['APPROVED', 'DISSENTED', 'ABSTAINED'] as const;
export type StandardDecision = (typeof STANDARD_DECISIONS)[number];

export interface StandardApprovalRow {
  standardVersionId: bigint;
  by: string;
  decision: StandardDecision;
  comment: string | null;
  at: Date | null;
  citationId: bigint | null;
  actorId: bigint;
  recordedAt: Date;
}

export interface EvalRunFacts {
  nodeId: bigint;
  evaluationVersionId: bigint;
  status: EvalRunStatus;
  startedAt: Date | null;
  epochs: number | null;
  sampleCount: number | null;
  importId: bigint | null;
}

export interface EvalSampleRow {
  id: bigint;
  sampleId: string;
  epoch: number;
  input: string | null;
  /** With its kind before it; null where it is not recorded, or not for the viewer. */
  inputDigest: string | null;
  target: string | null;
  scores: Json;
  /** Behaviour, or behaviour and scorer → what it came to. */
  outcomes: Readonly<Record<string, string>>;
  error: string | null;
  limitReached: string | null;
}

export interface MeasurementRow {
  id: bigint;
  evalRunId: bigint;
  behaviorId: bigint;
  conditionId: bigint | null;
  graderVersionId: bigint | null;
  exhibited: number | null;
  notExhibited: number | null;
  unscored: number | null;
  graderErrors: number | null;
  excluded: number | null;
  sampleCount: number | null;
  rate: number | null;
  standardError: number | null;
  qualifier: Qualifier;
  epochs: number | null;
  /** Of the recorded samples that it counts: clusters, the clustered standard error, and the least they are worth. */
  clusters: number | null;
  clusterError: number | null;
  leastEffective: number | null;
  /** Which outcomes of its run's samples it counts; null where it rests on none that are recorded. */
  outcomeKey: string | null;
  /** Whether it counts what a person said of single samples. */
  judged: boolean;
  citationId: bigint | null;
  scoringRuleVersionId: bigint | null;
  recordedAt: Date;
  retractedAt: Date | null;
}

/** What a list shows of a measurement, and the behaviour that it is of. */
export type BriefMeasurement = Pick<
  MeasurementRow,
  'id' | 'evalRunId' | 'behaviorId' | 'exhibited' | 'notExhibited' | 'sampleCount' | 'rate' | 'qualifier'
> & { behaviorName: string; behaviorTitle: string };

export interface ScoreRow {
  id: bigint;
  evalRunId: bigint;
  metric: string;
  value: number | null;
  standardError: number | null;
  sampleCount: number | null;
  higherIsBetter: boolean | null;
  conditionId: bigint | null;
  graderVersionId: bigint | null;
  citationId: bigint | null;
  note: string | null;
}

export interface ReportedResultRow {
  id: bigint;
  incidentId: bigint | null;
  statement: string;
  value: number | null;
  lower: number | null;
  upper: number | null;
  unit: string | null;
  qualifier: Qualifier;
  behaviorId: bigint | null;
  modelVersionId: bigint | null;
  subject: string | null;
  citationId: bigint;
  recordedAt: Date;
}
