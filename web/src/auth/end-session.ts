import type { Caller } from '../graphql/call-api.ts';
import { isDue, renewedWhenDue } from './renewal.ts';
import { revokeSession } from './session-api.ts';
import type { HeldSession } from './session-cookie.ts';

/** Ends the session at the API; whether it is known to be over there. */
export async function endSession(session: HeldSession, caller: Caller): Promise<boolean> {
  const live = await renewedWhenDue(session, caller);
  if (!live) return true;
  // It could not be renewed. A token that has run out ends nothing, and its refusal says nothing of the session.
  if (isDue(live)) return false;
  return revokeSession(live.accessToken, caller);
}
