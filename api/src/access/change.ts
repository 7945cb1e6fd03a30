import type { Event, EventSubject } from '../audit-log/event.ts';
import { recordEvent } from '../audit-log/record-event.ts';
import type { Context } from '../context.ts';
import type { Tx } from '../platform/database.ts';
import { databaseError } from '../platform/database-error.ts';
import { AccessRefusal, BusyRefusal, ConflictRefusal, TooLongRefusal } from '../platform/refusal.ts';
import type { Statements } from '../platform/statements.ts';
import { TurnNeverCame } from '../platform/turns.ts';
import { mustStand } from './acting-still.ts';
import type { Told } from './guards.store.ts';
import { holdAdministration } from './member.store.ts';
import { toldTogether } from './told-visibility.ts';
import { may, type Principal, type Scope } from './viewer.ts';

/** One transaction in which a principal changes something, with its events. */
export interface Change {
  tx: Tx;
  context: Context;
  by: Principal;
  /** The team in whose name things are asserted: the principal's first. */
  teamId: bigint;
  /**
   * Records what happened. `tells` is what the event names or counts beside the nodes on whose timelines it stands: it is
   * shown to nobody who does not see all of that.
   */
  event(event: Event, subject?: EventSubject & { tells?: Told }): Promise<void>;
}

/** Who changes something, and in which team's name. */
export type Changer = Pick<Change, 'by' | 'teamId'>;

/** The principal, if they may use `scope`; else an AccessRefusal that says why not. */
export function authorise(context: Context, scope: Scope): Principal {
  const { viewer } = context;
  const permission = may(viewer, scope);
  if (viewer.kind === 'anonymous')
    throw new AccessRefusal('UNAUTHENTICATED', permission.reason ?? 'Sign in first.');
  if (!permission.allowed) throw new AccessRefusal('FORBIDDEN', permission.reason ?? 'Not allowed.');
  return viewer;
}

/** The same, with the team in whose name they assert; an AccessRefusal where there is none. */
export function authoriseChange(context: Context, scope: Scope): Changer {
  const by = authorise(context, scope);
  const teamId = by.teamIds[0];
  if (teamId === undefined)
    throw new AccessRefusal('FORBIDDEN', 'You belong to no team, so you cannot assert anything.');
  return { by, teamId };
}

/** Records what an author does in a transaction, as `Change.event` does. */
export const tellIn =
  (tx: Statements, author: { actorId: bigint; teamId: bigint }): Change['event'] =>
  async (event, { tells = {}, ...subject } = {}) => {
    const by = { ...author, teamId: subject.teamId ?? author.teamId };
    const told = await toldTogether(tx, by, subject, tells);
    // What is not to be told with the node stays so; its owner reads of it who sees all that it tells of.
    const apart = subject.apart === true || told.apart;
    const forOwner = subject.forOwner === true && !told.apart;
    await recordEvent(tx, by, event, { ...subject, ...told, apart, forOwner });
  };

/** A change that takes longer is ended, and nothing of it stays. */
export const LONGEST_CHANGE_MS = 60_000;
/** Other writers in flight may hold the certain moment back; after so long the answer goes out regardless. */
const LONGEST_WAIT_MS = 2_000;
/** For so long after it was asked whether somebody still may, they may. */
const STANDS_FOR_MS = 500;
const SERIALIZATION_RETRIES = 3;
const BUSY = 'Too many changes are being made at once. Nothing was changed: try again.';
const MEETING = 'Others were changing the same things. Nothing was changed: try again.';
const TOO_LONG =
  'This takes longer than one change may. Nothing was changed: try it in parts, or again when the server has less to do.';

/** What a change is refused with that waited too long for its turn. */
export const busy = () => new BusyRefusal([], BUSY);

/**
 * Runs `work` in one READ COMMITTED transaction for whoever may use `scope`, then waits until what it recorded
 * is certain to be seen by the next reader. A deadlock is tried again, and refused where it comes back each time, as is
 * what waited too long for its turn or for a lock (all BusyRefusal) or took too long itself, as one statement or as a
 * whole (TooLongRefusal); whose rights ended meanwhile gets an AccessRefusal; a refusal rolls everything back. The transaction sees all rows, because names and
 * cycles are about all; what it tells is for the predicate to say.
 */
export async function inChange<T>(
  context: Context,
  scope: Scope,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  return transacted(context, authoriseChange(context, scope), async (change) => {
    if (scope === 'admin') await holdAdministration(change.tx);
    await mustStand(change.tx, [change.by]);
    const began = performance.now();
    const result = await work(change);
    // What took long may have outlived the right to it. Asked outside the transaction, whose own work that may have been.
    if (performance.now() - began > STANDS_FOR_MS) await mustStand(context.beyondSight, [change.by]);
    return result;
  });
}

/**
 * The same for the end of what somebody began, and goes on after their request, with whatever rights they have by now:
 * it tells no more than what came of it.
 */
export async function inEnding<T>(
  context: Context,
  scope: Scope,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  return transacted(context, authoriseChange(context, scope), work);
}

async function transacted<T>(
  context: Context,
  { by, teamId }: Changer,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { result, moment } = await context.turns.take(() =>
        context.beyondSight.$transaction(
          async (tx) => {
            const change: Change = {
              tx,
              context,
              by,
              teamId,
              event: tellIn(tx, { actorId: by.actorId, teamId }),
            };
            const result = await work(change);
            const [row] = await tx.$queryRaw<[{ moment: Date }]>`select recording_moment() as moment`;
            return { result, moment: row.moment };
          },
          { timeout: LONGEST_CHANGE_MS, maxWait: 10_000, isolationLevel: 'ReadCommitted' },
        ),
      );
      await untilSeen(context, moment);
      return result;
    } catch (error) {
      if (error instanceof ConflictRefusal && error.inFull !== null) throw await error.inFull();
      if (error instanceof TurnNeverCame) throw busy();
      if (timedOut(error)) throw neverBegan(error) ? busy() : new TooLongRefusal([], TOO_LONG);
      const code = databaseError(error)?.code;
      if (code === LOCK_TIMEOUT) throw busy();
      if (code === STATEMENT_TIMEOUT) throw new TooLongRefusal([], TOO_LONG);
      if (code !== '40P01' && code !== '40001') throw error;
      context.forget();
      if (attempt >= SERIALIZATION_RETRIES) throw new BusyRefusal([], MEETING);
    }
  }
}

// What Postgres ends by its own limits: a wait for a row that another holds, and a statement that takes too long.
const LOCK_TIMEOUT = '55P03';
const STATEMENT_TIMEOUT = '57014';

/** Prisma's word for a transaction that got no connection in time, or was ended because its time was up. */
const timedOut = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'P2028';
const neverBegan = ({ message }: Error) => message.includes('Unable to start a transaction');

/** Waits until the next reader is certain to see what was recorded at `moment`. */
export async function untilSeen(context: Context, moment: Date): Promise<void> {
  await context.certainty.reached(moment, LONGEST_WAIT_MS);
  await context.resident?.catchUp();
  context.forget();
}
