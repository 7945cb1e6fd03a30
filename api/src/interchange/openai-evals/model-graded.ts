// Who judged in an evaluation that a model grades.
// Source: https://github.com/openai/evals/blob/main/evals/elsuite/modelgraded/classify.py
import type { FileReport } from '../formats/file-report.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asText, asTexts, finite, member } from '../inspect/plain-values.ts';
import { Losses } from '../plan-losses.ts';
import { digestOf, thingName } from '../plan-values.ts';
import type { PlannedGrader } from '../planned.ts';

const LONGEST_NAME = 200;
/** What the judge is told to do, and how its answer is read. */
const INSTRUCTIONS = ['modelgraded_spec', 'modelgraded_spec_args', 'eval_type', 'match_fn', 'eval_kwargs'];
const CHOICE = 'choice';
const SCORE = 'score';
/** What a final report counts of choices, and what it makes of scores. */
const OF_CHOICES = /^counts(?:\/|$)/;
const OF_SCORES = /^(?:score|metascore|accuracy)(?:\/|$)/;

export interface JudgesOfLog {
  graders: PlannedGrader[];
  told: JsonObject[];
  /** Of a figure of the final report; null for what nobody judged. */
  graderOf(metric: string): number | null;
  /** Null where it is not known. */
  model: string | null;
}

const argsOf = (spec: JsonValue | undefined) =>
  member(member(member(spec, 'run_config'), 'eval_spec'), 'args');

export function isModelGraded(spec: JsonValue | undefined): boolean {
  const cls = asText(member(member(member(spec, 'run_config'), 'eval_spec'), 'cls'));
  if (cls?.endsWith(':ModelBasedClassify')) return true;
  return member(argsOf(spec), 'modelgraded_spec') != null;
}

/** `judged` are the names under which the samples have what the judge chose, and a score for it. */
export function planJudge(
  spec: JsonValue,
  judged: ReadonlySet<string>,
  metrics: readonly string[],
  report: FileReport,
): JudgesOfLog {
  if (!isModelGraded(spec)) return { graders: [], told: [], graderOf: () => null, model: null };
  const args = argsOf(spec);
  const model = judgeOf(spec, args);
  if (model === null)
    report.warn(
      'Which model judged is not known: the log names none beside those that answered. Older versions of the harness asked one of their own for it, newer ones have the model under test judge itself.',
    );
  const stated = Object.fromEntries(
    INSTRUCTIONS.flatMap((name) => {
      const value = member(args, name);
      return value == null ? [] : [[name, finite(value)]];
    }),
  );
  const params = new Losses().bounded('spec.run_config.eval_spec.args', stated) ?? {};
  const version = digestOf({ ...stated, model }).slice(0, 12);
  const names = [...new Set([CHOICE, ...judged])];
  if (!judged.has(SCORE) && metrics.some((metric) => OF_SCORES.test(metric))) names.push(SCORE);
  const judge = model === null ? '' : thingName(model);
  const graders = names.map((name): PlannedGrader => {
    return {
      name: thingName(`openai-evals/${name}`),
      version,
      kind: 'MODEL',
      prompt: null,
      parser: asText(member(args, 'match_fn'), LONGEST_NAME),
      model: judge === '' ? null : { name: judge, version: 'unspecified' },
    };
  });
  report.keep('spec.run_config.eval_spec.args.modelgraded_spec', 'grader of the choices and scores');
  return {
    graders,
    told: graders.map(({ name }): JsonObject => ({ scorer: name, model, params })),
    graderOf(metric) {
      if (OF_CHOICES.test(metric)) return names.indexOf(CHOICE);
      return OF_SCORES.test(metric) ? names.indexOf(SCORE) : null;
    },
    model,
  };
}

/**
 * The one that the arguments state, or the last of several. Where as many are compared as there are, all of them answer;
 * and of one alone it depends on the version of the harness whether it judges itself.
 */
function judgeOf(spec: JsonValue, args: JsonValue | undefined): string | null {
  const stated = asText(member(args, 'eval_completion_fn'), LONGEST_NAME);
  if (stated !== null) return stated;
  const functions = asTexts(member(spec, 'completion_fns'));
  const compared = member(args, 'multicomp_n');
  if (functions.length < 2 || compared === 'from_models' || compared === functions.length) return null;
  return asText(functions.at(-1), LONGEST_NAME);
}
