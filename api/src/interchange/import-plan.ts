// What a log will become in the record, worked out before anything is written.
import { createHash } from 'node:crypto';
import { oneLine } from '../platform/file-name.ts';
import type { ImportReport } from './import.ts';
import type { InspectGrader, InspectLog, InspectScore, JsonObject } from './inspect/inspect-log.ts';
import type { JsonValue } from './inspect/json-scanner.ts';
import { knownMapping } from './inspect/known-mappings.ts';
import { bareName, conditionFactors, sampleOutcomes, toMeasurements } from './inspect/measurements.ts';

export type GraderKind = 'MODEL' | 'CLASSIFIER' | 'STRING_MATCH' | 'HUMAN' | 'COMBINED' | 'UNKNOWN';
export type RunStatus = 'STARTED' | 'SUCCESS' | 'CANCELLED' | 'ERROR' | 'KILLED';

export interface PlannedModel {
  name: string;
  version: string;
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
  condition: { name: string; factors: JsonObject } | null;
  behaviors: { name: string; title: string }[];
  measurements: PlannedMeasurement[];
  scores: PlannedScore[];
  samples: PlannedSample[];
  metadata: JsonObject;
  report: ImportReport;
}

const LONGEST_NAME = 200;
const LONGEST_TASK = 160;
const LARGEST_INT = 2_147_483_647;
const LARGEST_VALUE = 262_144;
const MOST_SCORES = 5_000;
const MOST_WARNINGS = 500;
const LONGEST_WARNING = 1_000;

/** A refusal of a log that reads well but says something that cannot be recorded: the reason, in a sentence. */
export class UnfitLog extends Error {}

/** The plan for a log. Throws UnfitLog; everything else that is odd stands in the report's warnings. */
export function planImport(log: InspectLog): ImportPlan {
  const warnings = [...log.warnings];
  const losses = new Losses();
  const mapping = knownMapping(log);
  const counted = toMeasurements(log, mapping);
  warnings.push(...counted.warnings);
  const evaluation = planEvaluation(log, warnings);
  // What graders lose is told once, with the run's settings below.
  const graders = planGraders(log, new Losses(), warnings);
  const graderOf = graderFinder(log.graders, graders, warnings);
  const epochs = int(log.run.epochs, 'number of epochs', warnings) || 1;
  const samples = planSamples(log, sampleOutcomes(log, mapping));
  const condition = counted.measurements.find((m) => m.condition !== null)?.condition ?? null;
  const measurements = counted.measurements.map((m): PlannedMeasurement => {
    const { behavior, exhibited, notExhibited, unscored, graderErrors, excluded } = m;
    const counts = { exhibited, notExhibited, unscored, graderErrors, excluded };
    const name = m.condition === null ? null : bounded(m.condition, LONGEST_NAME);
    const grader = graderOf(m.scorer);
    return { behavior, condition: name, grader, ...counts };
  });
  if (mapping === null && log.scores.length > 0)
    warnings.push('No behaviour is known for this evaluation: its metrics are kept as scores.');
  const scores = counted.scores.slice(0, MOST_SCORES).map((score) => planScore(score, graderOf, warnings));
  if (counted.scores.length > MOST_SCORES)
    warnings.push(`The log has ${counted.scores.length} metrics: the first ${MOST_SCORES} are kept.`);
  const covered = log.scores.length - counted.scores.length;
  if (covered > 0) {
    const reason = 'the measurements say the same, counted from the samples';
    losses.all.push({ field: 'results.scores[]', count: covered, reason });
  }
  const model = planModel(log.run.model, 'under test', warnings);
  const metadata = planMetadata(log, losses);
  const contentDigest = contentOf(metadata, {
    samples,
    measurements,
    scores: log.scores,
    status: log.status,
  });
  const identity = /^[A-Za-z0-9_-]{8,}$/.test(log.run.identity)
    ? log.run.identity.slice(0, 8)
    : sha256(log.run.identity).slice(0, 8);
  const runName = `${bounded(evaluation.name, LONGEST_TASK)}/${identity}`;
  return {
    evaluation,
    model,
    runNames: [
      runName,
      `${runName}-${contentDigest.slice(0, 8)}`,
      `${runName}-${contentDigest.slice(0, 8)}-${log.digest.slice(0, 12)}`,
    ],
    runIdentity: log.run.identity,
    contentDigest,
    status: log.status.toUpperCase() as RunStatus,
    startedAt: moment(log.run.startedAt ?? log.run.created, warnings),
    epochs,
    sampleCount: log.counts.samplesPresent,
    samplesDeclared: int(log.counts.samplesDeclared, 'declared number of samples', warnings),
    graders,
    condition: condition === null ? null : planCondition(condition, conditionFactors(log, mapping), losses),
    behaviors: [...new Set(measurements.map((m) => m.behavior))].map((name) => ({
      name,
      title: title(name),
    })),
    measurements,
    scores,
    samples,
    metadata,
    report: {
      kept: log.kept,
      leftOut: [
        ...log.leftOut.map(({ field, count, why }) => ({ field, count, reason: why })),
        ...losses.all,
      ],
      warnings: cutWarnings(warnings),
      recordedBefore: null,
    },
  };
}

/** What the plan itself leaves out, beside what the reader did. */
class Losses {
  readonly all: { field: string; count: number; reason: string }[] = [];

  /** The value without what may hold credentials, and without values too large for a record. */
  bounded(field: string, value: JsonValue): JsonValue | undefined {
    const clean = this.#withoutSecrets(field, value);
    const size = JSON.stringify(clean)?.length ?? 0;
    if (size <= LARGEST_VALUE) return clean;
    this.all.push({ field, count: 1, reason: 'larger than the record keeps (262,144 characters)' });
    return undefined;
  }

  #withoutSecrets(field: string, value: JsonValue): JsonValue {
    if (Array.isArray(value)) return value.map((item) => this.#withoutSecrets(`${field}[]`, item));
    if (value === null || typeof value !== 'object') return value;
    const kept: [string, JsonValue][] = [];
    for (const [name, part] of Object.entries(value)) {
      if (SECRET.test(name) && part !== null) {
        this.all.push({ field: `${field}.${name}`.slice(0, 200), count: 1, reason: 'may hold credentials' });
      } else kept.push([name, this.#withoutSecrets(`${field}.${name}`, part)]);
    }
    return Object.fromEntries(kept);
  }
}

/** Names under which people put keys and addresses with keys in them. */
const SECRET =
  /api_?-?key|secret|passw|authorization|credential|private_?key|access_?token|auth_?token|bearer|cookie|extra_headers|model_args|base_url/i;

function planEvaluation(log: InspectLog, warnings: string[]): ImportPlan['evaluation'] {
  const { name: task, version: stated, displayName } = log.evaluation;
  const name = thingName(task);
  if (name === '') throw new UnfitLog('The log gives its task a name that holds no letter.');
  const version = stated === null ? '' : bounded(stated, LONGEST_NAME);
  if (version === '')
    warnings.push('The log states no version of its task: it is recorded as "unversioned".');
  const shown = displayName === null ? '' : bounded(displayName, LONGEST_NAME);
  return { name, version: version || 'unversioned', title: shown === '' || shown === name ? null : shown };
}

/** Providers that stand for no model: what they name must not be taken for one. */
function planModel(stated: string, role: string, warnings: string[]): PlannedModel {
  const name = bounded(stated, LONGEST_NAME);
  if (name === '') throw new UnfitLog(`The log gives the model ${role} a name that holds no letter.`);
  const said = `The log names the model ${role}, ${name}, without a version: it is recorded as "unspecified", its training as not recorded.`;
  if (!warnings.includes(said)) warnings.push(said);
  return { name, version: 'unspecified' };
}

const STRING_MATCHERS = new Set(['match', 'includes', 'exact', 'pattern', 'answer', 'f1', 'choice', 'math']);

function planGraders(log: InspectLog, losses: Losses, warnings: string[]): PlannedGrader[] {
  const planned = log.graders.map((grader): PlannedGrader => {
    const params = losses.bounded(`scorer ${grader.scorer}`.slice(0, 100), grader.params) ?? {};
    const model = grader.model === null ? null : planModel(grader.model, 'that grades', warnings);
    const named = bareName(grader.scorer);
    if (model === null && named.startsWith('model_graded')) {
      warnings.push(`The log does not say which model judged for ${named}.`);
    }
    return {
      name: thingName(grader.scorer) || 'unnamed',
      version: digestOf({ scorer: grader.scorer, params, model: grader.model }).slice(0, 12),
      kind: graderKind(named, model !== null),
      prompt: textOf(params, 'template') ?? textOf(params, 'instructions'),
      parser: textOf(params, 'grade_pattern') ?? textOf(params, 'pattern'),
      model,
    };
  });
  return planned;
}

function graderKind(scorer: string, hasModel: boolean): GraderKind {
  if (hasModel || scorer.startsWith('model_graded')) return 'MODEL';
  if (STRING_MATCHERS.has(scorer)) return 'STRING_MATCH';
  return scorer === 'human' || scorer === 'human_scorer' ? 'HUMAN' : 'UNKNOWN';
}

function textOf(params: JsonValue, name: string): string | null {
  if (params === null || typeof params !== 'object' || Array.isArray(params)) return null;
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Finds the grader behind a scorer's name. Two of one name, with other parameters, cannot be told apart. */
function graderFinder(
  stated: readonly InspectGrader[],
  planned: readonly PlannedGrader[],
  warnings: string[],
): (scorer: string) => number | null {
  const told = new Set<string>();
  return (scorer) => {
    const same = stated.flatMap((grader, i) => (grader.scorer === scorer ? [i] : []));
    const alike = stated.flatMap((grader, i) => (bareName(grader.scorer) === bareName(scorer) ? [i] : []));
    const found = same.length > 0 ? same : alike;
    const versions = new Set(found.map((i) => planned[i]!.version));
    if (versions.size > 1 && !told.has(scorer)) {
      told.add(scorer);
      warnings.push(`Several graders are called ${scorer}: which gave a value cannot be told.`);
    }
    return versions.size === 1 ? found[0]! : null;
  };
}

function planScore(
  score: InspectScore,
  graderOf: (scorer: string) => number | null,
  warnings: string[],
): PlannedScore {
  const part = score.name === score.scorer || bareName(score.name) === bareName(score.scorer);
  const notes = [
    part ? null : `value ${score.name} of ${score.scorer}`,
    score.reducer === null ? null : `epochs reduced by ${score.reducer}`,
  ].filter((note) => note !== null);
  return {
    metric: bounded(part ? score.metric : `${score.name}/${score.metric}`, LONGEST_NAME) || 'unnamed',
    value: score.value,
    standardError: score.stderr !== null && score.stderr >= 0 ? score.stderr : null,
    sampleCount: int(score.scoredSamples, 'number of scored samples', warnings),
    unscored: int(score.unscoredSamples, 'number of unscored samples', warnings),
    grader: graderOf(score.scorer),
    note: notes.length === 0 ? null : notes.join('; '),
  };
}

function planSamples(log: InspectLog, outcomes: Record<string, string>[]): PlannedSample[] {
  return log.samples.map((sample, i) => {
    if (sample.epoch < 1 || sample.epoch > LARGEST_INT) {
      throw new UnfitLog(`The log has a sample in epoch ${sample.epoch}; epochs count from 1.`);
    }
    return {
      sampleId: sample.id,
      epoch: sample.epoch,
      target: sample.target === '' ? null : sample.target,
      scores: sample.scores as unknown as JsonObject,
      outcomes: outcomes[i] ?? {},
      error: sample.error,
      limitReached: sample.limit?.type ?? null,
    };
  });
}

function planCondition(name: string, factors: JsonObject, losses: Losses): ImportPlan['condition'] {
  return {
    name: bounded(name, LONGEST_NAME),
    factors: (losses.bounded('eval.task_args', factors) ?? {}) as JsonObject,
  };
}

function planMetadata(log: InspectLog, losses: Losses): JsonObject {
  const { evaluation, run, counts } = log;
  const said: { [field: string]: JsonValue } = {
    formatVersion: log.formatVersion,
    container: log.container,
    identityFrom: run.identityFrom,
    evalId: run.evalId,
    runId: run.runId,
    taskId: run.taskId,
    evalSetId: run.evalSetId,
    created: run.created,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    model: run.model,
    modelRoles: run.modelRoles,
    generateConfig: run.generateConfig,
    config: run.config,
    limit: run.limit,
    packages: run.packages,
    tags: run.tags,
    metadata: run.metadata,
    error: run.error,
    invalidated: run.invalidated,
    taskArgs: evaluation.taskArgs,
    dataset: evaluation.dataset,
    solver: evaluation.solver,
    solverArgs: evaluation.solverArgs,
    plan: evaluation.plan as unknown as JsonValue,
    revision: evaluation.revision,
    counts: counts as unknown as JsonValue,
    usage: {
      tokens: sum(log.samples.map((sample) => sample.tokens)),
      seconds: sum(log.samples.map((sample) => sample.seconds)),
      retries: sum(log.samples.map((sample) => sample.retries)),
    },
    graders: log.graders as unknown as JsonValue,
  };
  const kept = Object.entries(said).flatMap(([field, value]) => {
    const clean = value === null ? undefined : losses.bounded(FIELD_OF[field] ?? field, value);
    return clean === undefined ? [] : [[field, clean] as const];
  });
  return Object.fromEntries(kept);
}

/** Digest of all that a file says of the run, but not of how the file itself is made. */
function contentOf(metadata: JsonObject, said: object): string {
  const { formatVersion: _version, container: _container, usage: _usage, dataset, ...rest } = metadata;
  const { idsSelected: _ids, ...set } = (dataset ?? {}) as JsonObject;
  return digestOf({ ...rest, dataset: set, ...said });
}

/** Where the log has what the record calls otherwise. */
const FIELD_OF: Readonly<Record<string, string>> = {
  generateConfig: 'eval.model_generate_config',
  config: 'eval.config',
  metadata: 'metadata',
  taskArgs: 'eval.task_args',
  solverArgs: 'eval.solver_args',
  plan: 'plan.steps',
  graders: 'eval.scorers',
};

/** Over those samples that say; null where none does. */
function sum(values: readonly (number | null)[]): number | null {
  const stated = values.filter((value) => value !== null);
  return stated.length === 0 ? null : stated.reduce((total, value) => total + value, 0);
}

function cutWarnings(warnings: readonly string[]): string[] {
  const unique = [...new Set(warnings)].map((warning) => bounded(warning, LONGEST_WARNING));
  if (unique.length <= MOST_WARNINGS) return unique;
  return [
    ...unique.slice(0, MOST_WARNINGS),
    `${unique.length - MOST_WARNINGS} further warnings are left out.`,
  ];
}

function int(value: number | null, what: string, warnings: string[]): number | null {
  if (value === null || value <= LARGEST_INT) return value;
  warnings.push(`The ${what}, ${value}, is larger than can be: it is left out.`);
  return null;
}

/** Postgres knows no year 0, and a run of another century is a clock that was never set. */
function moment(instant: string | null, warnings: string[]): Date | null {
  if (instant === null) return null;
  const date = new Date(instant);
  const year = date.getUTCFullYear();
  if (year >= 1970 && year < 10_000) return date;
  warnings.push(`The log dates its run to the year ${year}: the time is left out.`);
  return null;
}

/** One line of at most `longest` UTF-16 units; a longer one ends in a digest of the whole, so that it stays apart. */
function bounded(text: string, longest: number): string {
  const line = oneLine(text);
  if (line.length <= longest) return line;
  const kept = line.slice(0, longest - 10).replace(/[\ud800-\udbff]$/, '');
  return `${kept}…~${sha256(line).slice(0, 8)}`;
}

/** As `bounded`, and without the @ that separates a version from the name. */
function thingName(text: string): string {
  return bounded(text.replaceAll('@', '#'), LONGEST_NAME);
}

function title(name: string): string {
  const words = name.replaceAll(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function digestOf(value: unknown): string {
  return sha256(
    JSON.stringify(value, (_key, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
