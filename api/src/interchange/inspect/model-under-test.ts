// Which model a log is of, how that generates, and with which arguments it was loaded.
import { type KeptArguments, keptArguments, LOADS_WEIGHTS } from '../../evaluation/model-arguments.ts';
import { fixedRevision } from '../datasets/stated-dataset.ts';
import type { FieldReport } from './field-report.ts';
import type { InspectRun, JsonObject } from './inspect-log.ts';
import type { JsonValue } from './json-value.ts';
import type { RawHeader } from './log-collector.ts';
import { asObject, asText, isObject, member } from './plain-values.ts';
import { Refusal } from './refusal.ts';

type Fields = RawHeader['fields'];
type Tested = Pick<InspectRun, 'model' | 'modelRole'>;

/** Inspect's word for no model, of a task whose agents ask the models in its roles alone. */
const NO_MODEL = /^none(?:\/none)?$/;
/** What Petri, and what else audits a model by another, calls the role of the one under test. */
const TARGET = 'target';

/** Role → the name of its model. Further models of one role stand beside it, as `target#2`. */
export function modelRoles(roles: JsonValue | undefined): Record<string, string> {
  if (!isObject(roles)) return {};
  return Object.fromEntries(
    Object.entries(roles).flatMap(([role, config]) => {
      const model = asText(config) ?? asText(member(config, 'model'));
      return model === null ? [] : [[role, model]];
    }),
  );
}

/**
 * The model that the log names, or else the one in the role of the target. Throws Refusal where neither is there: any
 * other role, and be it the only one, may be that of a model which judged or asked.
 */
export function modelUnderTest(fields: Fields, named: string, warnings: string[]): Tested {
  if (!NO_MODEL.test(named)) return { model: named };
  const roles = Object.entries(modelRoles(fields.get('eval.model_roles'))).filter(
    ([, model]) => !NO_MODEL.test(model),
  );
  const targets = roles.filter(([role]) => role === TARGET || role.startsWith(`${TARGET}#`));
  const [only, ...others] = targets;
  if (only === undefined || others.length > 0) {
    throw new Refusal(
      `The log names no model under test (its model is ${named}), and ${whyNone(roles, targets)}: an eval run is of one model; record its figures as reported results.`,
    );
  }
  const [modelRole, model] = only;
  warnings.push(
    `The log names no model of its own (${named}): it is recorded as of ${model}, which it binds to the role ${modelRole}.`,
  );
  return { model, modelRole };
}

function whyNone(roles: readonly [string, string][], targets: readonly unknown[]): string {
  if (targets.length > 0) return `binds several models to the role ${TARGET}`;
  const [first, ...more] = roles.map(([role]) => role.slice(0, 100));
  if (first === undefined) return 'binds none to a role';
  if (more.length === 0) return `the one role that it binds, ${first}, may have judged`;
  return `none of the roles that it binds, ${[first, ...more].slice(0, 20).join(', ')}, is the ${TARGET}`;
}

/**
 * What the model under test was told of how to generate. Inspect takes what the task says, into which went what the
 * caller of eval() said, over what the model itself was made with; for the model of a role, only the latter. Source:
 * `task_run` in inspect_ai/_eval/task/run.py, which logs the one as `plan.config`, and `Model._resolve_config`.
 */
export function generateConfigOf(fields: Fields, { modelRole }: Tested, report: FieldReport): JsonObject {
  const ofTask = stated(fields.get('plan.config'));
  const isThere = fields.has('plan.config');
  if (modelRole !== undefined) {
    const why = 'Inspect has no model of a role generate by them';
    if (isThere) report.leaveOut('plan.config', Object.keys(ofTask).length, why);
    return asObject(member(roleOf(fields, modelRole), 'config'));
  }
  if (isThere) report.keep('plan.config');
  return { ...asObject(fields.get('eval.model_generate_config')), ...ofTask };
}

/** What sets nothing takes nothing over. */
const stated = (config: JsonValue | undefined): JsonObject =>
  Object.fromEntries(Object.entries(asObject(config)).filter(([, value]) => value !== null));

/** With which arguments the model under test was loaded, as far as they are kept; nothing where the log states none. */
export function modelArgumentsOf(
  fields: Fields,
  { model, modelRole }: Tested,
  report: FieldReport,
): Pick<InspectRun, 'modelArgs' | 'modelArgsUntold' | 'modelRevision'> {
  const ofRun = keptArguments(fields.get('eval.model_args'));
  if (modelRole === undefined) return told('eval.model_args', model, ofRun, report);
  // Those of the run are of the model that is none.
  if (ofRun !== null) report.leaveOut('eval.model_args', ofRun.others + Object.keys(ofRun.kept).length);
  const ofRole = keptArguments(member(roleOf(fields, modelRole), 'args'));
  return told('eval.model_roles.*.args', model, ofRole, report);
}

function told(field: string, model: string, found: KeptArguments | null, report: FieldReport) {
  if (found === null) return {};
  const { kept, others, untold } = found;
  const none = Object.keys(kept).length === 0;
  if (!none) report.keep(field);
  if (others > 0 || none) report.leaveOut(field, others);
  const revision = revisionOf(model, kept);
  if (revision !== undefined) report.keep(`${field}.revision`, 'version of the model under test');
  return {
    modelArgs: asObject(kept as JsonValue),
    ...(untold === 0 ? {} : { modelArgsUntold: untold }),
    ...(revision === undefined ? {} : { modelRevision: revision }),
  };
}

/** Which weights were loaded: of what loads them itself, and no branch, which is another tomorrow. */
export function revisionOf(model: string, args: KeptArguments['kept']): string | undefined {
  if (!LOADS_WEIGHTS.test(model)) return undefined;
  const { revision } = args;
  return fixedRevision(typeof revision === 'string' ? revision : null) ?? undefined;
}

const roleOf = (fields: Fields, role: string) => member(fields.get('eval.model_roles'), role);
