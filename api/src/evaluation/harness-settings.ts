// The settings that lm-evaluation-harness writes of a run, which names them otherwise than other tools do.
import type { Json } from '../platform/json.ts';
import { type JsonObject, object } from './said-settings.ts';

export const HARNESS = 'lm-evaluation-harness';
/** Where the metadata of a run of the harness has what it says of its settings. */
export const HARNESS_FIELDS = ['tool', 'config', 'taskConfig', 'modelArgs'] as const;

export interface HarnessSettings {
  set: [name: string, value: Json][];
  /** What it does not say, and the samples may hang on. */
  unsaid: string[];
}

/**
 * Of what the harness is told to load, what changes answers. What names the model is told by the model version, and most
 * of the rest by how the machine is used. Sources: the constructors in lm_eval/models, of its own models and of vLLM.
 */
const OF_ANSWERS = [
  'add_bos_token',
  'bnb_4bit_compute_dtype',
  'bnb_4bit_quant_type',
  'chat_template_args',
  'do_sample',
  'enable_thinking',
  'kv_cache_dtype',
  'max_gen_toks',
  'max_length',
  'max_model_len',
  'maximum_tokens',
  'min_p',
  'prefix_token_id',
  'reasoning_effort',
  'repetition_penalty',
  'rope_scaling',
  'softmax_dtype',
  'temperature',
  'think_end_token',
  'top_k',
  'top_p',
  'truncation',
];
/** Off unless they are set: that one does not set them is no default that nobody knows. */
const OFF_UNLESS_SET = ['autogptq', 'gptqmodel', 'load_in_4bit', 'load_in_8bit', 'quantization'];
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
  put('dtype', precisionOf(args, config));
  for (const name of OF_ANSWERS) put(name, args[name]);
  for (const name of OFF_UNLESS_SET) set.push([name, plainOf(args[name]) ?? false]);
  // What a task is told holds over what the model is loaded with, and what the caller of the run says over both.
  for (const told of [task.generation_kwargs, config.gen_kwargs])
    for (const [name, value] of Object.entries(object(told))) put(name, value);
  const shots = plainOf(task.num_fewshot ?? config.num_fewshot);
  if (typeof shots === 'number' && shots > 0) put('fewshot_seed', config.fewshot_seed);
  const generates = task.output_type === undefined || task.output_type === GENERATES;
  const unsaid = generates && task.generation_kwargs == null;
  return { set, unsaid: unsaid ? ['how the model generates'] : [] };
}

/** The precision that was loaded, which newer files state, else the one that was asked for. */
function precisionOf(args: JsonObject, config: JsonObject): Json {
  const loaded = plainOf(config.model_dtype);
  const stated = loaded ?? plainOf(args.dtype);
  if (typeof stated !== 'string') return null;
  const name = stated.replace(/^torch\./, '');
  return name === 'auto' ? null : name;
}

/** The harness takes arguments as text, and keeps them as it took them: `True`, `0.0`. */
function plainOf(value: Json | undefined): Json {
  if (value == null || value === 'None' || value === '') return null;
  if (value === 'True' || value === 'False') return value === 'True';
  if (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
  return value;
}
