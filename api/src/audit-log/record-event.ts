import type { Statements } from '../platform/statements.ts';
import { insertEvents, type RecordedEvent } from './event.store.ts';
import type { Event, EventSubject } from './event.ts';

export type { RecordedEvent };

/** Appends an event in the transaction of the change it tells of. Its visibility is MEMBERS unless said. */
export async function recordEvent(
  tx: Statements,
  by: { actorId: bigint; teamId: bigint },
  event: Event,
  subject: EventSubject = {},
): Promise<void> {
  await insertEvents(tx, [{ by, event, subject }]);
}

/** Appends events of several changes that share a transaction. */
export async function recordEvents(tx: Statements, events: readonly RecordedEvent[]): Promise<void> {
  await insertEvents(tx, events);
}
