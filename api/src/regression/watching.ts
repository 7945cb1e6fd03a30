import type { Change } from '../access/change.ts';
import { behaviorById } from '../evaluation/read-evaluations.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { NotFoundRefusal } from '../platform/refusal.ts';
import { selectRules } from './rule.store.ts';
import { deleteWatch, insertWatch, markRead, type Watched, type WatchedType } from './watch.store.ts';

const WATCHED: readonly WatchedType[] = ['RegressionRule', 'Behavior', 'Incident'];

/** From now on the viewer is told of hits that concern this: a rule, a behaviour or an incident. */
export async function watch(
  change: Change,
  input: { target: string },
): Promise<{ target: bigint; type: string }> {
  const watched = await requireWatched(change, input.target);
  await insertWatch(change.tx, change.by.actorId, watched);
  return { target: watched.id, type: watched.type };
}

/** The viewer is told no more of it. What they no longer see they can still leave. */
export async function unwatch(
  change: Change,
  input: { target: string },
): Promise<{ target: bigint; type: string }> {
  const watched = decodeGlobalId(change.context.ids, input.target, WATCHED, ['target']);
  await deleteWatch(change.tx, change.by.actorId, watched);
  return { target: watched.id, type: watched.type };
}

async function requireWatched(change: Change, id: string): Promise<Watched> {
  const { context, tx } = change;
  const watched = decodeGlobalId(context.ids, id, WATCHED, ['target']);
  if (!(await isSeen())) throw new NotFoundRefusal(['target'], 'There is nothing to watch here.', id);
  return watched;

  async function isSeen(): Promise<boolean> {
    if (watched.type === 'RegressionRule')
      return (await selectRules(tx, context.viewer, [watched.id])).length > 0;
    if (watched.type === 'Behavior') return (await context.load(behaviorById, watched.id)) !== null;
    return (await context.load(nodeById, watched.id))?.kind === 'INCIDENT';
  }
}

/** Marks as read what the viewer was told: these, or all. What is not theirs is passed over. */
export async function markNotificationsRead(
  change: Change,
  input: { notifications?: string[] | null },
): Promise<{ marked: number }> {
  const { ids, viewer } = change.context;
  const wanted =
    input.notifications?.map((id, i) => decodeGlobalId(ids, id, ['Notification'], ['notifications', i]).id) ??
    null;
  return { marked: await markRead(change.tx, viewer, wanted) };
}
