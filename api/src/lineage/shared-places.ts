import { rightsOf } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Db } from '../platform/database.ts';
import type { Rights } from '../platform/rights.ts';
import { selectNamed } from './node.store.ts';
import type { LineageNodeRow } from './node.ts';
import { type Place, placeKey } from './ref-places.ts';

type Reader = Pick<Db, '$queryRaw'>;
/** What stands in each place, by `placeKey`. */
export type NodesAt = ReadonlyMap<string, LineageNodeRow>;

/** The node in each place, by its own name before any alias. */
export async function nodesAt(db: Reader, viewer: Viewer, places: readonly Place[]): Promise<NodesAt> {
  const found = new Map<string, LineageNodeRow>();
  for (const row of await selectNamed(db, viewer, places)) {
    const { foundNamespace, foundName, foundVersion, byAlias, ...node } = row;
    const key = placeKey({
      kind: node.kind,
      namespace: foundNamespace,
      name: foundName,
      version: foundVersion,
    });
    if (!byAlias || !found.has(key)) found.set(key, node);
  }
  return found;
}

interface Waiting {
  places: readonly Place[];
  resolve(found: NodesAt): void;
  reject(failure: unknown): void;
}

/** Whoever looks for more at once asks alone. */
const MOST_SHARED = 20;
/** At most so many are answered together. */
const TOGETHER = 50;

/**
 * Looks places up for many requests in one statement: those who read with the same rights and come while a look-up is
 * under way share the next one, which begins after they came. The predicate and the policies are those of each.
 */
export class SharedPlaces {
  readonly #waiting = new Map<Rights, Waiting[]>();

  find(db: Reader, viewer: Viewer, places: readonly Place[]): Promise<NodesAt> {
    if (places.length === 0 || places.length > MOST_SHARED) return nodesAt(db, viewer, places);
    const rights = rightsOf(viewer);
    return new Promise((resolve, reject) => {
      const one = { places, resolve, reject };
      const waiting = this.#waiting.get(rights);
      if (waiting !== undefined) waiting.push(one);
      else {
        this.#waiting.set(rights, [one]);
        void this.#answer(db, viewer, rights);
      }
    });
  }

  async #answer(db: Reader, viewer: Viewer, rights: Rights): Promise<void> {
    for (;;) {
      const waiting = this.#waiting.get(rights)!;
      const asked = waiting.splice(0, TOGETHER);
      if (asked.length === 0) {
        this.#waiting.delete(rights);
        return;
      }
      try {
        const unique = new Map(
          asked.flatMap(({ places }) => places.map((place) => [placeKey(place), place])),
        );
        const found = await nodesAt(db, viewer, [...unique.values()]);
        for (const one of asked) one.resolve(found);
      } catch (error) {
        for (const one of asked) one.reject(error);
      }
    }
  }
}
