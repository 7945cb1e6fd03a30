import type { Change } from '../access/change.ts';
import { changeVisibility } from '../access/share-with.ts';
import { seenWithNode } from '../access/told-visibility.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { ConflictRefusal } from '../platform/refusal.ts';
import { checkSummary, checkTitle, findBehaviors } from './file-incident.ts';
import { holdToEdit } from './held-incident.ts';
import { replaceBehaviors, touchIncident } from './incident.store.ts';
import type { IncidentSetting, Severity } from './incident.ts';

export interface UpdateIncidentInput {
  incident: string;
  title?: string | null;
  summary?: string | null;
  setting?: IncidentSetting | null;
  severity?: Severity | null;
  behaviors?: string[] | null;
  /** Null takes the date away; left out leaves it. */
  occurredAt?: Date | null;
  visibility?: VisibilityWord | null;
  /** `updatedAt` as the editor saw it: a later edit by somebody else is then not overwritten. */
  expectedUpdatedAt?: Date | null;
}

export async function updateIncident(
  change: Change,
  input: UpdateIncidentInput,
): Promise<{ incidentId: bigint }> {
  const { node, facts } = await holdToEdit(change, input.incident);
  if (input.expectedUpdatedAt != null && input.expectedUpdatedAt.getTime() !== facts.updatedAt.getTime()) {
    throw new ConflictRefusal(
      ['expectedUpdatedAt'],
      'Somebody changed this incident meanwhile; look at it again before you save.',
      { existing: { type: 'Incident', id: node.id } },
    );
  }
  if (input.title != null) checkTitle(input.title, ['title']);
  if (input.summary != null) checkSummary(input.summary, ['summary']);
  const fields: string[] = [];
  let behavior: bigint[] = [];
  const data: Record<string, string | Date | null> = {};
  for (const name of ['title', 'summary', 'setting', 'severity'] as const) {
    const value = input[name];
    if (value == null || value === facts[name]) continue;
    data[name] = value;
    fields.push(name);
  }
  if (input.occurredAt !== undefined && input.occurredAt?.getTime() !== facts.occurredAt?.getTime()) {
    data.occurredAt = input.occurredAt;
    fields.push('occurredAt');
  }
  if (Object.keys(data).length > 0)
    await change.tx.incident.update({ where: { nodeId: node.id }, data, select: { nodeId: true } });
  if (input.behaviors != null) {
    const { viewer } = change.context;
    const behaviorIds = await findBehaviors(change.tx, viewer, input.behaviors);
    behavior = await replaceBehaviors(change.tx, viewer, node.id, behaviorIds);
  }
  // Who sees the incident and not such a behaviour reads neither of it nor from the date that something was changed.
  const dated = behavior.length > 0 && (await seenWithNode(change.tx, node.id, { behavior }));
  let visibility = node.visibility;
  if (input.visibility != null && input.visibility !== visibility) {
    await changeVisibility(change, node.id, input.visibility);
    visibility = input.visibility;
    fields.push('visibility');
  }
  // `TEAM` means the incident's: whoever changes it may act for another.
  const told = { nodes: [node.id], visibility, teamId: node.teamId };
  // In an event of its own, which is not opened with the incident to whoever does not see the behaviours.
  if (behavior.length > 0)
    await change.event({ type: 'INCIDENT_UPDATED', fields: ['behaviors'] }, { ...told, tells: { behavior } });
  if (dated || fields.length > 0) await touchIncident(change.tx, node.id);
  if (fields.length > 0) await change.event({ type: 'INCIDENT_UPDATED', fields }, told);
  return { incidentId: node.id };
}
