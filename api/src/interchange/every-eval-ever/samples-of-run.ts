// The samples of one evaluation and model, put together from a line for each of their results.
import { cutTarget } from '../formats/cut-target.ts';
import { statedNumber } from '../formats/figures.ts';
import { digestOfMessages, withChoices } from '../formats/input-digest.ts';
import type { MemoryBudget } from '../formats/memory-budget.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asBoolean, asText, asTexts, member, setMember } from '../inspect/plain-values.ts';
import type { PlannedSample } from '../planned.ts';

export const LONGEST_TARGET = 300;

type Line = ReadonlyMap<string, JsonValue>;

export class SamplesOfRun {
  readonly model: string;
  readonly evaluation: string;
  readonly evaluationId: string | null;
  /** Samples that state an error, and a score beside it. */
  notScored = 0;
  /** By sample and epoch, in the order in which they first come. */
  readonly #samples = new Map<string, PlannedSample & { scores: JsonObject }>();
  /** How often a sample has come by for one result: repetitions are epochs, another result of it is not. */
  readonly #times = new Map<string, number>();

  constructor(model: string, evaluation: string, evaluationId: string | null) {
    this.model = model;
    this.evaluation = evaluation;
    this.evaluationId = evaluationId;
  }

  get samples(): PlannedSample[] {
    return [...this.#samples.values()];
  }

  get epochs(): number {
    return [...this.#times.values()].reduce((most, times) => Math.max(most, times), 1);
  }

  add(id: string, line: Line, budget: MemoryBudget): void {
    const result = this.#resultOf(line);
    const times = JSON.stringify([id, result]);
    const epoch = (this.#times.get(times) ?? 0) + 1;
    this.#times.set(times, epoch);
    const key = JSON.stringify([id, epoch]);
    const sample = this.#samples.get(key) ?? { ...sampleOf(line, id, epoch), scores: {} };
    if (!this.#samples.has(key)) budget.take(id, sample.target, sample.inputDigest);
    this.#samples.set(key, sample);
    const error = asText(line.get('error'), LONGEST_TARGET);
    sample.error ??= error;
    const judged = line.get('evaluation');
    const score = statedNumber(member(judged, 'score')).value;
    // The schema asks for a number and a truth value of each line, also where there was nothing to judge.
    if (error !== null && score !== null) this.notScored += 1;
    const start = result === null ? '' : `${result}/`;
    const put = (name: string, value: number | boolean | null) =>
      setMember(sample.scores, `${start}${name}`, {
        value: error === null ? value : null,
        parts: null,
        answer: null,
      });
    put('score', score);
    put('is_correct', asBoolean(member(judged, 'is_correct')));
    budget.take(times, error, `${start}${start}`);
  }

  /** Which result the line belongs to, without the id of the evaluation, which is another in every run; null where unsaid. */
  #resultOf(line: Line): string | null {
    const stated = asText(line.get('evaluation_result_id'), 200);
    if (stated === null || this.evaluationId === null || !stated.startsWith(this.evaluationId)) return stated;
    return stated.slice(this.evaluationId.length).replace(/^[^\p{L}\p{N}]+/u, '') || null;
  }
}

function sampleOf(line: Line, id: string, epoch: number): Omit<PlannedSample, 'scores'> {
  const reference = asTexts(member(line.get('input'), 'reference'));
  const given = withChoices(
    digestOfMessages(member(line.get('input'), 'raw')),
    member(line.get('input'), 'choices'),
  );
  return {
    sampleId: id,
    epoch,
    target: reference.length === 0 ? null : cutTarget(reference.join(' | '), LONGEST_TARGET),
    outcomes: {},
    error: null,
    limitReached: null,
    ...(given === null ? {} : { inputDigest: given }),
  };
}
