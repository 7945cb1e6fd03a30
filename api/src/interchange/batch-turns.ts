// The batches of what goes on after the answer: each in its turn.
import { type Change, inChange } from '../access/change.ts';
import type { Scope } from '../access/viewer.ts';
import type { Context } from '../context.ts';
import { takeTurn } from './import.store.ts';
import { insist } from './insist.ts';

/** Runs of one batch; of a file of many that takes a second or two. */
export const RUNS_A_BATCH = 50;

export interface TurnOf {
  /** What it takes to record what the file tells of; `write:evals` unless told. */
  scope?: Scope;
  making?: typeof inChange;
  /** How long it waits each time that it finds no turn; as every import does unless told. */
  pausesMs?: readonly number[] | undefined;
}

/**
 * One transaction, in which the team's imports write one after another; it waits for its turn again and again. Made as
 * any change, which is refused where the right to it was lost since the request, unless `making` says otherwise.
 */
export function inTeamTurn<T>(
  context: Context,
  work: (change: Change) => Promise<T>,
  { scope = 'write:evals', making = inChange, pausesMs }: TurnOf = {},
): Promise<T> {
  const turn = () =>
    making(context, scope, async (change) => {
      await takeTurn(change.tx, change.teamId);
      return work(change);
    });
  return insist(turn, pausesMs);
}
