import type { Tx } from '../platform/database.ts';
import type { Event, EventSubject } from './event.ts';

export async function insertEvent(
  tx: Tx,
  by: { actorId: bigint; teamId: bigint },
  event: Event,
  subject: EventSubject,
): Promise<void> {
  const { type, ...payload } = event;
  const nodes = subject.nodes === undefined || subject.nodes.length === 0 ? [null] : [...subject.nodes];
  const json = JSON.stringify(payload);
  for (const node of nodes) {
    await tx.$executeRaw`
      insert into event (type, node_id, payload, visibility, team_id, actor_id)
      values (${type}, ${node}, ${json}::jsonb, ${subject.visibility ?? 'MEMBERS'}::visibility, ${by.teamId}, ${by.actorId})`;
  }
}
