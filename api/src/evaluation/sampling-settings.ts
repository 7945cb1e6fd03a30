// Which settings of a run change what its samples measure, read from what its log said of them.
import type { Json } from '../platform/json.ts';
import { HARNESS, HARNESS_FIELDS, harnessSettings } from './harness-settings.ts';
import { argumentSettings, isOff, UNKEPT } from './model-arguments.ts';
import {
  EVERY_EVAL_EVER,
  LIBRARY,
  LIBRARY_VERSION,
  RECORD_FIELDS,
  recordSettings,
} from './record-settings.ts';
import { canonical, type JsonObject, object } from './said-settings.ts';
import { isTaskText, NO_TEXTS } from './task-texts.ts';
import { mayGrade, toldByGraders } from './who-graded.ts';

/**
 * Name → what it was set to, as canonical JSON; null where a run records none at all. What only says how requests are
 * sent (connections, retries, caches), how much was drawn (epochs, limit, seed: the items and the standard error say it),
 * or who graded, where a grader of the run states it (the grader version says it), is not among them.
 */
export interface SamplingSettings {
  readonly set: ReadonlyMap<string, string>;
  /** What the run does not record, in words; left out where what it leaves out is a provider's default. */
  readonly unsaid?: readonly string[];
}

/** What a run's log may say of its settings; the rest of it is not read. */
export const SETTING_FIELDS = [
  'generateConfig',
  'config',
  'taskArgs',
  'solver',
  'solverArgs',
  'plan',
  'modelRoles',
  'modelRoleConfigs',
  'modelRoleArgs',
  'modelRoleArgsUntold',
  'model',
  'modelRole',
  'modelRevision',
  'modelArgsUntold',
  'graders',
  ...HARNESS_FIELDS,
  ...RECORD_FIELDS,
] as const;
/** Of a run that says nothing else, these are no settings. */
const NO_SETTINGS: ReadonlySet<string> = new Set([
  'model',
  'modelRole',
  'modelRevision',
  'graders',
  'tool',
  'taskConfig',
  'modelArgs',
]);

/** How requests are sent, or which of several equal draws is taken. */
const NOT_MEASURED = new Set([
  'attempt_timeout',
  'batch',
  'cache',
  'cache_prompt',
  'logprobs',
  'max_connections',
  'max_retries',
  'num_choices',
  'parallel_tool_calls_limit',
  'seed',
  'timeout',
  'top_logprobs',
]);
/** Settings of the run that cut a sample short, or say how several become one. */
const OF_THE_RUN = [
  'message_limit',
  'token_limit',
  'time_limit',
  'working_limit',
  'cost_limit',
  'turn_limit',
  'epochs_reducer',
  'approval',
];
/** Their values may be long, or name what not everybody may see: that they differ is said, and not how. */
const UNTOLD = /^(system message|solver|task argument |role |argument \w+ of role )/;
const OF_A_ROLE = /^argument (\w+) of role /;
const OF_A_LIBRARY: ReadonlySet<string> = new Set([LIBRARY, LIBRARY_VERSION]);
const LONGEST_TOLD = 60;

export function samplingSettings(said: Json): SamplingSettings | null {
  const log = object(said);
  if (log.tool === HARNESS || log.tool === EVERY_EVAL_EVER) {
    const found = log.tool === HARNESS ? harnessSettings(log) : recordSettings(log);
    if (found === null) return null;
    return { set: new Map(found.set.map(([name, value]) => [name, canonical(value)])), unsaid: found.unsaid };
  }
  if (!SETTING_FIELDS.some((field) => !NO_SETTINGS.has(field) && log[field] != null)) return null;
  const set = new Map<string, string>();
  const put = (name: string, value: Json | undefined) => {
    if (value != null) set.set(name, canonical(value));
  };
  for (const [name, value] of argumentSettings(log)) put(name, value);
  for (const [name, value] of Object.entries(measuredConfig(object(log.generateConfig))))
    put(name === 'system_message' ? 'system message' : name, value);
  const config = object(log.config);
  for (const name of OF_THE_RUN) put(name, config[name]);
  if (Array.isArray(log.plan) && log.plan.length > 0) put('solver', log.plan);
  else if (log.solver != null) put('solver', [log.solver, object(log.solverArgs)]);
  const told = toldByGraders(log.graders ?? null);
  for (const [name, value] of Object.entries(object(log.taskArgs)))
    if (!(mayGrade(name) && told.argument(name, value))) put(`task argument ${name}`, value);
  const isTold = (role: string) => mayGrade(role) && told.role(role);
  for (const [role, value] of rolesOf(log)) if (!isTold(role)) put(`role ${role}`, value);
  for (const [role, name, value] of roleArguments(log))
    if (!isTold(role)) put(`argument ${name} of role ${role}`, value);
  // The version of a grader tells of its role what is kept alone.
  const unkept = Object.keys(object(log.modelRoleArgsUntold)).map((role) => `role ${role}: ${UNKEPT}`);
  const unsaid = [...(log.modelArgsUntold == null ? [] : [UNKEPT]), ...unkept];
  return { set, ...(unsaid.length === 0 ? {} : { unsaid }) };
}

/** The settings of what says by itself how its epochs were reduced: those of the run may name further ways. */
export function withoutReducers(settings: SamplingSettings | null): SamplingSettings | null {
  if (settings === null) return null;
  return { ...settings, set: new Map([...settings.set].filter(([name]) => name !== 'epochs_reducer')) };
}

/** Of a configuration of generation, what changes what comes out. */
export function measuredConfig(config: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(config).filter(([name, value]) => value !== null && !NOT_MEASURED.has(name)),
  );
}

/**
 * Role → its model, with how it generates where that is said. A role that the model under test has itself is left out,
 * for it is another in every run; unless it may grade: two that each judge themselves have two judges. Where a role alone
 * says which model is under test, that one is left out, and each other is there for itself.
 */
function rolesOf(log: JsonObject): [string, Json][] {
  const configs = object(log.modelRoleConfigs);
  return Object.entries(object(log.modelRoles)).flatMap(([role, model]): [string, Json][] => {
    if (role === log.modelRole) return [];
    const own = log.modelRole == null && model === log.model && !mayGrade(role);
    const config = measuredConfig(object(configs[role]));
    if (Object.keys(config).length > 0) return [[role, { model: own ? null : model, config }]];
    return own ? [] : [[role, model]];
  });
}

/** With which arguments the model of each role was loaded, as those of the model under test. */
function roleArguments(log: JsonObject): [role: string, name: string, value: Json][] {
  const models = object(log.modelRoles);
  return Object.entries(object(log.modelRoleArgs)).flatMap(([role, modelArgs]) =>
    argumentSettings({ modelArgs, model: models[role] ?? null }).map(
      ([name, value]): [string, string, Json] => [role, name, value],
    ),
  );
}

/**
 * What differs, and what cannot be told: where one run leaves to the provider's default what the other sets. A task
 * argument is told only where `sameCondition`, since a condition is made of them.
 */
export function compareSettings(
  one: SamplingSettings,
  two: SamplingSettings,
  sameCondition: boolean,
): { differences: string[]; unknowns: string[] } {
  const differences: string[] = [];
  const [first, second] = [unsaidBeside(one, two), unsaidBeside(two, one)];
  const unsaid = new Set([...first, ...second]);
  const unknowns = [...unsaid].map((what) => {
    const whose =
      first.has(what) && second.has(what) ? 'not recorded for either' : 'recorded for one of them alone';
    return `sampling settings: ${what}: ${whose}`;
  });
  const libraries = new Set([one.set.get(LIBRARY), two.set.get(LIBRARY)]);
  const names = [...new Set([...one.set.keys(), ...two.set.keys()])].sort();
  for (const name of names) {
    const [a, b] = [one.set.get(name), two.set.get(name)];
    const alone = a === undefined || b === undefined;
    if (a === b || (!sameCondition && name.startsWith('task argument '))) continue;
    // What is told as unsaid is not told again.
    if (unsaid.has(name) || (isTaskText(name) && unsaid.has(NO_TEXTS))) continue;
    const ofRole = OF_A_ROLE.exec(name)?.[1];
    if (alone && isOff(ofRole ?? name, a ?? b)) continue;
    // Two libraries count their versions by themselves.
    if (name === LIBRARY_VERSION && !alone && libraries.size > 1) continue;
    if (alone && ofRole !== undefined)
      unknowns.push(`sampling settings: ${name}: recorded for one of them alone`);
    else if (UNTOLD.test(name)) differences.push(`sampling settings: another ${name}`);
    else if (alone && isGeneration(name)) unknowns.push(`${name}: ${told(a ?? b)} against ${unsaidOf(name)}`);
    else differences.push(`${name}: ${told(a)} against ${told(b)}`);
  }
  return { differences, unknowns };
}

const unsaidOf = (name: string): string =>
  `${OF_A_LIBRARY.has(name) ? 'one' : 'a default'} that is not recorded`;

/** What a run does not say. One of another tool says nothing of texts, and is not told so until there are any. */
function unsaidBeside({ set, unsaid = [] }: SamplingSettings, other: SamplingSettings): ReadonlySet<string> {
  const says = (names: Iterable<string>) => [...names].some(isTaskText);
  const silent = says(other.set.keys()) && !says(set.keys()) && !says(unsaid);
  return new Set(silent ? [...unsaid, NO_TEXTS] : unsaid);
}

/** Without one of these the provider's own default holds, which no log records. */
const isGeneration = (name: string) => !OF_THE_RUN.includes(name) && !isTaskText(name);

function told(value: string | undefined): string {
  if (value === undefined) return 'none';
  return value.length <= LONGEST_TOLD ? value : `${value.slice(0, LONGEST_TOLD)}…`;
}
