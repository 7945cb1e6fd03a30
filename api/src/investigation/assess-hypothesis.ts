import type { Change } from '../access/change.ts';
import { INPUT } from '../access/permissions.ts';
import { permits } from '../access/rules.ts';
import { markChanged } from '../incident/record-links.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { AccessRefusal, InputRefusal } from '../platform/refusal.ts';
import { holdHypothesis } from './hold-hypothesis.ts';
import type { HypothesisStatus } from './investigation.ts';

export interface AssessHypothesisInput {
  hypothesis: string;
  confidence: string;
  probability?: number | null;
  dissent: boolean;
  reasoning?: string | null;
  status?: HypothesisStatus | null;
  assessor?: string | null;
  citation?: CitationInput | null;
}

/** Signs an assessment of a hypothesis; earlier ones, dissent included, stay. It may move the hypothesis' status. */
export async function assessHypothesis(
  change: Change,
  input: AssessHypothesisInput,
): Promise<{ assessmentId: bigint; hypothesisId: bigint }> {
  const hypothesis = await holdHypothesis(change, input.hypothesis);
  if (input.confidence.trim() === '')
    throw new InputRefusal(['confidence'], 'The confidence is empty.', "the assessor's own words");
  if (input.probability != null && !(input.probability >= 0 && input.probability <= 1))
    throw new InputRefusal(['probability'], 'A probability is from 0 to 1.', 'from 0 to 1');
  if (input.assessor != null && input.citation == null)
    throw new InputRefusal(
      ['citation'],
      'Whoever is not here must be cited: say where they said so.',
      'a citation',
    );
  const moved = input.status != null && input.status !== hypothesis.status ? input.status : null;
  if (moved !== null && input.dissent)
    throw new InputRefusal(['status'], 'A dissent does not move the status.', 'no status, or dissent: false');
  if (moved !== null && !permits(change.by, INPUT['AssessHypothesisInput.status']).allowed)
    throw new AccessRefusal(
      'FORBIDDEN',
      'Only investigators and administrators may move the status of a hypothesis.',
    );
  const { visibility } = hypothesis;
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { id } = await change.tx.assessment.create({
    data: {
      hypothesisId: hypothesis.id,
      confidence: input.confidence,
      probability: input.probability ?? null,
      dissent: input.dissent,
      reasoning: input.reasoning ?? null,
      status: input.status ?? null,
      assessor: input.assessor ?? null,
      citationId,
      visibility,
      teamId: change.teamId,
      actorId: change.by.actorId,
    },
    select: { id: true },
  });
  if (moved !== null)
    await change.tx.hypothesis.update({
      where: { id: hypothesis.id },
      data: { status: moved },
      select: { id: true },
    });
  const tells = { assessment: [id] };
  await markChanged(change, hypothesis.incidentId, tells);
  await change.event(
    {
      type: 'HYPOTHESIS_ASSESSED',
      statement: hypothesis.statement,
      confidence: input.confidence,
      status: moved,
      dissent: input.dissent,
    },
    {
      nodes: [hypothesis.incidentId],
      of: { type: 'Hypothesis', id: hypothesis.id },
      visibility,
      tells,
    },
  );
  return { assessmentId: id, hypothesisId: hypothesis.id };
}
