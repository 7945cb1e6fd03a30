import DataLoader from 'dataloader';
import { listed } from './listed.ts';

/** Reads many rows at once by id; rows that the viewer may not see are absent from the map. */
export type Batch<C, K, V> = (context: C, keys: readonly K[]) => Promise<Map<K, V>>;

export interface LoaderOf<C, K, V> {
  readonly name: string;
  readonly batch: Batch<C, K, V>;
  /** What an absent key means: null for a thing, an empty list for a list. */
  readonly absent: () => V;
}

/** A thing by id: null where it is not, or is not visible. */
export function loadsOne<C, V>(
  name: string,
  batch: Batch<C, bigint, V | null>,
): LoaderOf<C, bigint, V | null> {
  return { name, batch, absent: () => null };
}

/** A list by the id of its owner: empty where there is none. */
export function loadsMany<C, V>(name: string, batch: Batch<C, bigint, V[]>): LoaderOf<C, bigint, V[]> {
  return { name, batch, absent: () => [] };
}

/** What `cappedPer` counted of the list that a row is of; null of rows that were read whole. */
function totalStated(row: unknown): number | null {
  const { listTotal } = (row ?? {}) as { listTotal?: unknown };
  return typeof listTotal === 'number' ? listTotal : null;
}

/** Groups rows by owner, keeping their order: the usual end of a `loadsMany` batch. */
export function groupRows<V>(rows: readonly V[], owner: (row: V) => bigint): Map<bigint, V[]> {
  const groups = new Map<bigint, V[]>();
  for (const row of rows) {
    const key = owner(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  for (const group of groups.values()) listed(group, totalStated(group[0]) ?? group.length);
  return groups;
}

const LARGEST_BATCH = 5_000;

/** The loaders of one request: each batches what one tick asks for and remembers it until `forget`. */
export class Loaders<C> {
  readonly #context: () => C;
  // The map's values differ in key and value; `load` gives each back its own types.
  #loaders = new Map<unknown, DataLoader<unknown, unknown>>();

  constructor(context: () => C) {
    this.#context = context;
  }

  load<K, V>(of: LoaderOf<C, K, V>, key: K): Promise<V> {
    let loader = this.#loaders.get(of) as DataLoader<K, V> | undefined;
    if (loader === undefined) {
      loader = new DataLoader<K, V>(
        async (keys) => {
          const found = await of.batch(this.#context(), keys);
          return keys.map((k) => found.get(k) ?? of.absent());
        },
        { maxBatchSize: LARGEST_BATCH },
      );
      this.#loaders.set(of, loader as DataLoader<unknown, unknown>);
    }
    return loader.load(key);
  }

  /** After a write: what was read before it may no longer hold. */
  forget(): void {
    this.#loaders = new Map();
  }
}
