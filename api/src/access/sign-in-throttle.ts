import type { Context } from '../context.ts';
import { AccessRefusal } from '../platform/refusal.ts';
import { Throttle, throttleKey } from './throttle.ts';

const QUARTER_HOUR = 15 * 60_000;
const perAccount = new Throttle(10, QUARTER_HOUR);
const perAddress = new Throttle(50, QUARTER_HOUR);

/** A try to prove who one is; `succeeded` takes back that it was counted as a failure. */
export interface Try {
  succeeded(): void;
}

/**
 * Counts a try against the caller's address, and against `account` where one is named, before it is checked, so that
 * many at once are counted too. Throws RATE_LIMITED where either has failed too often.
 */
export function countTry(context: Pick<Context, 'address'>, account: string | null): Try {
  const now = Date.now();
  const address = throttleKey(context.address);
  const wait = Math.max(account === null ? 0 : perAccount.wait(account, now), perAddress.wait(address, now));
  if (wait > 0)
    throw new AccessRefusal('RATE_LIMITED', `Too many tries: wait ${wait} seconds and try again.`, wait);
  if (account !== null) perAccount.fail(account, now);
  perAddress.fail(address, now);
  return {
    succeeded() {
      if (account !== null) perAccount.succeed(account);
      perAddress.forgive(address, now);
    },
  };
}
