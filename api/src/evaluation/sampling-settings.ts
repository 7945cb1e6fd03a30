// Which settings of a run change what its samples measure, read from what its log said of them.
import type { Json } from '../platform/json.ts';

type JsonObject = { readonly [key: string]: Json };

/**
 * Name → what it was set to, as canonical JSON; null where a run records none at all. What only says how requests are
 * sent (connections, retries, caches), how much was drawn (epochs, limit, seed: the items and the standard error say it),
 * or who graded (the grader version says it) is not among them.
 */
export interface SamplingSettings {
  readonly set: ReadonlyMap<string, string>;
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
  'model',
] as const;

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
const UNTOLD = /^(system message|solver|task argument |role )/;
const LONGEST_TOLD = 60;

export function samplingSettings(said: Json): SamplingSettings | null {
  const log = object(said);
  if (!SETTING_FIELDS.some((field) => field !== 'model' && log[field] != null)) return null;
  const set = new Map<string, string>();
  const put = (name: string, value: Json | undefined) => {
    if (value != null) set.set(name, canonical(value));
  };
  for (const [name, value] of Object.entries(object(log.generateConfig)))
    if (!NOT_MEASURED.has(name)) put(name === 'system_message' ? 'system message' : name, value);
  const config = object(log.config);
  for (const name of OF_THE_RUN) put(name, config[name]);
  if (Array.isArray(log.plan) && log.plan.length > 0) put('solver', log.plan);
  else if (log.solver != null) put('solver', [log.solver, object(log.solverArgs)]);
  for (const [name, value] of Object.entries(object(log.taskArgs)))
    if (!/grader|judge|scorer/.test(name)) put(`task argument ${name}`, value);
  for (const [role, model] of Object.entries(object(log.modelRoles)))
    if (!/grader|judge|scorer/.test(role) && model !== log.model) put(`role ${role}`, model);
  return { set };
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
  const unknowns: string[] = [];
  const names = [...new Set([...one.set.keys(), ...two.set.keys()])].sort();
  for (const name of names) {
    const [a, b] = [one.set.get(name), two.set.get(name)];
    if (a === b || (!sameCondition && name.startsWith('task argument '))) continue;
    if (UNTOLD.test(name)) differences.push(`sampling settings: another ${name}`);
    else if ((a === undefined || b === undefined) && isGeneration(name))
      unknowns.push(`${name}: ${told(a ?? b)} against a default that is not recorded`);
    else differences.push(`${name}: ${told(a)} against ${told(b)}`);
  }
  return { differences, unknowns };
}

/** Without one of these the provider's own default holds, which no log records. */
const isGeneration = (name: string) => !OF_THE_RUN.includes(name);

function told(value: string | undefined): string {
  if (value === undefined) return 'none';
  return value.length <= LONGEST_TOLD ? value : `${value.slice(0, LONGEST_TOLD)}…`;
}

function object(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** Equal for equal values, whatever the order of their members. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
