// Which graders a log names, and which model judged for each.
import type { Json } from '../../platform/json.ts';
import type { InspectGrader, InspectRun } from './inspect-log.ts';
import type { JsonValue } from './json-value.ts';
import type { RawHeader } from './log-collector.ts';
import { revisionOf } from './model-under-test.ts';
import { resultEntries } from './normalise-header.ts';
import { asObject, asText, member } from './plain-values.ts';

type Models = Pick<
  InspectRun,
  'model' | 'modelRole' | 'modelRevision' | 'modelRoles' | 'modelRoleConfigs' | 'modelRoleArgs'
>;
type Judge = Pick<InspectGrader, 'model' | 'modelFrom' | 'revision' | 'role' | 'roleConfig' | 'roleArgs'>;

const MODEL_PARAMS = ['model', 'grader_model', 'grader', 'judge_model', 'judge', 'scorer_model'];
/**
 * Inspect's own scorers by a model. Without a `model` they take the one bound to `model_role`, by default "grader", and
 * without that the model under test. Source: https://inspect.aisi.org.uk/model-graded.html
 */
const JUDGED_BY_ROLE = /^(?:inspect_ai\/)?model_graded_(?:qa|fact)$/;
const ROLE_BY_DEFAULT = 'grader';

export function normaliseGraders(header: RawHeader, models: Models): InspectGrader[] {
  const declared = header.fields.get('eval.scorers');
  const listed = Array.isArray(declared) && declared.length > 0;
  const source = listed ? declared : resultEntries(header);
  const graders = new Map<string, InspectGrader>();
  for (const entry of source) {
    const scorer = asText(
      listed ? member(entry, 'name') : (member(entry, 'scorer') ?? member(entry, 'name')),
    );
    if (scorer === null) continue;
    const params = asObject(member(entry, listed ? 'options' : 'params'));
    // One scorer may stand twice with other parameters, and once for each of its values: tell these apart.
    const key = JSON.stringify([scorer, params]);
    if (!graders.has(key)) graders.set(key, { scorer, params, ...judgeOf(scorer, params, models) });
  }
  return [...graders.values()];
}

function judgeOf(scorer: string, params: { [key: string]: JsonValue }, models: Models): Judge {
  const stated = MODEL_PARAMS.map((name) => member(params, name)).filter((value) => value != null);
  for (const value of stated) {
    const model = asText(value) ?? asText(member(value, 'model')) ?? asText(member(value, 'name'));
    if (model !== null) return { model, modelFrom: 'params' };
  }
  const own = JUDGED_BY_ROLE.test(scorer);
  const role = roleOf(params, own);
  if (role !== null && Object.hasOwn(models.modelRoles, role)) return ofRole(role, models);
  // Several models that decide by majority are stated, though as no one model.
  // Where a role alone has the model under test, Inspect has no other to fall back on.
  if (own && stated.length === 0 && models.modelRole === undefined)
    return { model: models.model, modelFrom: 'under test', ...ofRevision(models.modelRevision) };
  return { model: null, modelFrom: null };
}

function roleOf(params: { [key: string]: JsonValue }, own: boolean): string | null {
  if (Object.hasOwn(params, 'model_role')) return asText(params.model_role);
  return own ? ROLE_BY_DEFAULT : null;
}

function ofRole(role: string, { modelRoles, modelRoleConfigs, modelRoleArgs = {} }: Models): Judge {
  const config = Object.hasOwn(modelRoleConfigs, role) ? modelRoleConfigs[role] : undefined;
  const args = Object.hasOwn(modelRoleArgs, role) ? modelRoleArgs[role] : undefined;
  const model = modelRoles[role]!;
  return {
    model,
    modelFrom: 'role',
    ...ofRevision(args === undefined ? undefined : revisionOf(model, args as Readonly<Record<string, Json>>)),
    role,
    ...(config === undefined ? {} : { roleConfig: config }),
    ...(args === undefined || Object.keys(args).length === 0 ? {} : { roleArgs: args }),
  };
}

const ofRevision = (revision: string | undefined) => (revision === undefined ? {} : { revision });
