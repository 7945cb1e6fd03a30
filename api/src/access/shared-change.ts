// Group commit: what many requests change at once goes into one transaction, with its statements made once for all.
import type { Context } from '../context.ts';
import { EndUnknown, type InOrder } from '../platform/statements.ts';
import { TurnNeverCame } from '../platform/turns.ts';
import { mustStand } from './acting-still.ts';
import { authoriseChange, busy, type Change, type Changer, inChange, untilSeen } from './change.ts';
import type { Scope } from './viewer.ts';

/** One request's part of a change that is made together: whose it is, and what was looked up for it. */
export interface Part<P> extends Changer {
  prepared: P;
}

/** A sort of change that adds new things alone, so that many can share a transaction without meeting each other. */
export interface SharedChange<I, P, R> {
  scope: Scope;
  /** Checks and looks up, before any transaction and with the viewer's rights; null for what is to be changed alone. */
  prepare(context: Context, input: I): Promise<P | null>;
  /**
   * Writes all, with their events, in few statements, and answers one result for each, in order. It must wait for no
   * other writer, who would then hold up all of them. Whatever it throws, or fails that it did not wait for, undoes all,
   * and each is made alone instead.
   */
  record(tx: InOrder, parts: readonly Part<P>[]): Promise<readonly R[]>;
  /** The same for one request, with a refusal for all that is wrong with it. */
  alone(change: Change, input: I): Promise<R>;
}

/** So many requests share a transaction at most. */
const MOST = 64;
/** While one transaction waits for the database, the next is made ready; more would only be smaller. */
const PLACES = 2;
const LONGEST_WAIT_MS = 10_000;

/** A part that was made together with others; null where they could not be, and each is to be made alone. */
type Made<R> = { result: R; moment: Date } | null;
type Member<P> = Part<P> & { context: Context };

/**
 * Makes a change as `inChange` does, with the same answers and refusals, in one transaction with those that others ask
 * for at the same time. Where it fails for any of them, each is made alone, so that none fails for another.
 */
export async function inSharedChange<I, P, R>(
  context: Context,
  shared: SharedChange<I, P, R>,
  input: I,
): Promise<R> {
  const changer = authoriseChange(context, shared.scope);
  const prepared = await shared.prepare(context, input);
  const made = prepared === null ? null : await join(shared, { context, ...changer, prepared });
  if (made === null) return inChange(context, shared.scope, (change) => shared.alone(change, input));
  await untilSeen(context, made.moment);
  return made.result;
}

function join<I, P, R>(shared: SharedChange<I, P, R>, member: Member<P>): Promise<Made<R>> {
  const gathering = member.context.gatherings.of<Member<P>, Made<R>>(shared, () => ({
    ...{ most: MOST, places: PLACES, longestWaitMs: LONGEST_WAIT_MS },
    tooLong: busy,
    work: (members) => make(shared, members),
  }));
  return gathering.join(member);
}

async function make<I, P, R>(
  shared: SharedChange<I, P, R>,
  members: readonly Member<P>[],
): Promise<Made<R>[]> {
  const { turns, beyondSight } = members[0]!.context;
  try {
    const { results, asked } = await turns.take(() =>
      beyondSight.$statements(async (tx) => {
        // Goes out with what `record` asks first. Who stands no longer is told so when they go alone.
        const standing = mustStand(
          tx,
          members.map(({ by }) => by),
        );
        standing.catch(() => undefined);
        const results = await shared.record(tx, members);
        await standing;
        // Goes out with the commit, and with what `record` did not wait for.
        const asked = tx.$queryRaw<[{ moment: Date }]>`select recording_moment() as moment`;
        asked.catch(() => undefined);
        return { results, asked };
      }),
    );
    const [{ moment }] = await asked;
    return results.map((result) => ({ result, moment }));
  } catch (error) {
    if (error instanceof TurnNeverCame) throw busy();
    // What may stand already must not be made again.
    if (error instanceof EndUnknown) throw error;
    return members.map(() => null);
  }
}
