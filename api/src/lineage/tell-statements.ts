// What is told of statements, of what they are replaced by and of what was said against them: to whoever sees all of it.
import type { Change } from '../access/change.ts';
import { allTold, type Told } from '../access/guards.store.ts';
import { inputsToTell, toldAlike } from '../access/told-visibility.ts';
import type { Event } from '../audit-log/event.ts';
import type { LineageNodeRow, VisibilityWord } from './node.ts';

/** A composition is seen with the thing, the output that it is about alone, and one input at least. */
export async function toldOfComposition(
  { tx, context }: Change,
  nodeId: bigint,
  compositionId: bigint,
): Promise<Told> {
  return {
    composition: [compositionId],
    edge: await inputsToTell(tx, context.viewer, nodeId, compositionId),
  };
}

/** A statement that was taken back, and the thing on whose timeline that is told. */
export interface TakenBack {
  target: string;
  /** Null of what was said of a statement: that is told on no timeline. */
  nodeId: bigint | null;
  teamId: bigint;
  visibility: VisibilityWord;
  reason: string | null;
  tells: Told;
}

/** Tells that a statement was taken back, to the people of the team whose it was, whoever did it. */
export async function tellTakenBack(change: Change, taken: TakenBack): Promise<void> {
  const { target, reason, nodeId, visibility, teamId, tells } = taken;
  await change.event(
    { type: 'RETRACTED', target, reason, replacedBy: null },
    { nodes: nodeId === null ? [] : [nodeId], visibility, teamId, tells },
  );
}

type Stated = Extract<Event, { replaced: boolean }>;
type Without<E, Key extends string> = E extends unknown ? Omit<E, Key> : never;

/**
 * Tells of a statement, and of what it replaces: in one where whoever reads of it sees that, too. Else of each by itself, so
 * that whoever does not see what was replaced reads what they would if it had never been recorded.
 */
export async function tellStated(
  change: Change,
  event: Without<Stated, 'replaced' | 'reason'>,
  reason: string | null,
  about: { node: LineageNodeRow; visibility: VisibilityWord; tells: Told },
  replaced: Omit<TakenBack, 'reason'> | null,
): Promise<void> {
  const { tells, visibility } = about;
  const subject = { nodes: [about.node.id], visibility };
  const tell = (more: { replaced: boolean; reason: string | null }, told: Told) =>
    change.event({ ...event, ...more } as Stated, { ...subject, tells: told });
  if (replaced === null) return tell({ replaced: false, reason }, tells);
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  if (await toldAlike(change.tx, by, subject, tells, replaced.tells))
    return tell({ replaced: true, reason }, allTold(tells, replaced.tells));
  await tell({ replaced: false, reason: null }, tells);
  await tellTakenBack(change, { ...replaced, reason });
}
