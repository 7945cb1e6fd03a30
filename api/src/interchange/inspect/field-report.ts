// Which fields of a log are kept and how, which are not and why: one table for the reader and its loss report.
import { oneLine } from '../../platform/file-name.ts';
import { UNKNOWN_FIELD } from '../unknown-field.ts';
import type { KeptField, LeftOutField } from './inspect-log.ts';

export const KEPT: Readonly<Record<string, string>> = {
  version: 'format version',
  status: 'status of the run',
  eval: 'field by field, as listed',
  plan: 'solvers in order with their parameters',
  'plan.config':
    'generation settings of the run, those of the task and of its caller, over those of the model',
  results: 'metrics of each scorer as scores',
  stats: 'start and end of the run',
  error: 'message',
  invalidated: 'flag of the run',
  tags: 'tags of the run',
  metadata: 'metadata of the run',
  samples:
    'one record a sample and epoch: id, target, scores, answer, error, limit; tokens and time as sums over the run',
  'samples[].input':
    'a digest of the text, by which two runs show whether they gave it; what is no text has none, and the text stays in the file',
  'samples[].choices': 'with the digest of the input',
  'eval.eval_set_id': 'identity of the set of runs',
  'eval.eval_id': 'identity of the run',
  'eval.run_id': 'identity of the run',
  'eval.task_id': 'identity of the run',
  'eval.created': 'time of the run, in UTC',
  'eval.task': 'name of the evaluation',
  'eval.task_version': 'version of the evaluation, as text',
  'eval.task_display_name': 'display name of the evaluation',
  'eval.task_args': 'arguments of the evaluation',
  'eval.dataset': 'name, location, declared size, how many ids were selected',
  'eval.solver': 'solver of the evaluation',
  'eval.solver_args': 'arguments of the solver',
  'eval.tags': 'tags of the run, where the log has none of its own',
  'eval.metadata': 'metadata of the run, where the log has none of its own',
  'eval.model': 'model under test',
  'eval.model_generate_config': 'generation settings of the run, but where those of the task say otherwise',
  'eval.model_args': 'those of the model under test that change what it answers',
  'eval.model_roles.*.args': 'of each role, those that change what its model answers',
  'eval.model_roles': 'role, model name and how it generates',
  'eval.config': 'epochs, limit and settings of the run',
  'eval.revision': 'origin without credentials, commit, dirty',
  'eval.packages': 'packages and versions',
  'eval.scorers': 'graders with their parameters',
};

/** What is worked out from the field, and is not the field itself. */
const DERIVED: ReadonlySet<string> = new Set(['samples[].input', 'samples[].choices']);

const REDUCTIONS = 'sample scores reduced over epochs follow from the sample scores';
const BODY = 'transcripts are read from the log file itself, where it is kept; its digest names it';
const COUNTED = 'counted from the samples themselves; a warning says where the log states otherwise';
const ARGUMENTS =
  'may hold credentials, say how the machine is used, or change answers in a way that is not known here';
const PASSED = 'repeats the arguments that are kept with their defaults';

const WHY: Readonly<Record<string, string>> = {
  log_updates: 'the history of edits; the tags and metadata kept are those after the edits',
  config_updates: 'the history of edits to the settings',
  reductions: REDUCTIONS,
  location: 'a path on the machine of the run',
  etag: 'belongs to the storage of the run',
  'plan.name': 'always the same word',
  'plan.finish': 'a step after the solvers, which scores nothing',
  'results.sample_reductions': REDUCTIONS,
  'results.total_samples': COUNTED,
  'results.completed_samples': COUNTED,
  'results.metadata': 'no field of the record fits',
  'results.early_stopping': 'no field of the record fits',
  'stats.model_usage': 'tokens are kept as a sum over the run',
  'stats.role_usage': 'tokens are kept as a sum over the run',
  'error.traceback': 'names paths on the machine of the run',
  'error.traceback_ansi': 'names paths on the machine of the run',
  'eval.task_file': 'a path on the machine of the run',
  'eval.task_registry_name': 'the task name says the same',
  'eval.task_attribs': 'no field of the record fits',
  'eval.task_args_passed': PASSED,
  'eval.solver_args_passed': PASSED,
  'eval.model_args': ARGUMENTS,
  'eval.model_roles.*.args': ARGUMENTS,
  'eval.model_base_url': 'may hold credentials',
  'eval.model_roles.*.base_url': 'may hold credentials',
  'eval.sandbox': 'no field of the record fits',
  'eval.metrics': 'definitions only; the metrics computed are in the results',
  'eval.dataset.sample_ids': 'counted; the samples present carry their ids',
  'samples[].uuid': 'id and epoch name a sample within its run',
  'samples[].metadata': 'no field of the record fits',
  'samples[].total_time': 'kept as a sum over the run',
  'samples[].scores.*.history': 'the values kept are those after the edits; the transcript shows the history',
};

const MOST_FIELDS = 2000;

export function whyLeftOut(field: string): string {
  const known = WHY[field];
  if (known) return known;
  return field.startsWith('samples[]') ? BODY : UNKNOWN_FIELD;
}

/** Counts, while a log is read, what became of each field. */
export class FieldReport {
  readonly #kept = new Map<string, string>();
  readonly #leftOut = new Map<string, LeftOutField>();

  keep(field: string, how = KEPT[field] ?? 'as it is'): void {
    this.#kept.set(field, how);
  }

  /** A field may be left out for several reasons, each of which is told once. */
  leaveOut(field: string, count: number, why = whyLeftOut(field)): void {
    const name = this.#leftOut.size < MOST_FIELDS || this.#leftOut.has(field) ? field : '(further fields)';
    const entry = this.#leftOut.get(name);
    if (entry) {
      entry.count += count;
      if (name === field && why !== entry.why && !entry.why.includes(why)) entry.why += `; ${why}`;
    } else this.#leftOut.set(name, { field: name, count, why: name === field ? why : UNKNOWN_FIELD });
  }

  kept(): KeptField[] {
    return [...this.#kept].map(([field, how]) => ({
      field: oneLine(field),
      how,
      ...(DERIVED.has(field) ? { derived: true } : {}),
    }));
  }

  leftOut(): LeftOutField[] {
    return [...this.#leftOut.values()].map((lost) => ({ ...lost, field: oneLine(lost.field) }));
  }
}
