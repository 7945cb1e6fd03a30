import type { Change } from '../access/change.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { insertApproval, selectLastDecision, selectVersionOfStandard } from './catalogue.store.ts';
import type { StandardDecision } from './evaluation.ts';
import { requireNamed } from './find-named.ts';

export interface ApproveStandardInput {
  standard: string;
  version?: string | null;
  decision: StandardDecision;
  by?: string | null;
  comment?: string | null;
  at?: Date | null;
  citation?: CitationInput | null;
}

const DECIDED: Readonly<Record<StandardDecision, string>> = {
  APPROVED: 'approved',
  DISSENTED: 'dissented from',
  ABSTAINED: 'abstained on',
};

/**
 * Records that somebody approved a version of a standard, or dissented. Decisions are never replaced: who changes
 * their mind decides again, and both stand. What another person decided needs the source that says so.
 */
export async function approveStandard(
  change: Change,
  input: ApproveStandardInput,
): Promise<{ standardVersionId: bigint }> {
  const { tx, by: principal, context } = change;
  const by = (input.by ?? principal.name).trim();
  if (by === '') throw new InputRefusal(['by'], 'Nobody is named.', 'the name of a person or a body');
  if (by !== principal.name && input.citation == null) {
    throw new InputRefusal(
      ['citation'],
      `That ${by} decided this needs a source.`,
      'where it is published, or no `by` for a decision of your own',
    );
  }
  if (input.decision === 'DISSENTED' && (input.comment ?? '').trim() === '')
    throw new InputRefusal(['comment'], 'A dissent says why.', 'what they disagree with');
  const now = new Date();
  if (input.at != null && input.at > now)
    throw new InputRefusal(['at'], 'This lies in the future.', 'a moment that has passed');
  const [standard] = await requireNamed(tx, context.viewer, 'standard', [
    { name: input.standard, path: ['standard'] },
  ]);
  const version = await selectVersionOfStandard(tx, context.viewer, standard!.id, input.version ?? null);
  if (version === null)
    throw new NotFoundRefusal(
      ['version'],
      input.version == null
        ? `${input.standard} has no version.`
        : `${input.standard} has no version ${input.version}.`,
      input.version ?? null,
    );
  const own = by === principal.name ? principal.actorId : null;
  const last = await selectLastDecision(tx, context.viewer, version.id, by, own);
  if (last === input.decision)
    throw new ConflictRefusal(
      ['decision'],
      `${by} ${DECIDED[input.decision]} ${input.standard} ${version.version} already.`,
      { existing: { type: 'StandardVersion', id: version.id } },
    );
  const { visibility } = version;
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const approvalId = await insertApproval(
    tx,
    { teamId: change.teamId, actorId: principal.actorId },
    {
      standardVersionId: version.id,
      by,
      decision: input.decision,
      comment: input.comment ?? null,
      at: input.at ?? (by === principal.name ? now : null),
      citationId,
      visibility,
    },
  );
  await change.event(
    {
      type: 'STANDARD_DECIDED',
      standard: input.standard,
      version: version.version,
      by,
      decision: input.decision,
    },
    // A decision is its author's team's word, of what may be another team's alone.
    { visibility, tells: { standardApproval: [approvalId] } },
  );
  return { standardVersionId: version.id };
}
