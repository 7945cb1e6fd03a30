// Which fields of a results file are kept and how, and which are not and why.
import { UNKNOWN_FIELD } from '../unknown-field.ts';

export const KEPT: Readonly<Record<string, string>> = {
  results:
    'one eval run a task; each metric a score with its standard error, a filter other than "none" in its name',
  table_results: 'one eval run a task and prompt; each metric a score with its standard error',
  groups: 'aggregates over tasks, named as such, apart from the tasks',
  group_subtasks: 'the tasks of an aggregate, in the metadata of its run',
  versions: 'version of the evaluation, as it is written',
  configs: 'settings of the task, in the metadata of its run',
  'n-shot': 'condition of the run',
  higher_is_better: 'direction of each score',
  'n-samples': 'samples of the task: the effective number as those scored, both in the metadata',
  task_hashes: 'metadata of the run',
  config: 'settings of the run, in its metadata',
  model_args: 'model under test; settings of the run, in its metadata',
  model_name: 'model under test',
  model_source: 'metadata of the run',
  date: 'time of the run, in UTC',
  git_hash: 'metadata of the run',
  lm_eval_version: 'metadata of the run',
  transformers_version: 'metadata of the run',
  chat_template_sha: 'condition of the run',
  system_instruction_sha: 'condition of the run',
  fewshot_as_multiturn: 'condition of the run',
  max_length: 'metadata of the run',
};

const MACHINE = 'describes the machine of the run';
const CLOCK = 'a clock of the machine that names no day';
const MODEL = 'follows from the model';

const WHY: Readonly<Record<string, string>> = {
  model_name_sanitized: 'the name of the model says the same',
  start_time: CLOCK,
  end_time: CLOCK,
  total_evaluation_time_seconds: 'how long the machine of the run took',
  pretty_env_info: MACHINE,
  upper_git_hash: MACHINE,
  chat_template: 'its digest is kept',
  system_instruction: 'its digest is kept',
  eot_token_id: MODEL,
  tokenizer_pad_token: MODEL,
  tokenizer_eos_token: MODEL,
  tokenizer_bos_token: MODEL,
  samples: 'samples are read from the files of samples, where the metrics of each stand',
  checkpoints: 'a list of values over checkpoints; one value a metric is read',
  tokens: 'a list of values over checkpoints; one value a metric is read',
};

export const whyLeftOut = (field: string) => WHY[field] ?? UNKNOWN_FIELD;
