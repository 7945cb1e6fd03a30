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

/** What a loader answers for each of these keys, by key. */
export async function loadEach<C, K, V>(
  context: { load<K, V>(of: LoaderOf<C, K, V>, key: K): Promise<V> },
  of: LoaderOf<C, K, V>,
  keys: readonly K[],
): Promise<Map<K, V>> {
  const each = [...new Set(keys)];
  const values = await Promise.all(each.map((key) => context.load(of, key)));
  return new Map(each.map((key, i) => [key, values[i]!]));
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
export function groupRows<V, K = bigint>(rows: readonly V[], owner: (row: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
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

/** A loader and what it has answered, for whoever needs not wait for it again. */
interface Loading {
  loader: DataLoader<unknown, unknown>;
  answered: Map<unknown, unknown>;
}

/** The loaders of one request: each batches what one tick asks for and remembers it until `forget`. */
export class Loaders<C> {
  readonly #context: () => C;
  // The map's values differ in key and value; `load` gives each back its own types.
  #loaders = new Map<unknown, Loading>();
  #selections = new Set<object>();

  constructor(context: () => C) {
    this.#context = context;
  }

  load<K, V>(of: LoaderOf<C, K, V>, key: K): Promise<V> {
    return this.#loading(of).loader.load(key) as Promise<V>;
  }

  /** What `load` has answered or was given before; undefined where it must be asked. */
  held<K, V>(of: LoaderOf<C, K, V>, key: K): V | undefined {
    return this.#loaders.get(of)?.answered.get(key) as V | undefined;
  }

  /** Gives what another statement has read already, by the same predicate; what is held stays as it is. */
  give<K, V>(of: LoaderOf<C, K, V>, key: K, value: V): void {
    const { loader, answered } = this.#loading(of);
    if (answered.has(key)) return;
    answered.set(key, value);
    loader.prime(key, value);
  }

  /** Says that what these selections of the operation ask for was read for all the things that they are asked of. */
  giveSelections(selections: readonly object[]): void {
    for (const selection of selections) this.#selections.add(selection);
  }

  heldSelections(selections: readonly object[]): boolean {
    return selections.every((selection) => this.#selections.has(selection));
  }

  /** After a write: what was read before it may no longer hold. */
  forget(): void {
    this.#loaders = new Map();
    this.#selections = new Set();
  }

  #loading<K, V>(of: LoaderOf<C, K, V>): Loading {
    const loading = this.#loaders.get(of);
    if (loading !== undefined) return loading;
    const answered = new Map<unknown, unknown>();
    const loader = new DataLoader<K, V>(
      async (keys) => {
        const found = await of.batch(this.#context(), keys);
        return keys.map((key) => {
          const value = found.get(key) ?? of.absent();
          answered.set(key, value);
          return value;
        });
      },
      { maxBatchSize: LARGEST_BATCH },
    );
    const made = { loader: loader as DataLoader<unknown, unknown>, answered };
    this.#loaders.set(of, made);
    return made;
  }
}
