import type { Statements } from '../platform/statements.ts';
import type { Event, EventSubject } from './event.ts';

/** An event with whoever made it happen, and in which team's name. */
export interface RecordedEvent {
  by: { actorId: bigint; teamId: bigint };
  event: Event;
  subject: EventSubject;
}

/** Appends events in order, in one statement; one that is about several nodes stands in the log once for each. */
export async function insertEvents(tx: Statements, events: readonly RecordedEvent[]): Promise<void> {
  const rows = events.flatMap(({ by, event: { type, ...payload }, subject }) => {
    const nodes = subject.nodes === undefined || subject.nodes.length === 0 ? [null] : subject.nodes;
    const visibility = subject.visibility ?? 'MEMBERS';
    const { apart = false, forOwner = false, of } = subject;
    const row = {
      type,
      payload: JSON.stringify(payload),
      visibility,
      apart,
      forOwner: apart && forOwner,
      of,
      ...by,
    };
    return nodes.map((node) => ({ node, ...row }));
  });
  await tx.$executeRaw`
    insert into event (type, node_id, subject_type, subject_id, payload, visibility, apart, audience_id, team_id, actor_id)
    select type, node_id, subject_type, subject_id, payload::jsonb, visibility::visibility, apart,
      case when for_owner then (
        select audience_of_said(t.visibility::visibility, t.actor_id, t.team_id, null, n.visibility, n.actor_id, n.team_id)
        from node n where n.id = t.node_id) end,
      team_id, actor_id
    from unnest(${rows.map((r) => r.type)}::text[], ${rows.map((r) => r.node)}::bigint[],
      ${rows.map((r) => r.of?.type ?? null)}::text[], ${rows.map((r) => r.of?.id ?? null)}::bigint[],
      ${rows.map((r) => r.payload)}::text[], ${rows.map((r) => r.visibility)}::text[], ${rows.map((r) => r.apart)}::boolean[],
      ${rows.map((r) => r.forOwner)}::boolean[],
      ${rows.map((r) => r.teamId)}::bigint[], ${rows.map((r) => r.actorId)}::bigint[]
    ) with ordinality as t(type, node_id, subject_type, subject_id, payload, visibility, apart, for_owner,
      team_id, actor_id, place)
    order by place`;
}
