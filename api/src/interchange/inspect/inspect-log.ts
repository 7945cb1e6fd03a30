// What is read from an Inspect AI log, in the product's own shapes.
import type { JsonValue } from './json-value.ts';
import type { StatedScenario } from './sample-scenario.ts';

export type InspectStatus = 'success' | 'error' | 'cancelled' | 'started' | 'killed';
export type Scalar = string | number | boolean | null;
export type JsonObject = { [key: string]: JsonValue };

export interface InspectEvaluation {
  /** The task's name as the log gives it, with its package where it has one. */
  name: string;
  /** `task_version` as text; an integer and its digits are the same version. */
  version: string | null;
  displayName: string | null;
  taskArgs: JsonObject;
  dataset: {
    name: string | null;
    location: string | null;
    samplesDeclared: number | null;
    /** How many ids the run selected from the dataset. */
    idsSelected: number | null;
    shuffled: boolean | null;
  };
  solver: string | null;
  solverArgs: JsonObject;
  /** The solvers in order, with their parameters. */
  plan: { solver: string; params: JsonObject }[];
  /** The code that was evaluated with; credentials in the origin are removed. */
  revision: { origin: string | null; commit: string | null; dirty: boolean | null } | null;
}

export interface InspectRun {
  /** What tells this run from all others; equal in the JSON and the zip of one run. */
  identity: string;
  identityFrom: 'eval_id' | 'run_id+task_id+created' | 'digest';
  evalId: string | null;
  runId: string | null;
  taskId: string | null;
  evalSetId: string | null;
  /** RFC 3339 in UTC with milliseconds. */
  created: string | null;
  startedAt: string | null;
  completedAt: string | null;
  /** The model under test. */
  model: string;
  /** Which of its revisions was loaded, where the log states one that stays what it is. */
  modelRevision?: string;
  /** The role that it is bound to, where the log names no model but by its roles. */
  modelRole?: string;
  /** Role → model name. */
  modelRoles: Record<string, string>;
  /** Role → how its model generates, of those roles of which the log says so. */
  modelRoleConfigs: Record<string, JsonObject>;
  /** The same of the arguments, by role: of those that are not under test, of which the log says so. */
  modelRoleArgs?: Record<string, JsonObject>;
  /** Role → how many others may change answers, which are not kept. */
  modelRoleArgsUntold?: Record<string, number>;
  generateConfig: JsonObject;
  /** Of the arguments that the model under test was loaded with, those that change answers; left out where none are stated. */
  modelArgs?: JsonObject;
  /** How many others may change answers, which are not kept; left out where there are none. */
  modelArgsUntold?: number;
  epochs: number;
  /** A count of samples, or a half-open range of them. */
  limit: number | [number, number] | null;
  config: JsonObject;
  packages: Record<string, string>;
  tags: string[];
  metadata: JsonObject;
  error: string | null;
  invalidated: boolean;
}

export interface InspectGrader {
  scorer: string;
  /** Where the scorer names one, by itself or by a role; or is one of Inspect's own that has the model under test judge. */
  model: string | null;
  modelFrom: 'params' | 'role' | 'under test' | null;
  /** Which of the model's revisions was loaded, where the log states one that stays what it is. */
  revision?: string;
  /** The role that the model was bound to; left out where it comes from none. */
  role?: string;
  /** How the model of that role generates, where the log says so. */
  roleConfig?: JsonObject;
  /** Of the arguments that it was loaded with, those that change answers. */
  roleArgs?: JsonObject;
  params: JsonObject;
}

export interface InspectScore {
  scorer: string;
  /** The name inside the scorer where it gives several, else the scorer again. */
  name: string;
  metric: string;
  /** Null where the log has NaN, an infinity or no number. */
  value: number | null;
  stderr: number | null;
  scoredSamples: number | null;
  unscoredSamples: number | null;
  reducer: string | null;
}

export interface InspectSampleScore {
  value: Scalar;
  /** Where the value was a mapping or a list: its scalars, by key or by position. */
  parts: Record<string, Scalar> | null;
  answer: string | null;
}

export interface InspectSample {
  id: string;
  epoch: number;
  target: string;
  scores: Record<string, InspectSampleScore>;
  error: string | null;
  limit: { type: string; value: number | null } | null;
  /** Which allowance ran out, where one did. */
  exhausted: 'tokens' | 'time' | 'messages' | 'context' | 'cost' | 'operator' | 'other' | null;
  tokens: number | null;
  /** Wall-clock seconds. */
  seconds: number | null;
  retries: number;
  invalidated: boolean;
  /** Where it stands in a JSON log, in bytes; null in a zip, whose members are found by name. */
  place: { offset: number; length: number } | null;
  /** What the model was given, by a digest; null where the log does not tell, or not as text. */
  inputDigest: string | null;
  /** What it shares with other samples, where the metadata of all say so; null where it stands for itself. */
  scenario: StatedScenario | null;
}

export interface InspectCounts {
  samplesPresent: number;
  samplesDeclared: number | null;
  /** The most epochs that any sample has; 0 where none is present. */
  epochs: number;
  errored: number;
  limited: number;
  invalidated: number;
  scored: Record<string, number>;
  unscored: Record<string, number>;
}

export interface KeptField {
  field: string;
  how: string;
  /** That it is worked out from the field, and is not the field itself. */
  derived?: true;
}

export interface LeftOutField {
  field: string;
  /** Members of the lists and mappings left out, summed; 1 for a scalar; 0 where the log has null. */
  count: number;
  why: string;
}

export interface InspectLog {
  refused?: undefined;
  digest: string;
  bytes: number;
  container: 'json' | 'eval';
  formatVersion: number | null;
  status: InspectStatus;
  evaluation: InspectEvaluation;
  run: InspectRun;
  graders: InspectGrader[];
  scores: InspectScore[];
  samples: InspectSample[];
  counts: InspectCounts;
  kept: KeptField[];
  leftOut: LeftOutField[];
  warnings: string[];
}

export interface RefusedInspectLog {
  digest: string;
  bytes: number;
  refused: { reason: string };
}

export type InspectReading = InspectLog | RefusedInspectLog;
