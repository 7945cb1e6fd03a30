import type { Context } from '../context.ts';
import { AccessRefusal } from '../platform/refusal.ts';
import { inSeconds } from '../platform/seconds.ts';
import { type CountedTry, deleteOldTries, deleteTries, forgiveTry, insertTry } from './sign-in-try.store.ts';
import { throttleKey } from './throttle.ts';

const QUARTER_HOUR_S = 15 * 60;
const MOST_OF_ACCOUNT = 10;
const MOST_OF_ADDRESS = 50;

// When many guess at once, some wait for a connection.
const PATIENT = { timeout: 10_000, maxWait: 10_000 };

/** A try to prove who one is; `succeeded` takes back that it was counted as a failure. */
export interface Try {
  succeeded(): Promise<void>;
}

/** What is counted apart: whoever fails at the one, naming whatever account, fails at the other no sooner. */
type Guessed = 'account' | 'password';

const keyOf = (context: Pick<Context, 'digest'>, what: Guessed | 'address', which: string) =>
  context.digest(`a try to sign in\n${what} ${which}`);

/**
 * Counts a try against the caller's address, and against `account` where one is named, before it is checked, so that
 * many at once are counted too, whichever process they reach. Throws RATE_LIMITED where either has failed too often;
 * a try that is refused counts for nothing, so that nobody waits longer for having tried again.
 */
export async function countTry(
  context: Pick<Context, 'address' | 'digest' | 'beyondSight'>,
  account: string | null,
  guessed: Guessed = 'account',
): Promise<Try> {
  const { beyondSight: db } = context;
  const addressKey = keyOf(context, 'address', throttleKey(context.address));
  const accountKey = account === null ? null : keyOf(context, guessed, account);
  const ofAddress = await db.$transaction(async (tx) => {
    // Always the account first: two who count the same two keys don't wait for one another.
    if (accountKey !== null) refuseBeyond(MOST_OF_ACCOUNT, await insertTry(tx, accountKey, QUARTER_HOUR_S));
    const counted = await insertTry(tx, addressKey, QUARTER_HOUR_S);
    refuseBeyond(MOST_OF_ADDRESS, counted);
    return counted;
  }, PATIENT);
  await deleteOldTries(db, QUARTER_HOUR_S);
  return {
    async succeeded() {
      if (accountKey !== null) await deleteTries(db, accountKey);
      await forgiveTry(db, ofAddress);
    },
  };
}

/** Forgets the failures of whoever has proved by other means that the account is theirs. */
export async function forgetTries(
  context: Pick<Context, 'digest' | 'beyondSight'>,
  account: string,
): Promise<void> {
  await deleteTries(context.beyondSight, keyOf(context, 'account', account));
}

/** What tries to sign in with this address are counted under. */
export const accountOf = (email: string): string => email.trim().toLowerCase().slice(0, 320);

function refuseBeyond(most: number, { failures, wait }: CountedTry): void {
  if (failures <= most) return;
  throw new AccessRefusal('RATE_LIMITED', `Too many tries: wait ${inSeconds(wait)} and try again.`, wait);
}
