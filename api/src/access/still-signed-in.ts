import type { Services } from '../context.ts';
import { AccessRefusal } from '../platform/refusal.ts';
import { selectSession } from './access.store.ts';
import { authenticate } from './authenticate.ts';
import type { Viewer } from './viewer.ts';

/**
 * After something that took long, and before anything is recorded: throws where the session or token that it began
 * with was revoked meanwhile. A session's short-lived token may have run out; its session still counts.
 */
export async function refuseIfRevoked(
  services: Services,
  viewer: Viewer,
  header: string | undefined,
): Promise<void> {
  if (viewer.kind === 'anonymous' || viewer.sessionId === null) {
    await authenticate(services, header);
    return;
  }
  if ((await selectSession(services.db, viewer.sessionId)) === null)
    throw new AccessRefusal('UNAUTHENTICATED', 'The session was ended meanwhile: sign in again.');
}
