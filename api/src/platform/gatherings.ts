import { Gathering, type GatheringOptions } from './gathering.ts';

/** The gatherings of a process, one for each sort of thing that is done together. */
export class Gatherings {
  readonly #held = new WeakMap<object, unknown>();

  /** That of `sort`, made by `make` where there is none yet. */
  of<I, O>(sort: object, make: () => GatheringOptions<I, O>): Gathering<I, O> {
    const held = this.#held.get(sort) as Gathering<I, O> | undefined;
    if (held !== undefined) return held;
    const made = new Gathering(make());
    this.#held.set(sort, made);
    return made;
  }
}
