import type { Context } from '../context.ts';
import { type LoaderOf, loadsOne } from '../platform/loader.ts';

/** Loads what was asserted, for whoever asks for it by its id alone: as known on the moment of the request. */
export function loadsNow<R extends { id: bigint }, V>(
  name: string,
  byId: LoaderOf<Context, bigint, R | null>,
  view: (row: R, on: Date) => V,
): LoaderOf<Context, bigint, V | null> {
  return loadsOne<Context, V>(name, async (context, ids) => {
    const on = await context.knownOn();
    const rows = await Promise.all(ids.map((id) => context.load(byId, id)));
    return new Map(rows.flatMap((row) => (row === null ? [] : [[row.id, view(row, on)]])));
  });
}
