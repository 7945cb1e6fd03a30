import { type QueryClient, type QueryFunctionContext, queryOptions } from '@tanstack/react-query';
import type { RereadingFragment } from '@/graphql/generated/graphql.ts';

/** A rereading as it was found last. */
export interface Watched {
  /** Null once it has come to its end. */
  rereading: RereadingFragment | null;
  /** How often in a row it was found no further than before. */
  unmoved: number;
}

const EVERY_MS = 1_000;
/** Nobody says that a server was stopped: what has not moved for so long is looked for less often. */
const UNMOVED = 30;
const SELDOM_MS = 15_000;

/** Whether it may have been stopped, without a word of why. */
export const mayHaveStopped = ({ rereading, unmoved }: Watched): boolean =>
  rereading !== null && rereading.error === null && unmoved >= UNMOVED;

/** How long until it is looked for again, in milliseconds; false where nothing more is to come. */
export function lookAgainIn(watched: Watched | undefined): number | false {
  if (!watched?.rereading || watched.rereading.error !== null) return false;
  return mayHaveStopped(watched) ? SELDOM_MS : EVERY_MS;
}

const keyOf = (id: string) => ['rereading', id];

/** Looks for how far the rereading of an import has come, as long as it goes on. */
export function watchRereading(
  id: string,
  initial: RereadingFragment,
  find: (signal: AbortSignal) => Promise<RereadingFragment | null>,
) {
  return queryOptions<Watched>({
    // One that has begun anew is another: what came of the one before is no answer for it.
    queryKey: [...keyOf(id), initial.since],
    initialData: { rereading: initial, unmoved: 0 },
    refetchInterval: ({ state }) => lookAgainIn(state.data),
    queryFn: async ({ client, queryKey, signal }: QueryFunctionContext) => {
      const rereading = await find(signal);
      const before = client.getQueryData<Watched>(queryKey);
      const isMoved = before?.rereading?.read !== rereading?.read;
      return { rereading, unmoved: before === undefined || isMoved ? 0 : before.unmoved + 1 };
    },
  });
}

/** After it was asked for again: what was broken off, or stands still, goes on under the same key. */
export async function rereadingAskedFor(client: QueryClient, id: string): Promise<void> {
  const queryKey = keyOf(id);
  client.setQueriesData<Watched>({ queryKey }, (held) => held && { ...held, unmoved: 0 });
  await client.invalidateQueries({ queryKey });
}
