import type { Change } from '../access/change.ts';
import { markChanged } from '../incident/record-links.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { holdHypothesis } from './hold-hypothesis.ts';
import type { EvidenceDirection, EvidenceMethod } from './investigation.ts';

export interface AddHypothesisEvidenceInput {
  hypothesis: string;
  direction: EvidenceDirection;
  method: EvidenceMethod;
  statement: string;
  score?: number | null;
  scoreMeaning?: string | null;
  citation?: CitationInput | null;
}

/** Adds evidence for, against or about a hypothesis. A score says what it means, or is refused. */
export async function addHypothesisEvidence(
  change: Change,
  input: AddHypothesisEvidenceInput,
): Promise<{ evidenceItemId: bigint }> {
  const hypothesis = await holdHypothesis(change, input.hypothesis);
  if (input.statement.trim() === '')
    throw new InputRefusal(['statement'], 'The statement is empty.', 'what the evidence says');
  if (input.score != null && !Number.isFinite(input.score))
    throw new InputRefusal(['score'], 'The score is no finite number.', 'a finite number');
  if (input.score != null && (input.scoreMeaning ?? '').trim() === '')
    throw new InputRefusal(
      ['scoreMeaning'],
      'A score says nothing until it says what it means.',
      'what the score means',
    );
  const { visibility } = hypothesis;
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { id } = await change.tx.evidenceItem.create({
    data: {
      hypothesisId: hypothesis.id,
      direction: input.direction,
      method: input.method,
      statement: input.statement,
      score: input.score ?? null,
      scoreMeaning: input.scoreMeaning ?? null,
      citationId,
      visibility,
      teamId: change.teamId,
      actorId: change.by.actorId,
    },
    select: { id: true },
  });
  const tells = { evidenceItem: [id] };
  await markChanged(change, hypothesis.incidentId, tells);
  await change.event(
    {
      type: 'HYPOTHESIS_EVIDENCE_ADDED',
      statement: input.statement,
      direction: input.direction,
      method: input.method,
    },
    {
      nodes: [hypothesis.incidentId],
      of: { type: 'Hypothesis', id: hypothesis.id },
      visibility,
      tells,
    },
  );
  return { evidenceItemId: id };
}
