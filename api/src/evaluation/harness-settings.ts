// The settings that lm-evaluation-harness writes of a run, which names them otherwise than other tools do.
import type { Json } from '../platform/json.ts';
import { OF_ANSWERS, OFF_UNLESS_SET, plainOf, precisionOf } from './model-arguments.ts';
import { type JsonObject, object } from './said-settings.ts';
import { taskTexts } from './task-texts.ts';

export const HARNESS = 'lm-evaluation-harness';
/** Where the metadata of a run of the harness has what it says of its settings. */
export const HARNESS_FIELDS = ['tool', 'config', 'taskConfig', 'modelArgs'] as const;

export interface HarnessSettings {
  set: [name: string, value: Json][];
  /** What it does not say, and the samples may hang on. */
  unsaid: string[];
}

const GENERATES = 'generate_until';

/** Null where it says neither how its model was loaded nor what its task is. */
export function harnessSettings(log: JsonObject): HarnessSettings | null {
  if (Object.keys(object(log.modelArgs)).length === 0 && log.taskConfig == null) return null;
  const [args, config, task] = [object(log.modelArgs), object(log.config), object(log.taskConfig)];
  const set: [string, Json][] = [];
  const put = (name: string, value: Json | undefined) => {
    const plain = plainOf(value);
    if (plain !== null) set.push([name, plain]);
  };
  // What names the model is told by the model version. The precision that was loaded, which newer files state, holds over
  // the one that was asked for.
  put('dtype', precisionOf(plainOf(config.model_dtype) ?? args.dtype));
  for (const name of OF_ANSWERS) put(name, args[name]);
  for (const name of OFF_UNLESS_SET) set.push([name, plainOf(args[name]) ?? false]);
  // What a task is told holds over what the model is loaded with, and what the caller of the run says over both.
  for (const told of [task.generation_kwargs, config.gen_kwargs])
    for (const [name, value] of Object.entries(object(told))) put(name, value);
  const shots = plainOf(task.num_fewshot ?? config.num_fewshot);
  const withShots = typeof shots === 'number' && shots > 0;
  if (withShots) put('fewshot_seed', config.fewshot_seed);
  const texts = taskTexts(task, withShots);
  set.push(...texts.set);
  const generates = task.output_type === undefined || task.output_type === GENERATES;
  const untold = generates && task.generation_kwargs == null;
  return { set, unsaid: [...(untold ? ['how the model generates'] : []), ...texts.unsaid] };
}
