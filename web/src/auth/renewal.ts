import type { Caller } from '../graphql/call-api.ts';
import { renewSession } from './session-api.ts';
import type { HeldSession } from './session-cookie.ts';

const MARGIN_MS = 60_000;

/** Whether the session's token is over, or about to be. */
export const isDue = (session: HeldSession): boolean =>
  Date.parse(session.accessTokenExpiresAt) - Date.now() <= MARGIN_MS;

/** Several requests of one page come at once; they share one renewal of a handle. */
const underWay = new Map<string, ReturnType<typeof renewSession>>();

/** The session to go on with: itself while it lasts, a renewed one near its end, null where it was revoked. */
export async function renewedWhenDue(session: HeldSession, caller: Caller): Promise<HeldSession | null> {
  if (!isDue(session)) return session;
  let renewal = underWay.get(session.handle);
  if (!renewal) {
    renewal = renewSession(session.handle, caller).finally(() => underWay.delete(session.handle));
    underWay.set(session.handle, renewal);
  }
  const renewed = await renewal;
  return renewed === 'unreachable' ? session : renewed;
}
