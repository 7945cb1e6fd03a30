import type { Context } from '../context.ts';
import { loadsOne } from '../platform/loader.ts';
import { listUnder } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import type { Event } from './event.ts';
import { summarise } from './summary.ts';
import { type EventRow, eventsUnder, selectEvents } from './timeline.store.ts';

export type { EventRow } from './timeline.store.ts';

export const eventById = loadsOne<Context, EventRow>('eventById', async (c, ids) => {
  const rows = await selectEvents(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

/** What happened to a node, oldest first, as far as the viewer may see it. */
export const timelineOf = listUnder<Context, PageArguments, EventRow>('timeline', (c) =>
  eventsUnder(c.viewer),
);

export function summaryOf(row: EventRow): string {
  const payload = typeof row.payload === 'object' && row.payload !== null ? row.payload : {};
  return summarise({ ...payload, type: row.type } as unknown as Event);
}
