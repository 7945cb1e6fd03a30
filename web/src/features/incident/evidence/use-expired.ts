import { useEffect, useState } from 'react';

/** The longest that a browser waits before it calls back; a longer wait would be none at all. */
const LONGEST_MS = 2 ** 31 - 1;

/** How long until then, in milliseconds; 0 where it is past or no time at all. */
export function untilThen(expiresAt: string, now: number): number {
  const left = Date.parse(expiresAt) - now;
  return Number.isNaN(left) ? 0 : Math.min(Math.max(0, left), LONGEST_MS);
}

/** How much the clocks of two machines may differ, in milliseconds, before one of them is taken to be wrong. */
const APART_MS = 60_000;

/**
 * When a ticket ends that was given just now and lasts `lasts` ms, by the clock of the browser: when the server says,
 * unless the browser's clock is plainly wrong. Else a clock that is fast would end it before it began.
 */
export function endOfTicket(expiresAt: string, lasts: number, now: number): string {
  const left = Date.parse(expiresAt) - now;
  return left > 0 && left <= lasts + APART_MS ? expiresAt : new Date(now + lasts).toISOString();
}

/** The ten minutes for which a reason opens what is restricted, as the forms say. */
const LASTS_MS = 10 * 60 * 1000;

/** What a reason has opened just now, with its end by the clock of the browser. */
export function openedNow<T extends { expiresAt: string }>(opened: T, now: number): T {
  return { ...opened, expiresAt: endOfTicket(opened.expiresAt, LASTS_MS, now) };
}

/** Whether that moment has come, by the clock of the browser; false where there is none. */
export function useExpired(expiresAt: string | null): boolean {
  const [passed, setPassed] = useState<string | null>(null);
  useEffect(() => {
    if (expiresAt === null) return;
    const timer = setTimeout(() => setPassed(expiresAt), untilThen(expiresAt, Date.now()));
    return () => clearTimeout(timer);
  }, [expiresAt]);
  return expiresAt !== null && passed === expiresAt;
}
