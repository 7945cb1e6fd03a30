import type { VisibilityWord } from '../lineage/node.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { AccessRefusal, type InputPath, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { authorise, type Change } from './change.ts';
import { moveThing, ownAudience, selectNameable, selectShared, setAudience } from './sharing.store.ts';
import { mayShare, SCOPE_OF, SHAREABLE, type Shared } from './sharing.ts';

export interface ShareWithInput {
  target: string;
  visibility?: VisibilityWord | null;
  people?: string[] | null;
  /** Null lifts an embargo; left out leaves it. */
  embargoedUntil?: Date | null;
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
  const [thing] = await selectShared(change.tx, context.viewer, type, [id]);
  if (thing === undefined) throw new NotFoundRefusal(['target'], 'There is nothing with this id.');
  const permission = mayShare(context.viewer, thing);
  if (!permission.allowed) throw new AccessRefusal('FORBIDDEN', permission.reason ?? 'Not allowed.');
  if (input.embargoedUntil !== undefined && type !== 'Incident')
    throw new InputRefusal(['embargoedUntil'], 'Only an incident has an embargo.', 'an incident');
  await share(change, thing, {
    visibility: input.visibility ?? thing.visibility,
    people: input.people ?? null,
    embargoedUntil: input.embargoedUntil === undefined ? thing.embargoedUntil : input.embargoedUntil,
  });
  return { type, id };
}

/** The same for who made the thing in this very change: how an incident is filed under an embargo. */
export async function share(
  change: Change,
  thing: Shared,
  wish: {
    visibility: VisibilityWord;
    people: readonly string[] | null;
    /** Where the people stand in the input. */
    peoplePath?: string;
    embargoedUntil: Date | null;
  },
): Promise<void> {
  checkEmbargo(wish.embargoedUntil, thing.embargoedUntil);
  const audienceId = await ownAudience(
    change.tx,
    { teamId: change.teamId, actorId: change.by.actorId },
    thing,
  );
  const people =
    wish.people === null ? null : await findPeople(change, wish.people, wish.peoplePath ?? 'people');
  await setAudience(change.tx, audienceId, change.by, people, wish.embargoedUntil);
  await moveThing(change.tx, thing, {
    visibility: { from: thing.visibility, to: wish.visibility },
    audience: { from: thing.audienceId, to: audienceId },
  });
  const nodes = isNode(thing) ? [thing.id] : [];
  await change.event(
    {
      type: 'SHARED',
      target: thing.type,
      from: thing.visibility,
      to: wish.visibility,
      people: people === null ? null : people.length,
      embargoedUntil: wish.embargoedUntil?.toISOString() ?? null,
    },
    { nodes, visibility: wish.visibility === 'RESTRICTED' ? 'RESTRICTED' : 'TEAM' },
  );
}

function isNode(thing: Shared): boolean {
  return ['Incident', 'Source', 'DatasetVersion', 'ModelVersion', 'EvalRun'].includes(thing.type);
}

function checkEmbargo(until: Date | null, before: Date | null): void {
  if (until === null || until.getTime() === before?.getTime()) return;
  if (until.getTime() <= Date.now())
    throw new InputRefusal(
      ['embargoedUntil'],
      'An embargo ends in the future.',
      'a later time, or null to lift it',
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

/** Changes how widely an incident is seen, and nothing else of who sees it. */
export async function changeVisibility(
  change: Change,
  incidentId: bigint,
  to: VisibilityWord,
): Promise<void> {
  const [thing] = await selectShared(change.tx, change.context.viewer, 'Incident', [incidentId]);
  if (thing === undefined) return;
  await moveThing(change.tx, thing, {
    visibility: { from: thing.visibility, to },
    audience: { from: thing.audienceId, to: thing.audienceId },
  });
}
