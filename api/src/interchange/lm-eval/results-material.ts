// What is read from a results file of lm-evaluation-harness, of whatever version, before it is made sense of.
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';

export interface TaskRow {
  /** The task's name; the key under which its results stand, unless the row itself names it. */
  task: string;
  /** The prompt template, in forks that score several of them. */
  prompt: string | null;
  /** Metric and standard error as the file keys them: `acc`, `acc_stderr`, `exact_match,strict-match`. */
  metrics: Map<string, JsonValue>;
}

export interface ResultsMaterial {
  /** In the order of the file, by key. */
  rows: Map<string, TaskRow>;
  /** Aggregates over tasks that the file lists as such. */
  groups: Map<string, TaskRow>;
  subtasks: Map<string, string[]>;
  /** Version of each task, as it is written. */
  versions: Map<string, string>;
  /** What is stated of each task, by the section that states it. */
  sections: Map<string, Map<string, JsonValue>>;
  /** `config`: the settings of the run. */
  settings: JsonObject;
  /** Everything else at the top that is kept. */
  top: Map<string, JsonValue>;
}
