import type { Context } from '../context.ts';
import type { ActorRow } from '../lineage/records.ts';
import { groupRows, type LoaderOf, loadsMany, loadsOne } from '../platform/loader.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { type Above, selectNamedAbove } from './above.store.ts';
import { isWider } from './narrowest.ts';
import { selectNamed, selectPeopleLike, selectShared } from './sharing.store.ts';
import { mayKnowNamed, mayShare, SHAREABLE, type Shareable, type Shared } from './sharing.ts';
import { readsAsMember, readsEverything, type Viewer } from './viewer.ts';

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

const peopleNamed = loadsMany<Context, ActorRow>('peopleNamed', async (context, ids) =>
  groupRows(await selectNamed(context.db, ids), (row) => row.audienceId),
);

const namedElsewhere = Object.fromEntries(
  SHAREABLE.map((type) => [
    type,
    loadsMany<Context, Above>(`namedElsewhereOf${type}`, async (context, ids) =>
      groupRows(await selectNamedAbove(context.db, context.viewer, type, ids), (row) => row.of),
    ),
  ]),
) as Record<Shareable, LoaderOf<Context, bigint, Above[]>>;

/**
 * Whether the people of a thing are told to whoever says who sees it. Not where they are those of something above it, or
 * follow from who sees that, and it is not theirs to share, too: who recorded an eval run of another's model would read
 * in the run's people whom the model is shared with, and who records evidence whom the incident is.
 */
export async function arePeopleTold(context: Context, thing: Shared): Promise<boolean> {
  const { viewer } = context;
  if (thing.audienceId === null) return true;
  return (await context.load(namedElsewhere[thing.type], thing.id)).every(
    (above) => !namesShownBy(viewer, thing, above) || mayKnowNamed(viewer, above),
  );
}

function namesShownBy(viewer: Viewer, thing: Shared, { seen, statedBy, ...above }: Above): boolean {
  // What somebody else states of a thing unseen was never recorded for the viewer.
  if (!seen) return statedBy === null || (viewer.kind === 'principal' && statedBy === viewer.actorId);
  return (
    above.audienceId === thing.audienceId ||
    (above.type !== 'Incident' && isWider('MEMBERS', above.visibility))
  );
}

/** The people named on a thing, as far as they are told. */
export async function peopleToTell(context: Context, thing: Shared): Promise<readonly ActorRow[]> {
  if (thing.audienceId === null || !(await arePeopleTold(context, thing))) return [];
  return context.load(peopleNamed, thing.audienceId);
}

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
