import { linkIncident } from '../../incident/link-incident.ts';
import { isRelated, selectHeld } from './origin.store.ts';
import type { Catalogue } from './planned-incident.ts';
import type { BatchOutcome } from './take-batch.ts';
import type { Taking } from './take-record.ts';

/** Relates incidents as their records do, once each, where the other was brought in too; answers how many were not. */
export async function relateIncidents(
  { change }: Pick<Taking, 'change'>,
  catalogue: Catalogue,
  stated: BatchOutcome['related'],
): Promise<number> {
  const { tx, context, teamId } = change;
  const wanted = [...new Set(stated.map(({ externalId }) => externalId))];
  const held = await selectHeld(tx, context.viewer, teamId, catalogue, wanted);
  const incidents = new Map(held.map(({ externalId, incidentId }) => [externalId, incidentId]));
  let missing = 0;
  for (const { incidentId, externalId, relation } of stated) {
    const other = incidents.get(externalId);
    if (other === undefined) missing += 1;
    if (other === undefined || other === incidentId) continue;
    if (await isRelated(tx, context.viewer, incidentId, other, relation)) continue;
    const id = (of: bigint) => context.ids.encode('Incident', of);
    await linkIncident(change, { incident: id(incidentId), related: [{ incident: id(other), relation }] });
  }
  return missing;
}
