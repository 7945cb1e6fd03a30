import { type Guard, seenWherever } from '../access/audience-sight.ts';
import { selectGuardsOfTold, selectTeamsOf } from '../access/guards.store.ts';
import type { Tx } from '../platform/database.ts';
import { insertNotifications, selectWatching } from './examine.store.ts';

/**
 * Tells of hits whoever watches the rule, its behaviour or one of the incidents that they reached. Of an incident that they
 * see no longer nobody is told by a notification either: that they got one would say that it is there, and was reached.
 */
export async function tellWatchers(
  tx: Tx,
  rule: { id: bigint; behaviorId: bigint },
  outcomeIds: readonly bigint[],
  incidentIds: readonly bigint[],
): Promise<void> {
  const watching = await selectWatching(tx, incidentIds);
  const teams = await selectTeamsOf(
    tx,
    watching.map(({ actorId }) => alone(actorId)),
  );
  const guards = new Map<bigint, Guard[]>();
  for (const id of new Set(watching.map(({ incidentId }) => incidentId)))
    guards.set(id, await selectGuardsOfTold(tx, { node: [id] }));
  const told = watching.filter(
    ({ actorId, incidentId, readsEverything }) =>
      readsEverything || guards.get(incidentId)!.every((guard) => seenWherever(alone(actorId), guard, teams)),
  );
  await insertNotifications(tx, rule, outcomeIds, [...new Set(told.map(({ actorId }) => actorId))]);
}

/** What one person sees and nobody else. */
const alone = (actorId: bigint): Guard => ({
  visibility: 'RESTRICTED',
  teamId: 0n,
  actorId,
  embargoed: false,
  named: [],
});
