import type { Context } from '../context.ts';
import type { LoaderOf } from '../platform/loader.ts';

/** A loader of what is known of a thing on a moment: what one tick asks about one moment is read together. */
export function loadsAt<V>(
  name: string,
  absent: () => V,
  batch: (context: Context, ids: bigint[], on: Date) => Promise<Map<bigint, V>>,
): (context: Context, id: bigint, on: Date) => Promise<V> {
  const loader: LoaderOf<Context, string, V> = {
    name,
    absent,
    batch: async (context, keys) => {
      const moments = new Map<string, bigint[]>();
      for (const key of keys) {
        const [id, moment] = key.split('@') as [string, string];
        moments.set(moment, [...(moments.get(moment) ?? []), BigInt(id)]);
      }
      const found = new Map<string, V>();
      for (const [moment, ids] of moments) {
        const values = await batch(context, ids, new Date(Number(moment)));
        for (const [id, value] of values) found.set(`${id}@${moment}`, value);
      }
      return found;
    },
  };
  return (context, id, on) => context.load(loader, `${id}@${on.getTime()}`);
}
