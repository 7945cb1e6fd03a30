import type { InspectLog, JsonObject } from './inspect/inspect-log.ts';
import type { JsonValue } from './inspect/json-value.ts';
import type { Losses } from './plan-losses.ts';
import { digestOf } from './plan-values.ts';

export function planMetadata(log: InspectLog, losses: Losses): JsonObject {
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
    ...(run.modelRole === undefined ? {} : { modelRole: run.modelRole }),
    ...(run.modelRevision === undefined ? {} : { modelRevision: run.modelRevision }),
    modelRoles: run.modelRoles,
    // What a log does not say adds nothing: its digest stays that of the record of an earlier reader.
    ...(Object.keys(run.modelRoleConfigs).length === 0 ? {} : { modelRoleConfigs: run.modelRoleConfigs }),
    ...(run.modelRoleArgs === undefined ? {} : { modelRoleArgs: run.modelRoleArgs }),
    ...(run.modelRoleArgsUntold === undefined ? {} : { modelRoleArgsUntold: run.modelRoleArgsUntold }),
    generateConfig: run.generateConfig,
    ...(run.modelArgs === undefined ? {} : { modelArgs: run.modelArgs }),
    ...(run.modelArgsUntold === undefined ? {} : { modelArgsUntold: run.modelArgsUntold }),
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
export function contentOf(metadata: JsonObject, said: object): string {
  const {
    formatVersion: _version,
    container: _container,
    usage: _usage,
    dataset,
    modelArgs,
    modelRoleArgs,
    ...rest
  } = metadata;
  const { idsSelected: _ids, ...set } = (dataset ?? {}) as JsonObject;
  // That no argument is kept says no more than a record of an earlier reader, which kept none.
  const args = Object.keys((modelArgs ?? {}) as JsonObject).length === 0 ? {} : { modelArgs };
  const ofRoles = Object.entries((modelRoleArgs ?? {}) as JsonObject).filter(
    ([, stated]) => Object.keys(stated as JsonObject).length > 0,
  );
  const roles = ofRoles.length === 0 ? {} : { modelRoleArgs: Object.fromEntries(ofRoles) };
  return digestOf({ ...rest, ...args, ...roles, dataset: set, ...said });
}

/** Where the log has what the record calls otherwise. */
const FIELD_OF: Readonly<Record<string, string>> = {
  generateConfig: 'eval.model_generate_config',
  modelArgs: 'eval.model_args',
  modelRoleConfigs: 'eval.model_roles',
  modelRoleArgs: 'eval.model_roles',
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
