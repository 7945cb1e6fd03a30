/** A statement about something, in general or about one of its outputs, that names some input. */
export interface Held<Id> {
  readonly outputId: Id | null;
  readonly teamId: unknown;
}

/**
 * Whether a statement about a transformation holds of one of its outputs: what a team states of an output takes the place
 * of what it states of all of them.
 */
export function holdsOf<Id>(one: Held<Id>, output: Id, about: readonly Held<Id>[]): boolean {
  if (one.outputId !== null) return one.outputId === output;
  return !about.some((other) => other.outputId === output && other.teamId === one.teamId);
}

/** Those of all statements about a transformation that hold of none of these outputs. */
export function unheldOf<Id, S extends Held<Id>>(about: readonly S[], outputs: ReadonlySet<Id>): S[] {
  return about.filter((one) => ![...outputs].some((output) => holdsOf(one, output, about)));
}
