import { addToList } from '../../platform/add-to-list.ts';
import type { InspectEvaluation, InspectRun, InspectScore } from './inspect-log.ts';
import type { JsonValue } from './json-value.ts';
import type { RawHeader } from './log-collector.ts';
import { modelRoles } from './model-under-test.ts';
import {
  asBoolean,
  asCount,
  asInstant,
  asNumber,
  asObject,
  asText,
  asTextMap,
  asTexts,
  isObject,
  member,
} from './plain-values.ts';

type Fields = RawHeader['fields'];

export function normaliseEvaluation(header: RawHeader, task: string): InspectEvaluation {
  const { fields } = header;
  const steps = fields.get('plan.steps');
  const plan = (Array.isArray(steps) ? steps : []).flatMap((step) => {
    const solver = asText(member(step, 'solver'));
    return solver === null ? [] : [{ solver, params: asObject(member(step, 'params')) }];
  });
  const revision = fields.get('eval.revision');
  return {
    name: task,
    version: asText(fields.get('eval.task_version')),
    displayName: asText(fields.get('eval.task_display_name')),
    taskArgs: asObject(fields.get('eval.task_args')),
    dataset: {
      name: asText(fields.get('eval.dataset.name')),
      location: asText(fields.get('eval.dataset.location')),
      samplesDeclared: asCount(fields.get('eval.dataset.samples')),
      idsSelected: header.idsSelected,
      shuffled: asBoolean(fields.get('eval.dataset.shuffled')),
    },
    solver: asText(fields.get('eval.solver')),
    solverArgs: asObject(fields.get('eval.solver_args')),
    plan,
    revision: isObject(revision)
      ? {
          origin: withoutCredentials(asText(revision.origin)),
          commit: asText(revision.commit),
          dirty: asBoolean(revision.dirty),
        }
      : null,
  };
}

type Identity = Pick<InspectRun, 'identity' | 'identityFrom'>;
type Tested = Pick<
  InspectRun,
  | 'model'
  | 'modelRole'
  | 'modelRevision'
  | 'generateConfig'
  | 'modelArgs'
  | 'modelArgsUntold'
  | 'modelRoleArgs'
  | 'modelRoleArgsUntold'
>;

export function normaliseRun(fields: Fields, stated: Identity & Tested, warnings: string[]): InspectRun {
  const created = asInstant(fields.get('eval.created'));
  if (created === null) warnings.push('The log does not say when the run was created.');
  const config = asObject(fields.get('eval.config'));
  return {
    ...stated,
    evalId: asText(fields.get('eval.eval_id')),
    runId: asText(fields.get('eval.run_id')),
    taskId: asText(fields.get('eval.task_id')),
    evalSetId: asText(fields.get('eval.eval_set_id')),
    created,
    startedAt: asInstant(fields.get('stats.started_at')),
    completedAt: asInstant(fields.get('stats.completed_at')),
    modelRoles: modelRoles(fields.get('eval.model_roles')),
    modelRoleConfigs: modelRoleConfigs(fields.get('eval.model_roles')),
    epochs: asCount(config.epochs) || 1,
    limit: sampleRange(config.limit),
    config,
    packages: asTextMap(fields.get('eval.packages')),
    tags: asTexts(fields.get('tags') ?? fields.get('eval.tags')),
    metadata: asObject(fields.get('metadata') ?? fields.get('eval.metadata')),
    error: asText(fields.get('error.message')) ?? asText(fields.get('error')),
    invalidated: fields.get('invalidated') === true,
  };
}

/** The entries of the results, in today's shape; the oldest logs have one scorer beside its metrics. */
export function resultEntries(header: RawHeader): JsonValue[] {
  if (header.resultScores.length > 0) return header.resultScores;
  const scorer = header.fields.get('results.scorer');
  if (!isObject(scorer)) return [];
  return [{ ...scorer, scorer: scorer.name ?? null, metrics: header.fields.get('results.metrics') ?? {} }];
}

export function normaliseScores(header: RawHeader, warnings: string[]): InspectScore[] {
  return resultEntries(header).flatMap((entry) => scorerMetrics(entry, warnings));
}

function scorerMetrics(entry: JsonValue, warnings: string[]): InspectScore[] {
  const name = asText(member(entry, 'name'));
  const scorer = asText(member(entry, 'scorer')) ?? name;
  const metrics = member(entry, 'metrics');
  if (scorer === null || !isObject(metrics)) return [];
  const named = Object.entries(metrics).map(([key, metric]) => ({
    key,
    raw: member(metric, 'value') ?? metric,
  }));
  if (named.length === 0) warnings.push(`The scorer ${scorer} reports no metric.`);
  const about = (key: string) =>
    `${key} of ${name === scorer || name === null ? scorer : `${scorer} (${name})`}`;
  const number = (key: string, raw: JsonValue) => {
    const value = asNumber(raw);
    if (value === null)
      warnings.push(`The metric ${about(key)} is ${isObject(raw) ? 'not a number' : raw}: no value is kept.`);
    return value;
  };
  const errors = stderrPairs(named.map(({ key }) => key));
  const paired = new Set(errors.values());
  const raws = new Map(named.map((metric) => [metric.key, metric.raw]));
  const shared = {
    scorer,
    name: name ?? scorer,
    scoredSamples: asCount(member(entry, 'scored_samples')),
    unscoredSamples: asCount(member(entry, 'unscored_samples')),
    reducer: asText(member(entry, 'reducer')),
  };
  return named.flatMap(({ key, raw }) => {
    if (paired.has(key)) return [];
    const value = number(key, raw);
    const error = errors.get(key);
    if (error === undefined) return [{ ...shared, metric: key, value, stderr: null }];
    const stderr = number(error, raws.get(error)!);
    if (stderr === 0) warnings.push(`The standard error of ${about(key)} is 0, which is no certainty.`);
    return [{ ...shared, metric: key, value, stderr }];
  });
}

/** How far values lie apart: Inspect's `stderr` is the error of their mean, and not of this. */
const OF_SPREAD = new Set(['std', 'var', 'bootstrap_stderr']);

const bare = (key: string) => key.slice(key.lastIndexOf('/') + 1);
/** What stands before the name of a metric: of several groups, each has its own mean and error. */
const groupOf = (key: string) => key.slice(0, key.length - bare(key).length);

/** Metric → the `stderr` that goes with it: over all where there is one, else within each group. */
function stderrPairs(keys: string[]): Map<string, string> {
  const errors = keys.filter((key) => bare(key) === 'stderr');
  return new Map(
    (errors.length === 1 ? [keys] : groupsOf(keys)).flatMap((group) => {
      const pair = stderrPair(group);
      return pair === null ? [] : [[pair.of, pair.stderr] as const];
    }),
  );
}

function groupsOf(keys: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const key of keys) addToList(groups, groupOf(key), key);
  return [...groups.values()];
}

/** Which metric a `stderr` goes with: the only other one, or the mean that it is the error of. */
function stderrPair(keys: string[]): { stderr: string; of: string } | null {
  const errors = keys.filter((key) => bare(key) === 'stderr');
  if (errors.length !== 1) return null;
  const others = keys.filter((key) => key !== errors[0] && !OF_SPREAD.has(bare(key)));
  const means = others.filter((key) => bare(key) === 'accuracy' || bare(key) === 'mean');
  const of = others.length === 1 ? others[0] : means.length === 1 ? means[0] : undefined;
  return of === undefined ? null : { stderr: errors[0]!, of };
}

/** How the model of a role was told to generate, where it was told; what else the log says of it may hold keys. */
function modelRoleConfigs(roles: JsonValue | undefined): InspectRun['modelRoleConfigs'] {
  if (!isObject(roles)) return {};
  return Object.fromEntries(
    Object.entries(roles).flatMap(([role, stated]) => {
      const config = asObject(member(stated, 'config'));
      return Object.keys(config).length === 0 ? [] : [[role, config]];
    }),
  );
}

function sampleRange(limit: JsonValue | undefined): InspectRun['limit'] {
  if (!Array.isArray(limit)) return asCount(limit);
  const [from, to] = [asCount(limit[0]), asCount(limit[1])];
  return from === null || to === null ? null : [from, to];
}

function withoutCredentials(origin: string | null): string | null {
  return origin === null ? null : origin.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}
