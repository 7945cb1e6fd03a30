// How one scorer is called in several places: by its samples, its results, its rule and its grader.

/** A name without the package it comes from. */
export function bareName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Whether a name is another within a package, or as some parts of one: what has parts of its own is another. */
const isWithin = (longer: string, shorter: string) => longer.endsWith(`/${shorter}`);

const partsOf = (name: string) => name.split('/').length;

/**
 * Of some names those that one means: itself where it is among them, else those that are the same within a package, or
 * without one, with the fewest parts more or less. `a/accuracy` and `b/accuracy` are two, though both end alike, and
 * `accuracy` means either where there is nothing that is called so alone.
 */
export function meantBy(wanted: string, names: readonly string[]): string[] {
  if (names.includes(wanted)) return [wanted];
  const apart = (name: string) => Math.abs(partsOf(name) - partsOf(wanted));
  const alike = names.filter((name) => isWithin(name, wanted) || isWithin(wanted, name));
  const nearest = Math.min(...alike.map(apart));
  return alike.filter((name) => apart(name) === nearest);
}

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
export function graderMeantBy(scorer: string, graders: readonly string[]): string[] {
  const meant = meantBy(scorer, graders);
  return meant.length > 0 ? meant : meantBy(scorer.replace(NAMED_SCORES, ''), graders);
}
