import type { Change } from '../access/change.ts';
import { holdIncident } from '../incident/held-incident.ts';
import { insertSuspects, markChanged } from '../incident/record-links.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { resolveRefs } from '../lineage/resolve-refs.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { selectHeldSuspects } from './investigation.store.ts';

export interface OpenHypothesisInput {
  incident: string;
  statement: string;
  suspects?: string[] | null;
  suspectTags?: string[] | null;
  proposedBy?: string | null;
  citation?: CitationInput | null;
}

/** Opens a hypothesis about a cause; its suspects become suspects of the incident where they are not yet. */
export async function openHypothesis(
  change: Change,
  input: OpenHypothesisInput,
): Promise<{ hypothesisId: bigint }> {
  const { node } = await holdIncident(change, input.incident);
  if (input.statement.trim() === '')
    throw new InputRefusal(['statement'], 'The statement is empty.', 'what is thought to be the cause');
  const { viewer, ids, db } = change.context;
  const nodes = await resolveRefs(
    { viewer, ids, db, tx: change.tx },
    (input.suspects ?? []).map((ref, i) => ({
      ref,
      path: ['suspects', i],
      kinds: ['SOURCE', 'DATASET_VERSION', 'TRAINING_RUN'] as const,
    })),
  );
  const tags = input.suspectTags ?? [];
  const held = await selectHeldSuspects(
    change.tx,
    viewer,
    node.id,
    nodes.map((n) => n.id),
    tags,
  );
  const made = await insertSuspects(
    change,
    node,
    nodes.filter((n) => !held.some((s) => s.nodeId === n.id)),
    tags.filter((tag) => !held.some((s) => s.tag === tag)),
    null,
  );
  const suspectIds = [...new Set([...held.map((s) => s.id), ...made])];
  const { visibility } = node;
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { id } = await change.tx.hypothesis.create({
    data: {
      incidentId: node.id,
      statement: input.statement,
      proposedBy: input.proposedBy ?? null,
      citationId,
      visibility,
      teamId: change.teamId,
      actorId: change.by.actorId,
    },
    select: { id: true },
  });
  if (suspectIds.length > 0)
    await change.tx.hypothesisSuspect.createMany({
      data: suspectIds.map((suspectId) => ({ hypothesisId: id, suspectId })),
    });
  const tells = { hypothesis: [id] };
  await markChanged(change, node.id, tells);
  await change.event(
    { type: 'HYPOTHESIS_OPENED', statement: input.statement },
    { nodes: [node.id], of: { type: 'Hypothesis', id }, visibility, tells },
  );
  return { hypothesisId: id };
}
