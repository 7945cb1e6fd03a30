import { CLOSED } from '../audit-log/event.ts';
import { LINEAGE_TYPE } from '../lineage/lineage-types.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { AccessRefusal, type InputPath, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { type Above, selectAbove, selectBlind } from './above.store.ts';
import { authorise, type Change } from './change.ts';
import { moveThing } from './move-shared.store.ts';
import { isWider, withinTeam } from './narrowest.ts';
import { holdShared, markOpened, ownAudience, selectNameable, setAudience } from './sharing.store.ts';
import { mayKnowNamed, mayShare, SCOPE_OF, SHAREABLE, type Shared } from './sharing.ts';
import type { Viewer } from './viewer.ts';

export interface ShareWithInput {
  target: string;
  visibility?: VisibilityWord | null;
  people?: string[] | null;
  /** Null lifts an embargo; left out leaves it. */
  embargoedUntil?: Date | null;
}

/** Who is to see a thing; what is left out stays as it is. */
interface Wish {
  visibility?: VisibilityWord | null | undefined;
  people?: readonly string[] | null | undefined;
  embargoedUntil?: Date | null | undefined;
}

const MOST_PEOPLE = 200;

/** Says who may see a thing, with all that is seen with it: its visibility, the people named, an embargo. */
export async function shareWith(
  change: Change,
  input: ShareWithInput,
): Promise<{ type: string; id: bigint }> {
  const { context } = change;
  const { type, id } = decodeGlobalId(context.ids, input.target, SHAREABLE, ['target']);
  authorise(context, SCOPE_OF[type]);
  const thing = await holdShared(change.tx, context.viewer, type, id);
  if (thing === null) throw new NotFoundRefusal(['target'], 'There is nothing with this id.');
  mustShare(change, thing);
  if (input.embargoedUntil !== undefined && type !== 'Incident')
    throw new InputRefusal(['embargoedUntil'], 'Only an incident has an embargo.', 'an incident');
  await share(change, thing, input, 'people');
  return { type, id };
}

function mustShare(change: Change, thing: Shared): void {
  const permission = mayShare(change.context.viewer, thing);
  if (!permission.allowed) throw new AccessRefusal('FORBIDDEN', permission.reason ?? 'Not allowed.');
}

/** The same for who made the thing in this very change; `peopleField` is where the people stand in the input. */
export async function share(change: Change, thing: Shared, wish: Wish, peopleField: string): Promise<void> {
  const { tx } = change;
  const visibility = wish.visibility ?? thing.visibility;
  // What an incident holds is under its embargo by being read through it, and keeps none of its own.
  const before = thing.type === 'Incident' ? thing.embargoedUntil : null;
  const until = wish.embargoedUntil === undefined ? before : wish.embargoedUntil;
  const embargoChanges = until?.getTime() !== before?.getTime();
  if (embargoChanges) checkEmbargo(until);
  const people = wish.people == null ? null : await findPeople(change, wish.people, peopleField);
  await refuseWiderThanAbove(change, thing, visibility, people ?? [], peopleField);
  // Naming nobody where nobody is named changes nothing, and an audience without a use is not made.
  const names = people !== null && (people.length > 0 || thing.audienceId !== null);
  const audienceId =
    names || embargoChanges
      ? await ownAudience(tx, byOf(change), thing)
      : await audienceIn(change, thing, visibility);
  const added =
    audienceId !== null && (names || embargoChanges)
      ? await setAudience(tx, audienceId, change.by, people, embargoChanges ? until : undefined)
      : 0;
  await moveThing(tx, thing, {
    viewer: change.context.viewer,
    ownerId: thing.actorId,
    shownAs: thing.visibility,
    visibility: { from: thing.visibility, to: visibility },
    audience: { from: thing.audienceId, to: audienceId },
  });
  // To whom an incident is opened, its date tells when, and not of what happened while they did not see it.
  if (thing.type === 'Incident' && opens(thing.visibility, visibility, added)) await markOpened(tx, thing.id);
  await change.event(
    {
      type: 'SHARED',
      target: thing.type,
      from: thing.visibility,
      to: visibility,
      people: people?.length ?? null,
      embargoedUntil: until?.toISOString() ?? null,
    },
    {
      nodes: isNode(thing) ? [thing.id] : [],
      visibility: visibility === 'RESTRICTED' ? 'RESTRICTED' : 'TEAM',
      // Whoever shares it, who is named and until when it is kept back is for the team whose it is, and for nobody named.
      teamId: thing.teamId,
      ...CLOSED,
    },
  );
}

/** Whether what is seen so widely from now on, by so many more who are named, is seen by somebody more. */
const opens = (from: VisibilityWord, to: VisibilityWord, named: number) =>
  isWider(to, from) || (named > 0 && isWider('MEMBERS', to));

const byOf = ({ teamId, by }: Change) => ({ teamId, actorId: by.actorId });

/**
 * The audience of a thing in another visibility, its own people left as they are: what others said of it while more
 * could see it stays in its owner's sight when fewer can.
 */
async function audienceIn(change: Change, thing: Shared, to: VisibilityWord): Promise<bigint | null> {
  const narrows = thing.audienceId === null && isWider(thing.visibility, to) && isWider('MEMBERS', to);
  return narrows ? ownAudience(change.tx, byOf(change), thing) : thing.audienceId;
}

const NODE_TYPES: readonly string[] = Object.values(LINEAGE_TYPE);
const isNode = (thing: Shared) => NODE_TYPES.includes(thing.type);

function checkEmbargo(until: Date | null): void {
  if (until !== null && until.getTime() <= Date.now())
    throw new InputRefusal(
      ['embargoedUntil'],
      'An embargo ends in the future.',
      'a later time, or null to lift it',
    );
}

const WHAT: Readonly<Record<Above['type'], string>> = {
  Dataset: 'dataset',
  Model: 'model',
  ModelVersion: 'model version',
  Evaluation: 'evaluation',
  Incident: 'incident',
};

/** A version tells of its dataset or model, an eval run of what it ran on: whoever sees it has to see those. */
async function refuseWiderThanAbove(
  change: Change,
  thing: Shared,
  visibility: VisibilityWord,
  people: readonly bigint[],
  peopleField: string,
): Promise<void> {
  const { viewer } = change.context;
  const aboves = await selectAbove(change.tx, viewer, thing);
  if (!aboves.every((above) => mayBeTold(viewer, above)))
    refuseToOpen(isWider(visibility, thing.visibility), people.length > 0, peopleField);
  for (const above of aboves) {
    if (!mayBeTold(viewer, above)) continue;
    const what = WHAT[above.type];
    const widest = withinTeam(above, thing.teamId);
    if (visibility !== thing.visibility && isWider(visibility, widest))
      throw new InputRefusal(
        ['visibility'],
        `It would be seen more widely than its ${what}, of which it tells.`,
        `${widest} or narrower, or a wider ${what} first`,
      );
    const [blind] = await selectBlind(change.tx, above, people);
    if (blind !== undefined)
      throw new InputRefusal(
        [peopleField, people.indexOf(blind)],
        `Its ${what}, of which it tells, is not shared with them.`,
        `somebody with whom the ${what} is shared, too`,
      );
  }
}

/** Whether a refusal may tell of what is above how widely it is seen, and of each person whether they see it. */
const mayBeTold = (viewer: Viewer, above: Above): boolean =>
  (above.seen && !isWider('MEMBERS', above.visibility)) || mayKnowNamed(viewer, above);

/**
 * Refuses to open what tells of something whose people the sharer may not know, in words that are the same whoever is to
 * see it and whoever sees that: one refused person after the other, they would find out all of those.
 */
function refuseToOpen(widens: boolean, names: boolean, peopleField: string): void {
  if (widens)
    throw new InputRefusal(
      ['visibility'],
      'It tells of something that is not yours to share, so it is not yours to open.',
      'what it is, or narrower',
    );
  if (names)
    throw new InputRefusal(
      [peopleField],
      'It tells of something that is not yours to share, so you can name nobody on it.',
      'nobody',
    );
}

async function findPeople(change: Change, ids: readonly string[], field: string): Promise<bigint[]> {
  if (ids.length > MOST_PEOPLE)
    throw new InputRefusal([field], 'These are too many people.', `at most ${MOST_PEOPLE}`);
  const path = (i: number): InputPath => [field, i];
  const wanted = ids.map((id, i) => decodeGlobalId(change.context.ids, id, ['Actor'], path(i)).id);
  const known = await selectNameable(change.tx, wanted);
  wanted.forEach((id, i) => {
    if (!known.has(id)) throw new NotFoundRefusal(path(i), 'There is nobody with this id.');
  });
  return [...new Set(wanted)];
}

/** Changes how widely an incident is seen, for whoever may say so, and nothing else of who sees it. */
export async function changeVisibility(
  change: Change,
  incidentId: bigint,
  to: VisibilityWord,
): Promise<void> {
  const thing = await holdShared(change.tx, change.context.viewer, 'Incident', incidentId);
  if (thing === null) return;
  mustShare(change, thing);
  await moveThing(change.tx, thing, {
    viewer: change.context.viewer,
    ownerId: thing.actorId,
    shownAs: thing.visibility,
    visibility: { from: thing.visibility, to },
    audience: { from: thing.audienceId, to: await audienceIn(change, thing, to) },
  });
}
