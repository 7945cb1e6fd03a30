import type { Change } from '../access/change.ts';
import { allTold } from '../access/guards.store.ts';
import { seenWithNode } from '../access/told-visibility.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
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
  const removed: Linked[] = [];
  for (const [i, id] of (input.unlink ?? []).entries())
    removed.push(...(await takeBack(change, node.id, id, ['unlink', i], input.reason ?? null)));
  const added = linkedThings(links, input, await recordLinks(change, node, input, links));
  if (added.length + removed.length === 0)
    throw new InputRefusal(
      [],
      'There is nothing to link and nothing to unlink.',
      'something to link or unlink',
    );
  const reason = input.reason ?? null;
  for (const { seen, teamId, linked } of await bySight(change, node, [...added, ...removed])) {
    if (seen) await touchIncident(change.tx, node.id);
    const names = (taken: boolean) => [
      ...new Set(linked.flatMap(({ name, takenFrom }) => ((takenFrom !== undefined) === taken ? name : []))),
    ];
    await change.event(
      { type: 'INCIDENT_LINKED', added: names(false), removed: names(true), reason },
      { nodes: [node.id], visibility: node.visibility, teamId, tells: allOf(linked) },
    );
  }
  return { incidentId: node.id };
}

/** What is told in one event, by the word of one team. */
interface ToldAtOnce {
  /** Whether everybody sees all of it who sees the incident. */
  seen: boolean;
  teamId: bigint;
  linked: Linked[];
}

/**
 * What everybody sees who sees the incident, and the rest, which is told apart: whoever does not see all of the rest reads
 * neither that nor its date, and of what they see what they would read if the rest had never been recorded. What was taken
 * back is told by the word of the team whose it was, or of the incident's where all see it: whoever took it back may act
 * for another.
 */
async function bySight(
  change: Change,
  incident: Pick<LineageNodeRow, 'id' | 'teamId'>,
  all: readonly Linked[],
): Promise<ToldAtOnce[]> {
  const { tx } = change;
  const seen = new Set<Linked>();
  if (await seenWithNode(tx, incident.id, allOf(all))) for (const one of all) seen.add(one);
  else for (const one of all) if (await seenWithNode(tx, incident.id, one.tells)) seen.add(one);
  const told = new Map<string, ToldAtOnce>();
  for (const isSeen of [true, false])
    for (const one of all) {
      if (seen.has(one) !== isSeen) continue;
      const { takenFrom } = one;
      const teamId = takenFrom === undefined ? change.teamId : isSeen ? incident.teamId : takenFrom;
      const key = `${isSeen} ${teamId}`;
      const known = told.get(key) ?? { seen: isSeen, teamId, linked: [] };
      known.linked.push(one);
      told.set(key, known);
    }
  return [...told.values()];
}

/** What tells of a row that linked something of this type, beside the thing itself. */
const TOLD_AS = {
  ModelVersion: 'incidentLink',
  EvalRun: 'incidentLink',
  Incident: 'relatedIncident',
  Suspect: 'suspect',
  Report: 'report',
  Evidence: 'evidence',
} as const;

const allOf = (linked: readonly Linked[]) => allTold(...linked.map(({ tells }) => tells));

async function takeBack(
  change: Change,
  incidentId: bigint,
  id: string,
  path: (string | number)[],
  reason: string | null,
): Promise<Linked[]> {
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
  const { type } = thing;
  if (!isLinked(type))
    throw new InputRefusal(
      path,
      `A ${type} is not linked to incidents.`,
      'the id of a model version, eval run, incident, suspect, report or evidence',
    );
  const outcome = await (() => {
    switch (type) {
      case 'ModelVersion':
      case 'EvalRun':
        return retractLinks(tx, viewer, 'edge', incidentId, thing.id, by, reason);
      case 'Incident':
        return retractLinks(tx, viewer, 'related_incident', incidentId, thing.id, by, reason);
      default:
        return retractChild(tx, viewer, type, thing.id, incidentId, by, reason);
    }
  })();
  if (outcome === null) throw new NotFoundRefusal(path, 'This is not linked to the incident.', id);
  if (outcome === 'not yours')
    throw new AccessRefusal(
      'FORBIDDEN',
      'Only the team that asserted this link, and administrators, may take it back.',
    );
  return outcome.map((row) => ({ name: id, tells: { [TOLD_AS[type]]: [row.id] }, takenFrom: row.teamId }));
}

const isLinked = (type: string): type is keyof typeof TOLD_AS => Object.hasOwn(TOLD_AS, type);
