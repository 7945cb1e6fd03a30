// The batches of what goes on after the answer: each in its turn, and while whoever began it may still.
import { actingStill, beganBy } from '../access/acting-still.ts';
import { authorise, type Change, inChange } from '../access/change.ts';
import { may } from '../access/viewer.ts';
import type { Context } from '../context.ts';
import { takeTurn } from './import.store.ts';
import { insist } from './insist.ts';
import { UnfitLog } from './plan-values.ts';

/** Runs of one batch; of a file of many that takes a second or two. */
export const RUNS_A_BATCH = 50;

/** One transaction, in which the team's imports write one after another; it waits for its turn again and again. */
export function inTeamTurn<T>(
  context: Context,
  work: (change: Change) => Promise<T>,
  pausesMs?: readonly number[],
): Promise<T> {
  const turn = () =>
    inChange(context, 'write:evals', async (change) => {
      await takeTurn(change.tx, change.teamId);
      return work(change);
    });
  return insist(turn, pausesMs);
}

/** Throws UnfitLog with `words` where the right to record in the team's name was lost since the request. */
export async function mayStillRecord(context: Context, words: string): Promise<void> {
  const by = authorise(context, 'write:evals');
  const now = await actingStill({ db: context.beyondSight }, beganBy(by));
  const same = now !== null && now.role === by.role && now.teamIds[0] === by.teamIds[0];
  if (!same || !may(now, 'write:evals').allowed) throw new UnfitLog(words);
}
