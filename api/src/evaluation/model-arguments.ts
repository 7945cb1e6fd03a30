// Which arguments of a model change what it answers: one list for what is kept of them and what is compared.
import type { Json } from '../platform/json.ts';
import { type JsonObject, object } from './said-settings.ts';

/**
 * Of what a tool is told to load, what changes answers. Sources: the constructors in lm_eval/models, of its own models and
 * of vLLM, which Inspect's providers hf, vllm and sglang hand their arguments to.
 */
export const OF_ANSWERS = [
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
] as const;
/** Off unless they are set: that one does not set them is no default that nobody knows. */
export const OFF_UNLESS_SET = [
  'autogptq',
  'gptqmodel',
  'load_in_4bit',
  'load_in_8bit',
  'quantization',
] as const;
/** Which weights and tokenizer: of a branch, no version of the model says it. */
const WHICH = ['revision', 'tokenizer_revision'] as const;
const PRECISION = ['dtype', 'torch_dtype'] as const;

const KEPT: ReadonlySet<string> = new Set([...OF_ANSWERS, ...OFF_UNLESS_SET, ...WHICH, ...PRECISION]);
/** How the machine is used, or who asks: none of it is compared. */
const OF_THE_MACHINE = new Set([
  'attn_implementation',
  'batch_size',
  'cache_dir',
  'data_parallel_size',
  'device',
  'device_map',
  'download_dir',
  'enable_prefix_caching',
  'enforce_eager',
  'gpu_memory_utilization',
  'low_cpu_mem_usage',
  'max_batch_size',
  'max_num_seqs',
  'organization',
  'pipeline_parallel_size',
  'port',
  'swap_space',
  'tensor_parallel_size',
  'trust_remote_code',
]);
const OF_THE_ASKER = /^aws_|api_?key|secret|passw|credential|access_?token|auth_?token|^(?:hf_)?token$/i;
const LONGEST_VALUE = 1_000;

export const UNKEPT = 'model arguments that are not kept';

export interface KeptArguments {
  kept: JsonObject;
  /** How many there are besides. */
  others: number;
  /** Of these, how many may change answers: neither how the machine is used nor who asks. */
  untold: number;
}

/** Of the arguments that a log states, what is kept; null where it says nothing of them. */
export function keptArguments(stated: Json | undefined): KeptArguments | null {
  if (stated == null) return null;
  if (typeof stated !== 'object' || Array.isArray(stated)) return { kept: {}, others: 1, untold: 1 };
  const entries = Object.entries(object(stated)).filter(([, value]) => value !== null);
  const fits = ([name, value]: [string, Json]) =>
    KEPT.has(name) && JSON.stringify(value).length <= LONGEST_VALUE;
  const others = entries.filter((entry) => !fits(entry)).map(([name]) => name);
  return {
    kept: Object.fromEntries(entries.filter(fits)),
    others: others.length,
    untold: others.filter((name) => !OF_THE_MACHINE.has(name) && !OF_THE_ASKER.test(name)).length,
  };
}

/** Providers of Inspect that load the weights themselves: nobody else's default is behind what they are not told. */
export const LOADS_WEIGHTS = /^(?:hf|vllm|sglang)\//;

/** What a log of Inspect says of them: name and value of each that changes answers. */
export function argumentSettings({
  modelArgs,
  model,
  modelRevision,
}: JsonObject): [name: string, value: Json][] {
  if (modelArgs == null) return [];
  // The version of the model says it: two checkpoints are two models, and not one by another setting.
  const { revision, ...others } = object(modelArgs);
  const args: JsonObject = modelRevision == null && revision !== undefined ? { ...others, revision } : others;
  const loads = typeof model === 'string' && LOADS_WEIGHTS.test(model);
  const said = (name: string): [string, Json] => [name, plainOf(args[name])];
  return [
    ['dtype', precisionOf(args.dtype ?? args.torch_dtype)] as [string, Json],
    ...[...OF_ANSWERS, ...WHICH].map(said),
    ...OFF_UNLESS_SET.map(said).map(([name, value]): [string, Json] => [
      name,
      value ?? (loads ? false : null),
    ]),
  ].filter(([, value]) => value !== null);
}

/** Whether it says of what is off unless it is set that it is off: against what is not recorded that tells nothing. */
export const isOff = (name: string, value: string | undefined): boolean =>
  value === 'false' && (OFF_UNLESS_SET as readonly string[]).includes(name);

/** A precision by its name; null where it is left to what was loaded. */
export function precisionOf(stated: Json | undefined): Json {
  const plain = plainOf(stated);
  if (typeof plain !== 'string') return null;
  const name = plain.replace(/^torch\./, '');
  return name === 'auto' ? null : name;
}

/** Tools take arguments as text, and keep them as they took them: `True`, `0.0`. */
export function plainOf(value: Json | undefined): Json {
  if (value == null || value === 'None' || value === '') return null;
  if (value === 'True' || value === 'False') return value === 'True';
  if (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
  return value;
}
