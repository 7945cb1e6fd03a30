// How one scorer is called in several places: by its samples, its results, its rule and its grader.

/** A name without the package it comes from. */
export function bareName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

const partsOf = (name: string) => name.split('/').length;

/** With its parts in the other order, so that what stands within packages of one name begins alike. */
const turned = (name: string) => name.split('/').reverse().join('/');

/**
 * Some names, to be asked which of them others mean. Files name as many as they like, so that not each is looked at for
 * each question.
 */
export class ScorerNames {
  /** Each with its place, by which the answer is ordered. */
  readonly #places = new Map<string, number>();
  readonly #turned: readonly string[];

  constructor(names: Iterable<string>) {
    for (const name of names) if (!this.#places.has(name)) this.#places.set(name, this.#places.size);
    this.#turned = [...this.#places.keys()].map(turned).sort();
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  /**
   * Those that one means: itself where it is among them, else those that are the same within a package, or without one,
   * with the fewest parts more or less. `a/accuracy` and `b/accuracy` are two, though both end alike, and `accuracy` means
   * either where there is nothing that is called so alone.
   */
  meantBy(wanted: string): string[] {
    if (this.has(wanted)) return [wanted];
    const apart = (name: string) => Math.abs(partsOf(name) - partsOf(wanted));
    const shorter = this.#without(wanted);
    const longer = this.#within(wanted);
    const alike = shorter === null ? longer : [shorter, ...longer];
    const nearest = alike.reduce((least, name) => Math.min(least, apart(name)), Number.POSITIVE_INFINITY);
    return alike
      .filter((name) => apart(name) === nearest)
      .sort((a, b) => this.#places.get(a)! - this.#places.get(b)!);
  }

  /** The name with the fewest packages taken off, of those that are there. */
  #without(wanted: string): string | null {
    for (let at = wanted.indexOf('/'); at >= 0; at = wanted.indexOf('/', at + 1)) {
      const rest = wanted.slice(at + 1);
      if (this.has(rest)) return rest;
    }
    return null;
  }

  /** All that are the name within packages. */
  #within(wanted: string): string[] {
    const start = `${turned(wanted)}/`;
    let [from, to] = [0, this.#turned.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#turned[middle]! < start) from = middle + 1;
      else to = middle;
    }
    const found: string[] = [];
    for (; this.#turned[from]?.startsWith(start); from += 1) found.push(turned(this.#turned[from]!));
    return found;
  }
}

/** The same of names that are asked once. */
export function meantBy(wanted: string, names: readonly string[]): string[] {
  return new ScorerNames(names).meantBy(wanted);
}

/** Scorers of one name that a rule measures, and verdicts that it judges of them: each sample is judged for each. */
const MOST_MEASURED = 2_000;
const MOST_JUDGED = 1_000_000;

export const areTooMany = (scorers: number, samples: number): boolean =>
  scorers > MOST_MEASURED || (scorers > 1 && scorers * samples > MOST_JUDGED);

export const tooManyMeant = (scorer: string, count: number): string =>
  `${count} scorers go by the name ${scorer}, too many to be measured: nothing is measured by any of them.`;

/** Inspect's own scorers stand in this package, and are called without it by samples. */
const INSPECT = 'inspect_ai';

/** A scorer's name without what is known to be a package: that of Inspect itself, or of the evaluation. */
export function withoutPackage(scorer: string, evaluation: string): string {
  const from = scorer.indexOf('/');
  const own = evaluation.indexOf('/');
  const first = scorer.slice(0, Math.max(from, 0));
  const isPackage = first === INSPECT || (own > 0 && first === evaluation.slice(0, own));
  return from > 0 && isPackage ? scorer.slice(from + 1) : scorer;
}

/** What promptfoo calls its named scores in a sample; their graders are named without it. */
const NAMED_SCORES = /^namedScores\//;

/** The same for the names of graders, which stand within a package, a format or the namespace of a team. */
export function graderMeantBy(scorer: string, graders: ScorerNames): string[] {
  const meant = graders.meantBy(scorer);
  return meant.length > 0 ? meant : graders.meantBy(scorer.replace(NAMED_SCORES, ''));
}
