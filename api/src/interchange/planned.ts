// What a log becomes in the record.
import type { ImportReport } from './import.ts';
import type { JsonObject } from './inspect/inspect-log.ts';

export type GraderKind = 'MODEL' | 'CLASSIFIER' | 'STRING_MATCH' | 'HUMAN' | 'COMBINED' | 'UNKNOWN';
export type RunStatus = 'STARTED' | 'SUCCESS' | 'CANCELLED' | 'ERROR' | 'KILLED';

export interface PlannedModel {
  name: string;
  version: string;
  /** The model version that a person confirmed the name to mean. */
  confirmed?: { id: bigint; ref: string };
}

export interface PlannedGrader {
  name: string;
  /** Digest of what the log says of the scorer, so that other parameters are another version. */
  version: string;
  kind: GraderKind;
  prompt: string | null;
  parser: string | null;
  model: PlannedModel | null;
}

export interface PlannedMeasurement {
  behavior: string;
  condition: string | null;
  /** Index in `graders`, or null where the log does not tell which. */
  grader: number | null;
  /** The version of a rule that made it, and the behaviour, where the rule says which is meant. */
  scoringRuleVersionId: bigint | null;
  behaviorId: bigint | undefined;
  exhibited: number;
  notExhibited: number;
  unscored: number;
  graderErrors: number;
  excluded: number;
}

export interface PlannedScore {
  metric: string;
  value: number | null;
  standardError: number | null;
  sampleCount: number | null;
  unscored: number | null;
  grader: number | null;
  note: string | null;
}

export interface PlannedSample {
  sampleId: string;
  epoch: number;
  target: string | null;
  scores: JsonObject;
  outcomes: Record<string, string>;
  error: string | null;
  limitReached: string | null;
  invalidated: boolean;
}

export interface ImportPlan {
  evaluation: { name: string; version: string; title: string | null };
  model: PlannedModel;
  /** What to call the eval run, in order of preference. */
  runNames: string[];
  /** Equal for every file of one run. */
  runIdentity: string;
  /** Equal for files that say the same of the run, whatever their container. */
  contentDigest: string;
  status: RunStatus;
  startedAt: Date | null;
  epochs: number;
  sampleCount: number;
  samplesDeclared: number | null;
  graders: PlannedGrader[];
  conditions: { name: string; factors: JsonObject }[];
  /** Those that are found, or registered, by name. */
  behaviors: { name: string; title: string }[];
  measurements: PlannedMeasurement[];
  scores: PlannedScore[];
  samples: PlannedSample[];
  metadata: JsonObject;
  report: ImportReport;
}
