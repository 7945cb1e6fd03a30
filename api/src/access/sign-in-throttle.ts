import type { Context } from '../context.ts';
import type { Tx } from '../platform/database.ts';
import { AccessRefusal } from '../platform/refusal.ts';
import { inSeconds } from '../platform/seconds.ts';
import { selectAddressesOf } from './access.store.ts';
import { type CountedTry, deleteOldTries, deleteTries, forgiveTry, insertTry } from './sign-in-try.store.ts';
import { siteKey, throttleKey } from './throttle.ts';

const QUARTER_HOUR_S = 15 * 60;
/** Of one account by one network; and by all together, beyond which only networks that it was signed in from go on. */
const MOST_OF_PAIR = 10;
const MOST_OF_ACCOUNT = 100;
const MOST_OF_PASSWORD = 10;
const MOST_OF_ADDRESS = 50;
const MOST_OF_SITE = 200;

// When many guess at once, some wait for a connection.
const PATIENT = { timeout: 10_000, maxWait: 10_000 };

/** A try to prove who one is, counted as a failure until something else is said of it. */
export interface Try {
  /** They are who they say. */
  succeeded(): Promise<void>;
  /** Runs what answers; where the server is too busy to, that is no failure of theirs. */
  answering<T>(work: () => Promise<T>): Promise<T>;
}

/** What is counted apart: whoever fails at the one, naming whatever account, fails at the other no sooner. */
type Guessed = 'account' | 'password';

const keyOf = (
  context: Pick<Context, 'digest'>,
  what: Guessed | 'pair' | 'address' | 'site',
  which: string,
) => context.digest(`a try to sign in\n${what} ${which}`);

/**
 * Counts a try against the caller's address, and against `account` where one is named, before it is checked, so that
 * many at once are counted too, whichever process they reach. Throws RATE_LIMITED where either has failed too often;
 * a try that is refused counts for nothing, so that nobody waits longer for having tried again.
 *
 * An account's tries are counted by network, so that nobody keeps its owner out by failing in their name; all together
 * they are bounded as well, for whoever has very many networks, but not from where its owner signed in of late.
 */
export async function countTry(
  context: Pick<Context, 'address' | 'digest' | 'beyondSight'>,
  account: string | null,
  guessed: Guessed = 'account',
): Promise<Try> {
  const { beyondSight: db, address } = context;
  const network = throttleKey(address);
  const site = siteKey(address);
  const most = guessed === 'account' ? MOST_OF_ACCOUNT : MOST_OF_PASSWORD;
  const bySignIn = account !== null && guessed === 'account';
  const counted = await db.$transaction(async (tx) => {
    const count = async (key: Uint8Array, most: number, spared = async () => false) => {
      const one = await insertTry(tx, key, QUARTER_HOUR_S);
      if (one.failures > most && !(await spared())) refuse(one);
      return one;
    };
    // Always in this order: two who count the same keys don't wait for one another.
    const isKnown = async () => bySignIn && (await wasSignedInFrom(tx, account, network));
    const all = account === null ? null : await count(keyOf(context, guessed, account), most, isKnown);
    const pair = bySignIn ? await count(keyOf(context, 'pair', `${network} ${account}`), MOST_OF_PAIR) : null;
    const ofSite = site === null ? null : await count(keyOf(context, 'site', site), MOST_OF_SITE);
    const ofAddress = await count(keyOf(context, 'address', network), MOST_OF_ADDRESS);
    return { own: bySignIn ? pair : all, others: [bySignIn ? all : null, ofSite, ofAddress] };
  }, PATIENT);
  await deleteOldTries(db, QUARTER_HOUR_S);
  const { own, others } = counted;
  const forgive = async (these: readonly (CountedTry | null)[]) => {
    for (const one of these) if (one !== null) await forgiveTry(db, one);
  };
  return {
    async succeeded() {
      if (own !== null) await deleteTries(db, own.key);
      await forgive(others);
    },
    async answering(work) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof AccessRefusal) await forgive([own, ...others]);
        throw error;
      }
    },
  };
}

async function wasSignedInFrom(tx: Tx, account: string, network: string): Promise<boolean> {
  const addresses = await selectAddressesOf(tx, account);
  return addresses.some((address) => throttleKey(address) === network);
}

/** Forgets the failures of whoever has proved by other means that the account is theirs: all together, and their network's. */
export async function forgetTries(
  context: Pick<Context, 'address' | 'digest' | 'beyondSight'>,
  account: string,
): Promise<void> {
  const { beyondSight: db, address } = context;
  await deleteTries(db, keyOf(context, 'account', account));
  await deleteTries(db, keyOf(context, 'pair', `${throttleKey(address)} ${account}`));
}

/** What tries to sign in with this address are counted under. */
export const accountOf = (email: string): string => email.trim().toLowerCase().slice(0, 320);

function refuse({ wait }: CountedTry): never {
  throw new AccessRefusal('RATE_LIMITED', `Too many tries: wait ${inSeconds(wait)} and try again.`, wait);
}
