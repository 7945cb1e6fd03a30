/**
 * Tells things of one name apart by a number: `a`, `a (2)`, `a (3)`. Where the next number of each name begins is
 * remembered, since a file may repeat one name as often as it has lines.
 */
export class NumberedNames {
  readonly #next = new Map<string, number>();

  /** The name itself where it is free, else with the first number with which it is. */
  free(name: string, isTaken: (name: string) => boolean): string {
    if (!isTaken(name)) return name;
    let n = this.#next.get(name) ?? 2;
    while (isTaken(`${name} (${n})`)) n += 1;
    this.#next.set(name, n + 1);
    return `${name} (${n})`;
  }
}
