// What reads which file: told apart by its bytes, never by its name.

import { AGENTIC_MISALIGNMENT } from './agentic-misalignment/read-responses.ts';
import { EVERY_EVAL_EVER } from './every-eval-ever/read-record.ts';
import { EVERY_EVAL_EVER_SAMPLES } from './every-eval-ever/read-samples.ts';
import type { EvalFormat } from './formats/eval-format.ts';
import { looksLike } from './formats/looks-like.ts';
import { outlineOf } from './formats/outline.ts';
import type { ReadableFile } from './formats/readable-file.ts';
import { INSPECT } from './inspect-format.ts';
import type { Confirmed } from './known-here.ts';
import { LM_EVAL_RESULTS } from './lm-eval/read-results.ts';
import { LM_EVAL_SAMPLES } from './lm-eval/read-samples.ts';
import { OPENAI_EVALS } from './openai-evals/read-log.ts';
import { UnfitLog } from './plan-values.ts';
import type { FilePlan } from './planned.ts';
import { PROMPTFOO } from './promptfoo/read-results.ts';
import { withConfirmedModels } from './with-confirmed-models.ts';

/** The first that a file's outline tells of reads it. */
export const FORMATS: readonly EvalFormat[] = [
  INSPECT,
  LM_EVAL_RESULTS,
  LM_EVAL_SAMPLES,
  AGENTIC_MISALIGNMENT,
  EVERY_EVAL_EVER,
  EVERY_EVAL_EVER_SAMPLES,
  PROMPTFOO,
  OPENAI_EVALS,
];

/**
 * What will become of a file. Throws UnfitLog with the reason, in a sentence, where it is of no known format, cannot be
 * read, or says what cannot be recorded. Memory does not grow with the file beyond what is kept of it.
 */
export async function readFile(file: ReadableFile, confirmed: Confirmed): Promise<FilePlan> {
  let outline = await outlineOf(file.path);
  let format = FORMATS.find(({ tells }) => tells(outline));
  if (format === undefined && !outline.whole) {
    // What tells it may stand behind a large field: then all of the file is looked through.
    outline = await outlineOf(file.path, true);
    format = FORMATS.find(({ tells }) => tells(outline));
  }
  if (format !== undefined) return withConfirmedModels(await format.read(file, confirmed), confirmed);
  const names = FORMATS.map(({ name }) => name).join(', ');
  throw new UnfitLog(`${looksLike(outline)} The formats that are known: ${names}.`);
}
