import type { Tx } from '../platform/database.ts';
import { insertEvent } from './event.store.ts';
import type { Event } from './event.ts';

/** What an event is about: nodes whose timeline shows it, and how wide it may be seen. */
export interface EventSubject {
  nodes?: readonly bigint[];
  visibility?: 'PUBLIC' | 'MEMBERS' | 'TEAM' | 'RESTRICTED';
}

/** Appends an event in the transaction of the change it tells of. Its visibility is MEMBERS unless said. */
export async function recordEvent(
  tx: Tx,
  by: { actorId: bigint; teamId: bigint },
  event: Event,
  subject: EventSubject = {},
): Promise<void> {
  await insertEvent(tx, by, event, subject);
}
