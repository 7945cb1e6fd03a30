// The samples of a log by id and epoch, within what may be kept of one log.
import { MemoryBudget } from '../formats/memory-budget.ts';
import type { InspectSample } from './inspect-log.ts';
import type { JsonValue } from './json-value.ts';
import type { ReadLimits } from './limits.ts';
import { Refusal } from './refusal.ts';
import { type LogRemarks, type SampleRemarks, saysNothing, sumOfRemarks } from './sample-remarks.ts';

const tooMuch = (most: number) =>
  new Refusal(
    `The samples of the log say more, beside their transcripts, than is kept of one log (${Math.round(most / 1024 ** 2)} MiB): run the evaluation in parts, or score it with fewer values a sample.`,
  );

/** What a name that no sample had before costs in bytes, measured: the engine makes a shape of an object for each. */
const NEW_NAME = 1000;

export class KeptSamples {
  readonly #most: number;
  readonly #budget: MemoryBudget;
  readonly #samples = new Map<string, InspectSample>();
  /** Of those samples of which there is something to say. */
  readonly #remarks = new Map<string, SampleRemarks>();
  readonly #names = new Set<string>();

  /** `Refusal` is thrown where a sample is one too many, or all of them say more than is kept. */
  constructor({ samples, samplesBytes }: Pick<ReadLimits, 'samples' | 'samplesBytes'>) {
    this.#most = samples;
    this.#budget = new MemoryBudget(samplesBytes, tooMuch);
  }

  /** Whether another of the same id and epoch gave way to it. */
  add(sample: InspectSample, remarks: SampleRemarks): boolean {
    const key = sampleKey(sample.id, sample.epoch);
    const before = this.#samples.get(key);
    if (before === undefined && this.#samples.size >= this.#most)
      throw new Refusal(`The log holds more than ${this.#most} samples.`);
    if (before !== undefined) this.#budget.giveBack(...sizedBy(before));
    this.#budget.take(...sizedBy(sample));
    for (const [scorer, { parts }] of Object.entries(sample.scores)) {
      this.#takeName(scorer);
      for (const part in parts) this.#takeName(part);
    }
    this.#samples.set(key, sample);
    if (saysNothing(remarks)) this.#remarks.delete(key);
    else this.#remarks.set(key, remarks);
    return before !== undefined;
  }

  /** Tells what the model was given in a sample of which a summary did not tell it, or told it in part. */
  tellInput(key: string, inputDigest: string | null): void {
    const sample = this.#samples.get(key);
    if (sample === undefined) return;
    this.#budget.giveBack(sample.inputDigest);
    this.#budget.take(inputDigest);
    sample.inputDigest = inputDigest;
  }

  delete(key: string): boolean {
    const sample = this.#samples.get(key);
    if (sample === undefined) return false;
    this.#budget.giveBack(...sizedBy(sample));
    this.#remarks.delete(key);
    return this.#samples.delete(key);
  }

  #takeName(name: string): void {
    if (this.#names.has(name)) return;
    this.#budget.takeBytes(NEW_NAME);
    this.#names.add(name);
  }

  /** How many of those whose key is asked for have a score. */
  scored(asked: (key: string) => boolean): number {
    let count = 0;
    for (const [key, { scores }] of this.#samples)
      if (Object.keys(scores).length > 0 && asked(key)) count += 1;
    return count;
  }

  remarks(): LogRemarks {
    return sumOfRemarks(this.#remarks.values());
  }

  keys(): IterableIterator<string> {
    return this.#samples.keys();
  }

  values(): IterableIterator<InspectSample> {
    return this.#samples.values();
  }
}

/** What of a sample is of no fixed size. */
function sizedBy({ id, target, error, scores, scenario, inputDigest }: InspectSample): readonly JsonValue[] {
  return [id, target, error, scores as unknown as JsonValue, scenario?.name ?? null, inputDigest];
}

export function sampleKey(id: string, epoch: number): string {
  return `${epoch}:${id}`;
}
