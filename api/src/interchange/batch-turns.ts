// The batches of what goes on after the answer: each in its turn.
import { type Change, inChange } from '../access/change.ts';
import type { Context } from '../context.ts';
import { takeTurn } from './import.store.ts';
import { insist } from './insist.ts';

/** Runs of one batch; of a file of many that takes a second or two. */
export const RUNS_A_BATCH = 50;

/**
 * One transaction, in which the team's imports write one after another; it waits for its turn again and again. Made as
 * any change, which is refused where the right to it was lost since the request, unless `making` says otherwise.
 */
export function inTeamTurn<T>(
  context: Context,
  work: (change: Change) => Promise<T>,
  {
    making = inChange,
    pausesMs,
  }: { making?: typeof inChange; pausesMs?: readonly number[] | undefined } = {},
): Promise<T> {
  const turn = () =>
    making(context, 'write:evals', async (change) => {
      await takeTurn(change.tx, change.teamId);
      return work(change);
    });
  return insist(turn, pausesMs);
}
