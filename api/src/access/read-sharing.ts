import type { Context } from '../context.ts';
import type { ActorRow } from '../lineage/records.ts';
import { groupRows, type LoaderOf, loadsMany, loadsOne } from '../platform/loader.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { selectNamed, selectPeopleLike, selectShared } from './sharing.store.ts';
import { mayShare, SHAREABLE, type Shareable, type Shared } from './sharing.ts';
import { readsAsMember, readsEverything } from './viewer.ts';

const shared = Object.fromEntries(
  SHAREABLE.map((type) => [
    type,
    loadsOne<Context, Shared>(
      `sharedOf${type}`,
      async (context, ids) =>
        new Map((await selectShared(context.db, context.viewer, type, ids)).map((row) => [row.id, row])),
    ),
  ]),
) as Record<Shareable, LoaderOf<Context, bigint, Shared | null>>;

/** Who may see a thing: told to who may say so, and to who reads everything; null for anybody else. */
export async function sharingOf(context: Context, type: Shareable, id: bigint): Promise<Shared | null> {
  const { viewer } = context;
  if (!readsAsMember(viewer)) return null;
  const thing = await context.load(shared[type], id);
  if (thing === null) return null;
  return readsEverything(viewer) || mayShare(viewer, thing).allowed ? thing : null;
}

export const peopleNamed = loadsMany<Context, ActorRow>('peopleNamed', async (context, ids) =>
  groupRows(await selectNamed(context.db, ids), (row) => row.audienceId),
);

const MOST_PEOPLE = 50;

/** People and services by a part of their name, for members to name them; nobody for who is not one. */
export async function findPeople(
  context: Context,
  search: string,
  first: number | null,
): Promise<ActorRow[]> {
  if (!readsAsMember(context.viewer)) return [];
  const most = first ?? 20;
  if (most < 1 || most > MOST_PEOPLE)
    throw new InputRefusal(['first'], `Ask for 1 to ${MOST_PEOPLE} people.`, `1 to ${MOST_PEOPLE}`);
  // Postgres holds no NUL, and no name does.
  return selectPeopleLike(context.db, search.replaceAll('\u0000', '').trim().slice(0, 200), most);
}
