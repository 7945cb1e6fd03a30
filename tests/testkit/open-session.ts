import { randomBytes } from 'node:crypto';
import type { Principal } from '../../api/src/access/viewer.ts';
import type { TestApi } from './api.ts';

/** A person as they are by a session that was opened a moment ago. */
export async function openSessionOf(api: Pick<TestApi, 'records'>, person: Principal): Promise<Principal> {
  const [{ id }] = await api.records.$queryRaw<[{ id: bigint }]>`
    insert into session (actor_id, handle_digest, expires_at)
    values (${person.actorId}, ${randomBytes(32)}, now() + interval '1 day') returning id`;
  return { ...person, sessionId: id };
}
