// The texts from which a task of lm-evaluation-harness makes its questions: edited ones keep the version of the task.
import { sha256 } from '../platform/bounded-text.ts';
import type { Json } from '../platform/json.ts';
import { canonical, type JsonObject } from './said-settings.ts';

/**
 * What becomes of a question, its choices and its answer. Source: TaskConfig in lm_eval/api/task.py, with what it takes
 * where the task does not say.
 */
const TEXTS: readonly (readonly [name: string, unlessSaid: Json])[] = [
  ['description', null],
  ['doc_to_choice', null],
  ['doc_to_target', null],
  ['doc_to_text', null],
  ['gen_prefix', null],
  ['process_docs', null],
  ['target_delimiter', ' '],
];
/** Between the examples that are shown. */
const BETWEEN_SHOTS = ['fewshot_delimiter', '\n\n'] as const;
const QUESTION = 'doc_to_text';
/** A function that is named by where it stood in memory, and not by what it does. */
const PLACE_IN_MEMORY = /\bat 0x[0-9a-f]+/i;

export const NO_TEXTS = 'the texts of the task';
const nameOf = (text: string) => `text ${text} of the task`;
/** Without one of these there is none, which is no default that nobody knows. */
export const isTaskText = (name: string): boolean => /^text \S+ of the task$/.test(name);

export interface TaskTexts {
  /** Each by its digest. */
  set: [name: string, digest: string][];
  unsaid: string[];
}

export function taskTexts(task: JsonObject, withShots: boolean): TaskTexts {
  if (!isStated(task[QUESTION])) return { set: [], unsaid: [NO_TEXTS] };
  const texts = (withShots ? [...TEXTS, BETWEEN_SHOTS] : TEXTS)
    .map(([name, unlessSaid]) => [nameOf(name), task[name] ?? unlessSaid] as const)
    .filter(([, value]) => isStated(value));
  const placed = ([, value]: (typeof texts)[number]) =>
    typeof value === 'string' && PLACE_IN_MEMORY.test(value);
  return {
    set: texts
      .filter((text) => !placed(text))
      .map(([name, value]) => [name, `~${sha256(canonical(value)).slice(0, 8)}`]),
    unsaid: texts.filter(placed).map(([name]) => name),
  };
}

const isStated = (value: Json | undefined): boolean => value != null && value !== '';
