import type { Change } from '../access/change.ts';
import { AccessRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { holdToEdit } from './held-incident.ts';
import { retractChild, retractLinks, touchIncident } from './incident.store.ts';
import { type LinksInput, linkNames, linkVisibility, recordLinks, resolveLinks } from './record-links.ts';

export interface LinkIncidentInput extends LinksInput {
  incident: string;
  /** Ids of linked model versions, eval runs and incidents, and of suspects, reports and evidence. */
  unlink?: string[] | null;
  reason?: string | null;
}

/** Links an incident with what it concerns, and takes links back: retracted, never deleted. */
export async function linkIncident(
  change: Change,
  input: LinkIncidentInput,
): Promise<{ incidentId: bigint }> {
  const { node } = await holdToEdit(change, input.incident);
  const links = await resolveLinks(change.context, input, change.tx);
  const unlink = input.unlink ?? [];
  for (const [i, id] of unlink.entries())
    await takeBack(change, node.id, id, ['unlink', i], input.reason ?? null);
  await recordLinks(change, node, input, links);
  const added = linkNames(links, input);
  if (added.length === 0 && unlink.length === 0)
    throw new InputRefusal(
      [],
      'There is nothing to link and nothing to unlink.',
      'something to link or unlink',
    );
  await touchIncident(change.tx, node.id);
  await change.event(
    { type: 'INCIDENT_LINKED', added, removed: unlink.map(String), reason: input.reason ?? null },
    { nodes: [node.id], visibility: linkVisibility(node.visibility, links) },
  );
  return { incidentId: node.id };
}

async function takeBack(
  change: Change,
  incidentId: bigint,
  id: string,
  path: (string | number)[],
  reason: string | null,
): Promise<void> {
  const thing = change.context.ids.decode(id);
  if (thing === null)
    throw new InputRefusal(path, 'This is no id.', 'the id of something that is linked to the incident');
  const by = {
    actorId: change.by.actorId,
    teamIds: change.by.teamIds,
    any: change.by.role === 'ADMINISTRATOR',
  };
  const { tx } = change;
  const { viewer } = change.context;
  const outcome = await (async () => {
    switch (thing.type) {
      case 'ModelVersion':
      case 'EvalRun':
        return retractLinks(tx, viewer, 'edge', incidentId, thing.id, by, reason);
      case 'Incident':
        return retractLinks(tx, viewer, 'related_incident', incidentId, thing.id, by, reason);
      case 'Suspect':
      case 'Report':
      case 'Evidence':
        return retractChild(tx, viewer, thing.type, thing.id, incidentId, by, reason);
      default:
        throw new InputRefusal(
          path,
          `A ${thing.type} is not linked to incidents.`,
          'the id of a model version, eval run, incident, suspect, report or evidence',
        );
    }
  })();
  if (outcome === null) throw new NotFoundRefusal(path, 'This is not linked to the incident.', id);
  if (outcome === 'not yours')
    throw new AccessRefusal(
      'FORBIDDEN',
      'Only the team that asserted this link, and administrators, may take it back.',
    );
}
