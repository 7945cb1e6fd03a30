import type { Tx } from '../platform/database.ts';
import { insertEvent } from './event.store.ts';
import type { Event, EventSubject } from './event.ts';

/** Appends an event in the transaction of the change it tells of. Its visibility is MEMBERS unless said. */
export async function recordEvent(
  tx: Tx,
  by: { actorId: bigint; teamId: bigint },
  event: Event,
  subject: EventSubject = {},
): Promise<void> {
  await insertEvent(tx, by, event, subject);
}
