import type { Change } from '../access/change.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { AccessRefusal, InputRefusal, TransitionRefusal } from '../platform/refusal.ts';
import { holdIncident } from './held-incident.ts';
import { mayMove, transitions } from './incident.access.ts';
import { nameIncidentNode } from './incident.store.ts';
import { keyYear } from './incident.ts';
import { drawKey } from './key.store.ts';
import { type IncidentStatus, ruleFor } from './status.ts';

export interface ChangeIncidentStatusInput {
  incident: string;
  to: IncidentStatus;
  comment?: string | null;
  duplicateOf?: string | null;
}

/** Moves an incident along the table of its life; its first submission gives it a key. */
export async function changeIncidentStatus(
  change: Change,
  input: ChangeIncidentStatusInput,
): Promise<{ incidentId: bigint }> {
  const { viewer } = change.context;
  const { node, facts } = await holdIncident(change, input.incident);
  const rule = ruleFor(facts.status, input.to);
  if (rule === null) {
    const allowed = transitions(viewer, { teamId: node.teamId, status: facts.status }).filter(
      (t) => t.allowed,
    );
    throw new TransitionRefusal(
      ['to'],
      `An incident that is ${words(facts.status)} cannot become ${words(input.to)}.`,
      facts.status,
      allowed.map((t) => t.to),
    );
  }
  const permission = mayMove(viewer, node, rule);
  if (!permission.allowed) throw new AccessRefusal('FORBIDDEN', permission.reason ?? 'You may not do this.');
  const comment = input.comment?.trim() ?? '';
  if (rule.needsComment && comment === '')
    throw new InputRefusal(['comment'], 'This change needs a comment that says why.', 'a sentence');
  const duplicateOfId = await duplicateOf(change, input, node.id);
  const data: { status: IncidentStatus; key?: string; submittedAt?: Date; duplicateOfId?: bigint | null } = {
    status: input.to,
  };
  if (input.to === 'SUBMITTED' && facts.key === null) {
    const now = new Date();
    data.key = await drawKey(change.tx, keyYear(facts.occurredAt, now));
    data.submittedAt = now;
  }
  if (duplicateOfId !== null) data.duplicateOfId = duplicateOfId;
  else if (facts.status === 'DUPLICATE') data.duplicateOfId = null;
  await change.tx.incident.update({ where: { nodeId: node.id }, data, select: { nodeId: true } });
  if (data.key !== undefined) await nameIncidentNode(change.tx, node.id, data.key);
  if (duplicateOfId !== null) {
    await change.tx.relatedIncident.create({
      data: {
        incidentId: node.id,
        otherId: duplicateOfId,
        relation: 'duplicate of',
        note: comment === '' ? null : comment,
        visibility: node.visibility,
        teamId: change.teamId,
        actorId: change.by.actorId,
      },
      select: { id: true },
    });
  }
  await change.event(
    {
      type: 'INCIDENT_STATUS_CHANGED',
      from: facts.status,
      to: input.to,
      comment: comment === '' ? null : comment,
    },
    // `TEAM` means the incident's: whoever moves it may act for another.
    { nodes: [node.id], visibility: node.visibility, teamId: node.teamId },
  );
  return { incidentId: node.id };
}

async function duplicateOf(
  change: Change,
  input: ChangeIncidentStatusInput,
  id: bigint,
): Promise<bigint | null> {
  if (input.to !== 'DUPLICATE') {
    if (input.duplicateOf != null)
      throw new InputRefusal(
        ['duplicateOf'],
        'Only a duplicate says of which incident.',
        'nothing, or to: DUPLICATE',
      );
    return null;
  }
  if (input.duplicateOf == null)
    throw new InputRefusal(['duplicateOf'], 'Say of which incident it is a duplicate.', 'another incident');
  const { viewer, ids, db } = change.context;
  const other = await resolveRef(
    { viewer, ids, db, tx: change.tx },
    input.duplicateOf,
    ['duplicateOf'],
    ['INCIDENT'],
  );
  if (other.id === id)
    throw new InputRefusal(['duplicateOf'], 'An incident is no duplicate of itself.', 'another incident');
  return other.id;
}

function words(status: IncidentStatus): string {
  return status.toLowerCase();
}
