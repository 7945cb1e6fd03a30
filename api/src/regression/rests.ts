// Who may see what follows from hits: whoever sees what they rest on.
import { type Guard, seenWherever, type Teams, widestThat } from '../access/audience-sight.ts';

/**
 * What a rule and measurements rest on: all of `all`, and of each run one of its ways to the family of models. That somebody
 * states another, which few see, takes nothing from who sees one.
 */
export interface Rests {
  readonly all: readonly Guard[];
  /** By run, each of its ways as all that stands on it. */
  readonly ways: readonly (readonly (readonly Guard[])[])[];
}

/** All of it that somebody may see or not. */
export const guardsOf = ({ all, ways }: Rests): Guard[] => [...all, ...ways.flat(2)];

/** Whether it is shown, where `shown` says so of things that belong together. */
export const areShown = ({ all, ways }: Rests, shown: (guards: readonly Guard[]) => boolean): boolean =>
  shown(all) && ways.every((ofRun) => ofRun.some(shown));

/** The widest that a new row of this author and team may be where whoever sees it has to see what it rests on. */
export const widestOn = (by: { teamId: bigint; actorId: bigint }, rests: Rests, teams: Teams): Guard =>
  widestThat(by, (guard) =>
    areShown(rests, (others) => others.every((other) => seenWherever(guard, other, teams))),
  );
