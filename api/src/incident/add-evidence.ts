import { createHash } from 'node:crypto';
import type { Change } from '../access/change.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import { holdIncident } from './held-incident.ts';
import { touchIncident } from './incident.store.ts';
import type { EvidenceKind, Sensitivity } from './incident.ts';

export interface AddEvidenceInput {
  incident: string;
  kind: EvidenceKind;
  title: string;
  text: string;
  mediaType?: string | null;
  sensitivity: Sensitivity;
  warning?: string | null;
  citation?: CitationInput | null;
}

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*(;.*)?$/i;

/** Adds evidence to an incident, known by the SHA-256 of its text in UTF-8. */
export async function addEvidence(change: Change, input: AddEvidenceInput): Promise<{ evidenceId: bigint }> {
  const { node } = await holdIncident(change, input.incident);
  if (input.title.trim() === '') throw new InputRefusal(['title'], 'The title is empty.', 'a title');
  if (input.text === '') throw new InputRefusal(['text'], 'The text is empty.', 'the evidence itself');
  if (input.mediaType != null && !MEDIA_TYPE.test(input.mediaType))
    throw new InputRefusal(['mediaType'], 'This is no media type.', 'such as text/plain');
  const bytes = Buffer.from(input.text, 'utf8');
  const digest = createHash('sha256').update(bytes).digest('hex');
  const same = await change.tx.evidence.findFirst({
    where: { incidentId: node.id, digest, retractedAt: null },
    select: { id: true },
  });
  if (same !== null)
    throw new ConflictRefusal(['text'], 'The incident has this evidence already.', {
      existing: { type: 'Evidence', id: same.id },
    });
  const { visibility } = node;
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { id } = await change.tx.evidence.create({
    data: {
      incidentId: node.id,
      kind: input.kind,
      title: input.title.trim(),
      text: input.text,
      digest,
      mediaType: input.mediaType ?? 'text/plain; charset=utf-8',
      bytes: BigInt(bytes.length),
      sensitivity: input.sensitivity,
      warning: input.warning ?? null,
      citationId,
      visibility,
      teamId: change.teamId,
      actorId: change.by.actorId,
    },
    select: { id: true },
  });
  await touchIncident(change.tx, node.id);
  await change.event(
    { type: 'EVIDENCE_ADDED', title: input.title.trim(), kind: input.kind, digest },
    { nodes: [node.id], visibility },
  );
  return { evidenceId: id };
}
