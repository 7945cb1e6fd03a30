// What a log becomes in the record.
import type { ImportReport } from './import.ts';
import type { JsonObject } from './inspect/inspect-log.ts';

export type GraderKind = 'MODEL' | 'CLASSIFIER' | 'STRING_MATCH' | 'HUMAN' | 'COMBINED' | 'UNKNOWN';
export type RunStatus = 'STARTED' | 'SUCCESS' | 'CANCELLED' | 'ERROR' | 'KILLED' | 'UNKNOWN';

export interface PlannedModel {
  name: string;
  version: string;
  /** The model version that a person confirmed the name to mean. */
  confirmed?: { id: bigint; ref: string };
}

/** A dataset version that the samples of a run came from. */
export interface PlannedDataset {
  name: string;
  /** The revision that the file states; `unspecified` where it states none that stays what it is. */
  version: string;
  /** The subset or split that was used; null where the file does not say. */
  part: string | null;
  /** Where the file says so. */
  field: string;
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
  scoringRuleVersionId?: bigint | null;
  behaviorId?: bigint | undefined;
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
  higherIsBetter?: boolean | null;
  /** The places in `measurements` of those that say the same, to whoever sees them; absent where none does. */
  coveredBy?: number[];
  /** Name of the condition under which it was scored; absent where the run's format states none. */
  condition?: string | null;
}

export interface PlannedSample {
  sampleId: string;
  epoch: number;
  /** By what an earlier reader called it; left out where that is the same. It tells nothing of what the file says. */
  formerly?: { sampleId: string; epoch: number };
  target: string | null;
  scores: JsonObject;
  outcomes: Record<string, string>;
  error: string | null;
  limitReached: string | null;
  /** Where it stands in a file that is read from its beginning, in bytes; null or left out where it is found by name. */
  place?: { offset: number; length: number } | null;
  /** What it shares with other samples of the run; left out where it stands for itself. */
  scenario?: string;
  /** Whether the file says that the sample was invalidated; left out where it cannot tell. */
  invalidated?: boolean;
  /** What the model was given, as formats/input-digest.ts has it; left out where the file does not tell. */
  inputDigest?: string;
}

/** One eval run that a file tells of. */
export interface ImportPlan {
  evaluation: { name: string; version: string; title: string | null };
  model: PlannedModel;
  /** What the samples came from, as far as the file says. */
  datasets: PlannedDataset[];
  /** What to call the eval run, in order of preference. */
  runNames: string[];
  /** Equal for every file of one run. */
  runIdentity: string;
  /** Those that earlier readers made of the same; left out where they are the same. */
  formerIdentities?: readonly string[];
  /** Equal for files that say the same of the run, whatever their container. */
  contentDigest: string;
  status: RunStatus;
  startedAt: Date | null;
  epochs: number;
  /** Samples present in the file; null where it tells nothing of single samples. */
  sampleCount: number | null;
  samplesDeclared: number | null;
  graders: PlannedGrader[];
  conditions: { name: string; factors: JsonObject }[];
  /** Those that are found, or registered, by name. */
  behaviors: { name: string; title: string }[];
  measurements: PlannedMeasurement[];
  scores: PlannedScore[];
  /** Null where the file tells nothing of single samples. */
  samples: PlannedSample[] | null;
  metadata: JsonObject;
  report: ImportReport;
}

/** What becomes of one file: whatever its format, the same from here on. */
export interface FilePlan {
  /** The format that its bytes showed, such as `inspect-eval`; lower case, words joined by hyphens. */
  format: string;
  /** What a citation of the file calls it, before its name: "Inspect log". */
  source: string;
  /** In the order of the file; never none. Each has its own report of what is told of it alone. */
  runs: ImportPlan[];
  /** What is told of the file as a whole: the reports of its runs are added to it. */
  report: ImportReport;
  /** Whether the folders in which the file lay may have told what tells its run from others: it was read without any. */
  needsFolders?: boolean;
}
