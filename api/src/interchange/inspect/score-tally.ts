// What the samples of a log give for one score of its results, worked out as Inspect does: each item first over its
// epochs, then over the items.
import type { InspectSample, InspectSampleScore, Scalar } from './inspect-log.ts';
import { shorten } from './plain-values.ts';

/** Of a verdict that is shown where it could not be converted. */
const LONGEST_SHOWN = 60;

/** A value of a scorer: the whole, or one of its parts. */
export interface TallyOf {
  scorer: string;
  part: string | null;
}

export class ScoreTally {
  /** Samples with a verdict, and items with one in any epoch. */
  scored = 0;
  scoredItems = 0;
  /** Samples and items that the scorer saw and gave no verdict for. */
  empty = 0;
  emptyItems = 0;
  /** Verdicts that are no number, truth value, one of Inspect's four letters, nor such as text; and the first of them. */
  unconverted = 0;
  unconvertedSuch: string | null = null;
  /** Whether some item has several verdicts. */
  repeated = false;
  #sum = 0;
  #sumOfMeans = 0;
  #item = { sum: 0, verdicts: 0, empty: 0 };

  add(value: Scalar): void {
    if (value === null) {
      this.#item.empty += 1;
      return;
    }
    const number = asFigure(value);
    if (number === null) this.#addUnconverted(JSON.stringify(shorten(String(value), LONGEST_SHOWN)));
    this.#item.sum += number ?? 0;
    this.#item.verdicts += 1;
  }

  /** A verdict of several values, which is one, and no figure. */
  addParts(): void {
    this.#addUnconverted('one of several values');
    this.#item.verdicts += 1;
  }

  #addUnconverted(shown: string): void {
    this.unconverted += 1;
    this.unconvertedSuch ??= shown;
  }

  endItem(): void {
    const { sum, verdicts, empty } = this.#item;
    this.#item = { sum: 0, verdicts: 0, empty: 0 };
    this.scored += verdicts;
    this.empty += empty;
    if (verdicts === 0) {
      this.emptyItems += empty === 0 ? 0 : 1;
      return;
    }
    this.scoredItems += 1;
    this.#sum += sum;
    this.#sumOfMeans += sum / verdicts;
    if (verdicts > 1) this.repeated = true;
  }

  /**
   * The mean over the items, each by its mean over the epochs, with 0 for each verdict that could not be converted; null
   * where there is none to take.
   */
  get mean(): number | null {
    return this.scoredItems > 0 ? this.#sumOfMeans / this.scoredItems : null;
  }

  /** The mean of the verdicts that could be converted, where each is of an item of its own; else null. */
  get meanOfConverted(): number | null {
    const converted = this.scored - this.unconverted;
    return this.repeated || converted === 0 ? null : this.#sum / converted;
  }
}

type Tallies = Map<string, Map<string | null, ScoreTally>>;

/** One pass over what the samples have, however many scores are wanted. */
export function tally(samples: readonly InspectSample[], wanted: readonly TallyOf[]): Tallies {
  const tallies: Tallies = new Map();
  for (const { scorer, part } of wanted) {
    const parts = tallies.get(scorer) ?? new Map<string | null, ScoreTally>();
    tallies.set(scorer, parts.set(part, new ScoreTally()));
  }
  for (const item of itemsOf(samples)) {
    const touched = new Set<ScoreTally>();
    for (const { scores } of item)
      for (const [scorer, score] of Object.entries(scores)) {
        const parts = tallies.get(scorer);
        if (parts !== undefined) addScore(parts, score, touched);
      }
    for (const one of touched) one.endItem();
  }
  return tallies;
}

function addScore(
  wanted: ReadonlyMap<string | null, ScoreTally>,
  { value, parts }: InspectSampleScore,
  touched: Set<ScoreTally>,
): void {
  const add = (part: string | null, verdict: Scalar) => {
    const one = wanted.get(part);
    if (one === undefined) return;
    one.add(verdict);
    touched.add(one);
  };
  const whole = wanted.get(null);
  if (whole !== undefined && parts !== null && Object.values(parts).some((part) => part !== null)) {
    whole.addParts();
    touched.add(whole);
  } else add(null, value);
  for (const [part, verdict] of Object.entries(parts ?? {})) add(part, verdict);
}

function itemsOf(samples: readonly InspectSample[]): Iterable<InspectSample[]> {
  const items = new Map<string, InspectSample[]>();
  for (const sample of samples) {
    const item = items.get(sample.id);
    if (item === undefined) items.set(sample.id, [sample]);
    else item.push(sample);
  }
  return items.values();
}

const LETTERS: Readonly<Record<string, number>> = { C: 1, I: 0, P: 0.5, N: 0 };
const WORDS: Readonly<Record<string, number>> = { yes: 1, true: 1, no: 0, false: 0 };
const NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/** As `value_to_float` of Inspect takes it by default; null for a word that it counts as 0, since another may not. */
function asFigure(value: string | number | boolean): number | null {
  if (typeof value !== 'string') return Number(value);
  if (Object.hasOwn(LETTERS, value)) return LETTERS[value]!;
  if (NUMBER.test(value)) return Number(value);
  const word = value.toLowerCase();
  return Object.hasOwn(WORDS, word) ? WORDS[word]! : null;
}
