import type { Services } from '../context.ts';
import { AccessRefusal } from '../platform/refusal.ts';
import { selectSession } from './access.store.ts';
import { authenticate, sessionPrincipal } from './authenticate.ts';
import type { Viewer } from './viewer.ts';

/**
 * Who sends this request by now, with the role and teams of now: after something that took long, and before anything is
 * recorded or told. Throws an AccessRefusal where the session or token that it began with has ended meanwhile. A
 * session's short-lived token may have run out; its session still counts.
 */
export async function viewerByNow(
  services: Services,
  viewer: Viewer,
  header: string | undefined,
): Promise<Viewer> {
  if (viewer.kind === 'anonymous' || viewer.sessionId === null) return authenticate(services, header);
  const session = await selectSession(services.db, viewer.sessionId);
  if (session === null)
    throw new AccessRefusal('UNAUTHENTICATED', 'The session was ended meanwhile: sign in again.');
  return sessionPrincipal(session);
}
