import type { Principal } from '../../access/viewer.ts';
import type { KnownNode } from '../../lineage/bulk/reference-cache.ts';
import type { ManyReferences } from '../../lineage/bulk/resolve-many.ts';
import type { By } from '../../lineage/by.ts';
import type { BulkConnection, CopyValue } from '../../platform/bulk-connection.ts';
import {
  insertLoad,
  mergeHandles,
  mergeSightings,
  nextLoadId,
  stageDocuments,
  takeVersionTurn,
} from './bulk-documents.store.ts';
import { formatDigest } from './digest.ts';
import type { DocumentLine } from './document-line.ts';

export interface NumberedDocument extends DocumentLine {
  line: number;
}

export interface DocumentsMerged {
  /** Lines that said something new. */
  added: number;
  held: number;
  refused: { line: number; reason: string }[];
}

const OTHERWISE =
  'This document is recorded with another digest: what a version holds never changes, so that would be another version.';
const NOT_THERE = 'This document is not recorded: say its digest first.';

/**
 * Records document handles and where training saw them, in the transaction at hand. What a version holds is said by the
 * team that recorded the version, and what a run saw by the team that recorded the run.
 */
export async function mergeDocuments(
  db: BulkConnection,
  by: { viewer: Principal; party: By; importId: bigint | null },
  references: ManyReferences,
  lines: readonly NumberedDocument[],
): Promise<DocumentsMerged> {
  const named = new Set<string>();
  for (const { dataset, seen } of lines) {
    named.add(dataset);
    if (seen !== null) named.add(seen.trainingRun);
  }
  const problems = await references.learn(db, by.viewer, named);
  const { rows, versions, refused, twice } = rowsOf(lines, by, references, problems);
  if (rows.length === 0) return { added: 0, held: twice, refused };
  await stageDocuments(db, rows);
  let added = 0;
  for (const datasetVersionId of [...versions].sort((a, b) => (a < b ? -1 : 1))) {
    await takeVersionTurn(db, datasetVersionId);
    const loadId = await nextLoadId(db);
    const handles = await mergeHandles(db, datasetVersionId, loadId);
    const sightings = await mergeSightings(db, datasetVersionId, loadId, handles.otherwise);
    refused.push(...handles.otherwise.map((line) => ({ line, reason: OTHERWISE })));
    refused.push(...sightings.missing.map((line) => ({ line, reason: NOT_THERE })));
    if (handles.added.length + sightings.added.length === 0) continue;
    const counts = { handles: handles.added.length, sightings: sightings.added.length };
    await insertLoad(db, by.party, { id: loadId, datasetVersionId, importId: by.importId, ...counts });
    // A line that brings both is one line.
    added +=
      sightings.added.length === 0
        ? handles.added.length
        : new Set([...handles.added, ...sightings.added]).size;
  }
  refused.sort((a, b) => a.line - b.line);
  return { added, held: lines.length - refused.length - added, refused };
}

interface Rows {
  rows: CopyValue[][];
  versions: Set<bigint>;
  refused: { line: number; reason: string }[];
  /** Lines that say what an earlier one says. */
  twice: number;
}

function rowsOf(
  lines: readonly NumberedDocument[],
  by: { viewer: Principal; party: By },
  references: ManyReferences,
  problems: ReadonlyMap<string, string>,
): Rows {
  const result: Rows = { rows: [], versions: new Set(), refused: [], twice: 0 };
  const digests = new Map<string, { digest: string; line: number }>();
  const sightings = new Set<string>();
  const standing = new Map<string, KnownNode | string>();
  const find = (ref: string, kind: 'DATASET_VERSION' | 'TRAINING_RUN') => {
    const held = standing.get(ref);
    if (held !== undefined) return held;
    const found =
      writable(references.get(ref), ref, kind, by) ?? problems.get(ref) ?? `There is no "${ref}".`;
    standing.set(ref, found);
    return found;
  };
  for (const { line, dataset, document, digest, seen } of lines) {
    const version = find(dataset, 'DATASET_VERSION');
    const run = seen === null ? null : find(seen.trainingRun, 'TRAINING_RUN');
    const problem = typeof version === 'string' ? version : typeof run === 'string' ? run : null;
    if (problem !== null) {
      result.refused.push({ line, reason: problem });
      continue;
    }
    const { id } = version as KnownNode;
    let said = digest;
    if (digest !== null) {
      const key = `${id} ${document}`;
      const text = formatDigest(digest);
      const earlier = digests.get(key);
      if (earlier !== undefined && earlier.digest !== text) {
        result.refused.push({ line, reason: `${OTHERWISE} See line ${earlier.line}.` });
        continue;
      }
      if (earlier === undefined) digests.set(key, { digest: text, line });
      else said = null;
    }
    const sighting = seen === null ? null : `${id} ${document} ${(run as KnownNode).id} ${seen.step}`;
    const seenNew = sighting !== null && !sightings.has(sighting);
    if (said === null && !seenNew) {
      result.twice += 1;
      continue;
    }
    if (seenNew) sightings.add(sighting);
    result.versions.add(id);
    result.rows.push([
      line,
      id,
      document,
      said?.algorithm ?? null,
      said?.head ?? null,
      said === null ? null : `\\x${said.tail}`,
      seenNew ? (run as KnownNode).id : null,
      seenNew ? seen!.step : null,
    ]);
  }
  return result;
}

/** The node, where it is of the kind and the writer may say this of it; undefined where there is none. */
function writable(
  node: KnownNode | undefined,
  ref: string,
  kind: 'DATASET_VERSION' | 'TRAINING_RUN',
  by: { viewer: Principal; party: By },
): KnownNode | string | undefined {
  if (node === undefined) return undefined;
  const words = kind.toLowerCase().replace('_', ' ');
  if (node.kind !== kind) return `"${ref}" is no ${words}.`;
  const administers = by.viewer.role === 'ADMINISTRATOR';
  if (node.teamId === by.party.teamId || administers) return node;
  return `Only the team that recorded ${ref} says ${kind === 'TRAINING_RUN' ? 'what it saw' : 'what it holds'}.`;
}
