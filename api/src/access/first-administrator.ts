import { randomBytes } from 'node:crypto';
import { recordEvent } from '../audit-log/record-event.ts';
import type { Db } from '../platform/database.ts';
import { insertActor, insertCredential, selectAdministrator } from './access.store.ts';
import { hashPassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts';

/** Makes the first administrator where there is none. `password` is null unless it was made now. */
export async function ensureFirstAdministrator(
  db: Db,
  wanted: { email?: string | undefined; password?: string | undefined },
): Promise<{ email: string; password: string | null }> {
  const present = await selectAdministrator(db);
  if (present !== null) return { email: present.email, password: null };
  const email = wanted.email ?? 'admin@headwater.local';
  const password = wanted.password ?? randomBytes(15).toString('base64url');
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
    throw new Error(
      `The administrator's password must have ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
    );
  }
  const hash = await hashPassword(password);
  await db.$transaction(async (tx) => {
    const { actorId, teamId } = await insertActor(tx, {
      kind: 'PERSON',
      name: 'Administrator',
      email,
      role: 'ADMINISTRATOR',
    });
    await insertCredential(tx, actorId, hash);
    await recordEvent(
      tx,
      { actorId, teamId },
      { type: 'ADMINISTRATOR_CREATED' },
      { visibility: 'RESTRICTED' },
    );
  });
  return { email, password };
}
