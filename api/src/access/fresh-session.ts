// Whoever finds a session open does not make it a way in that lasts: for that one signs in anew.
import type { Tx } from '../platform/database.ts';
import { ConflictRefusal } from '../platform/refusal.ts';
import { isFreshSession } from './access.store.ts';
import type { Principal } from './viewer.ts';

export const FRESH_MINUTES = 15;

/** Refuses where the viewer did not sign in a moment ago. */
export async function mustBeFresh(tx: Tx, sessionId: bigint | null): Promise<void> {
  if (sessionId === null || !(await isFreshSession(tx, sessionId, FRESH_MINUTES))) throw staleSession();
}

/** The same for whoever acts by a session; a token, and whoever owns the data folder, signed in to none. */
export async function mustBeFreshIfSession(
  tx: Tx,
  { sessionId }: Pick<Principal, 'sessionId'>,
): Promise<void> {
  if (sessionId !== null) await mustBeFresh(tx, sessionId);
}

export const staleSession = () =>
  new ConflictRefusal([], `Sign in again first: you did so more than ${FRESH_MINUTES} minutes ago.`);
