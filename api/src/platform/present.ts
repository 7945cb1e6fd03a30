/** What must be there because something visible refers to it; an Error, not an answer, where it is not. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value == null) throw new Error(`${what} is missing.`);
  return value;
}
