import type { Change } from '../access/change.ts';
import { allTold, type Told } from '../access/guards.store.ts';
import { seenWithNode } from '../access/told-visibility.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { AccessRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { holdToEdit } from './held-incident.ts';
import { retractChild, retractLinks, touchIncident } from './incident.store.ts';
import { type Linked, type LinksInput, linkedThings, recordLinks, resolveLinks } from './record-links.ts';

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
  const suspectIds = await recordLinks(change, node, input, links);
  const added = linkedThings(links, input, suspectIds);
  const removed = unlink.map((id) => ({ name: String(id), tells: toldOf(change, id) }));
  if (added.length + removed.length === 0)
    throw new InputRefusal(
      [],
      'There is nothing to link and nothing to unlink.',
      'something to link or unlink',
    );
  const reason = input.reason ?? null;
  for (const { seen, ...told } of await bySight(change, node.id, added, removed)) {
    if (seen) await touchIncident(change.tx, node.id);
    const names = (linked: readonly Linked[]) => linked.map(({ name }) => name);
    await change.event(
      { type: 'INCIDENT_LINKED', added: names(told.added), removed: names(told.removed), reason },
      { nodes: [node.id], visibility: node.visibility, tells: allOf([...told.added, ...told.removed]) },
    );
  }
  return { incidentId: node.id };
}

/**
 * What everybody sees who sees the incident, and the rest, which is told apart: whoever does not see all of the rest reads
 * neither that nor its date, and of what they see what they would read if the rest had never been recorded.
 */
async function bySight(
  { tx }: Change,
  incidentId: bigint,
  added: readonly Linked[],
  removed: readonly Linked[],
): Promise<{ seen: boolean; added: Linked[]; removed: Linked[] }[]> {
  const seen = new Set<Linked>();
  const all = [...added, ...removed];
  if (await seenWithNode(tx, incidentId, allOf(all))) for (const one of all) seen.add(one);
  else for (const one of all) if (await seenWithNode(tx, incidentId, one.tells)) seen.add(one);
  return [true, false]
    .map((isSeen) => {
      const of = (linked: readonly Linked[]) => linked.filter((one) => seen.has(one) === isSeen);
      return { seen: isSeen, added: of(added), removed: of(removed) };
    })
    .filter((told) => told.added.length + told.removed.length > 0);
}

const TOLD_AS = {
  ModelVersion: 'node',
  EvalRun: 'node',
  Incident: 'node',
  Suspect: 'suspect',
  Report: 'report',
  Evidence: 'evidence',
} as const;

/** What has to be seen of something that was linked, by its global id. */
function toldOf({ context }: Change, globalId: string): Told {
  const { type, id } = decodeGlobalId(
    context.ids,
    globalId,
    Object.keys(TOLD_AS) as (keyof typeof TOLD_AS)[],
    [],
  );
  return { [TOLD_AS[type]]: [id] };
}

const allOf = (linked: readonly Linked[]) => allTold(...linked.map(({ tells }) => tells));

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
