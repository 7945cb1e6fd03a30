import type { Context } from '../context.ts';
import type { LoaderOf } from '../platform/loader.ts';

/** What a field of many things leads to, read for all of them at once, before each is asked for its own. */
export interface Ahead {
  /** The things that the field leads to from these rows, each once for each time that a row leads to it. */
  read(context: Context, rows: readonly unknown[]): Promise<unknown[]>;
}

/** The name under which a field's `Ahead` stands in its extensions. */
export const AHEAD = 'ahead';

/** A value that may be at hand, or be waited for. */
export type Soon<T> = T | Promise<T>;

/** `then` of a value that may be at hand: no promise is made where none is there. */
export function soon<T, R>(value: Soon<T>, made: (value: T) => R): Soon<R> {
  return value instanceof Promise ? value.then(made) : made(value);
}

/** What a loader holds for the key, without a promise where it has answered already: a list asks for each of each. */
export function atHand<K, V>(
  context: Pick<Context, 'held' | 'load'>,
  of: LoaderOf<Context, K, V>,
  key: K,
): Soon<V> {
  const held = context.held(of, key);
  return held === undefined ? context.load(of, key) : held;
}

/**
 * The resolver of a field that one loader answers, and how a list reads it ahead for all of its rows; `shown` makes of
 * what was loaded what the field shows.
 */
export function loaded<Row, K, V, R = V>(
  of: LoaderOf<Context, K, V>,
  keyOf: (row: Row) => K,
  shown: (value: V) => R = (value) => value as unknown as R,
) {
  return {
    resolve: (row: Row, _args: object, context: Context): Soon<R> =>
      soon(atHand(context, of, keyOf(row)), shown),
    extensions: { [AHEAD]: aheadBy(of, keyOf) },
  };
}

/** The same, where a row whose key is null leads nowhere. */
export function loadedWhereNamed<Row, K, V>(of: LoaderOf<Context, K, V>, keyOf: (row: Row) => K | null) {
  return {
    resolve(row: Row, _args: object, context: Context): Soon<V> | null {
      const key = keyOf(row);
      return key === null ? null : atHand(context, of, key);
    },
    extensions: { [AHEAD]: aheadBy(of, keyOf) },
  };
}

function aheadBy<Row, K, V>(of: LoaderOf<Context, K, V>, keyOf: (row: Row) => K | null): Ahead {
  return {
    async read(context, rows) {
      const keys = new Set<K>();
      for (const row of rows) {
        const key = keyOf(row as Row);
        if (key !== null) keys.add(key);
      }
      const values = await Promise.all([...keys].map((key) => atHand(context, of, key)));
      return values.flat(1).filter((value) => value != null);
    },
  };
}
