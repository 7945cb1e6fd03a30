import type { Change } from '../access/change.ts';
import type { CitationInput } from '../lineage/inputs.ts';
import type { LineageNodeRow, VisibilityWord } from '../lineage/node.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import { insertSealed } from '../platform/sealed-objects.ts';
import { checkLength } from '../platform/text-length.ts';
import type { Stored } from '../platform/vault.ts';
import { insertEvidence, selectSame } from './evidence.store.ts';
import { isMediaType, LONGEST_WARNING } from './evidence.ts';
import { checkTitle } from './file-incident.ts';
import type { EvidenceKind, Sensitivity } from './incident.ts';
import { markChanged } from './record-links.ts';

/** What is said of evidence, beside its bytes. */
export interface EvidenceWords {
  kind: EvidenceKind;
  title: string;
  mediaType?: string | null;
  fileName?: string | null;
  sensitivity: Sensitivity;
  warning?: string | null;
  visibility?: VisibilityWord | null;
  citation?: CitationInput | null;
}

export function checkWords(words: EvidenceWords): void {
  checkTitle(words.title, ['title'], 'a title');
  checkLength(words.warning ?? '', LONGEST_WARNING, ['warning'], 'The warning');
  if (words.mediaType != null && !isMediaType(words.mediaType))
    throw new InputRefusal(['mediaType'], 'This is no media type.', 'such as text/plain');
}

/** Records what was put into the vault as evidence of a held incident, known by the SHA-256 of its bytes. */
export async function recordEvidence(
  change: Change,
  incident: LineageNodeRow,
  words: EvidenceWords,
  stored: Stored,
  contentPath: readonly string[],
): Promise<bigint> {
  const { tx, context, by, teamId } = change;
  const same = await selectSame(tx, context.viewer, incident.id, stored.digest);
  if (same !== null)
    throw new ConflictRefusal(contentPath, 'The incident has this evidence already.', {
      existing: { type: 'Evidence', id: same },
    });
  const visibility = words.visibility ?? incident.visibility;
  const title = words.title.trim();
  const id = await insertEvidence(tx, {
    incidentId: incident.id,
    kind: words.kind,
    title,
    mediaType: words.mediaType ?? 'text/plain; charset=utf-8',
    fileName: words.fileName ?? null,
    sensitivity: words.sensitivity,
    warning: words.warning ?? null,
    citationId: await recordCitation(change, words.citation, ['citation'], visibility),
    digest: stored.digest,
    bytes: BigInt(stored.bytes),
    sealedObjectId: await insertSealed(tx, context.vault, stored),
    visibility,
    teamId,
    actorId: by.actorId,
  });
  const tells = { evidence: [id] };
  await markChanged(change, incident.id, tells);
  await change.event(
    { type: 'EVIDENCE_ADDED', title, kind: words.kind, digest: stored.digest },
    { nodes: [incident.id], of: { type: 'Evidence', id }, visibility, tells },
  );
  return id;
}
