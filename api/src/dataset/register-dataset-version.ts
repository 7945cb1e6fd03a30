import type { Change } from '../access/change.ts';
import { isWider } from '../access/narrowest.ts';
import { takenName } from '../access/taken-name.ts';
import type { CitationInput, CompositionInput, TransformationInput } from '../lineage/inputs.ts';
import { namespaceOf } from '../lineage/namespace-of.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { recordCitation } from '../lineage/record-citation.ts';
import { recordClaims } from '../lineage/record-claims.ts';
import { recordComposition } from '../lineage/record-composition.ts';
import { type EdgeToRecord, insertEdges } from '../lineage/record-edges.ts';
import { checkName, insertNode } from '../lineage/record-node.ts';
import { resolveRefs } from '../lineage/resolve-refs.ts';
import { type InputPath, InputRefusal } from '../platform/refusal.ts';
import { ensureDatasetRow, improveDatasetRow, insertDatasetVersionRow } from './dataset.store.ts';
import { insertTransformation } from './record-transformation.ts';

type Maybe<T> = T | null | undefined;

export interface RegisterDatasetVersion {
  dataset: string;
  version: string;
  title?: Maybe<string>;
  description?: Maybe<string>;
  digest?: Maybe<string>;
  documents?: Maybe<bigint>;
  rows?: Maybe<bigint>;
  bytes?: Maybe<bigint>;
  tokens?: Maybe<bigint>;
  license?: Maybe<string>;
  releasedAt?: Maybe<Date>;
  derivedFrom?: Maybe<CompositionInput>;
  transformation?: Maybe<TransformationInput>;
  synthesizedBy?: Maybe<string[]>;
  revises?: Maybe<string>;
  visibility?: Maybe<VisibilityWord>;
  citation?: Maybe<CitationInput>;
}

/** Records a dataset version with all that is known of where it came from, in one transaction. */
export async function registerDatasetVersion(
  change: Change,
  input: RegisterDatasetVersion,
): Promise<{ datasetVersionId: bigint }> {
  checkName(input.dataset, ['dataset']);
  checkCounts(input);
  if (input.derivedFrom != null && input.transformation != null) {
    throw new InputRefusal(
      ['transformation'],
      'What it derives from is what its transformation read: give one of the two.',
      'derivedFrom or transformation',
    );
  }
  const { id: datasetId, visibility } = await ensureDataset(change, input);
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const { dataset: name, version, digest } = input;
  const node = { kind: 'DATASET_VERSION' as const, name, version, digest, visibility, citationId };
  const id = await insertNode(change, node, ['dataset']);
  await insertDatasetVersionRow(change.tx, id, datasetId);
  const claims = {
    DOCUMENTS: input.documents,
    ROWS: input.rows,
    BYTES: input.bytes,
    TOKENS: input.tokens,
    LICENSE: input.license,
    RELEASED_AT: input.releasedAt,
  };
  await recordClaims(change, id, claims, citationId, visibility);
  if (input.derivedFrom != null) {
    await recordComposition(change, {
      node: { id, kind: 'DATASET_VERSION' },
      kind: 'DERIVED_FROM',
      input: input.derivedFrom,
      path: ['derivedFrom'],
      visibility,
    });
  }
  if (input.transformation != null) {
    await insertTransformation(
      change,
      { id, visibility },
      input.transformation,
      ['transformation'],
      citationId,
    );
  }
  await insertNeighbours(change, id, input, citationId, visibility);
  await change.event(
    { type: 'DATASET_VERSION_REGISTERED', ref: `${name}@${version}` },
    { nodes: [id], visibility },
  );
  return { datasetVersionId: id };
}

/** The dataset, made where it is new; shown as widely as its widest version. */
async function ensureDataset(
  change: Change,
  input: RegisterDatasetVersion,
): Promise<{ id: bigint; visibility: VisibilityWord }> {
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  const dataset = await ensureDatasetRow(change.tx, change.by, by, {
    namespace: await namespaceOf(change),
    name: input.dataset,
    title: input.title ?? null,
    description: input.description ?? null,
    visibility: input.visibility ?? 'MEMBERS',
  });
  if (!dataset.seen) throw takenName(['dataset'], input.dataset);
  const visibility = input.visibility ?? dataset.visibility;
  const widened = isWider(visibility, dataset.visibility) ? visibility : dataset.visibility;
  if (input.title != null || input.description != null || widened !== dataset.visibility) {
    await improveDatasetRow(change.tx, dataset.id, {
      title: input.title ?? null,
      description: input.description ?? null,
      visibility: widened,
    });
  }
  return { id: dataset.id, visibility };
}

async function insertNeighbours(
  change: Change,
  id: bigint,
  input: RegisterDatasetVersion,
  citationId: bigint | null,
  visibility: VisibilityWord,
): Promise<void> {
  const writers = input.synthesizedBy ?? [];
  const refs = [
    ...writers.map((ref, i) => ({
      ref,
      path: ['synthesizedBy', i] as InputPath,
      kinds: ['MODEL_VERSION'] as const,
    })),
    ...(input.revises == null
      ? []
      : [{ ref: input.revises, path: ['revises'] as InputPath, kinds: ['DATASET_VERSION'] as const }]),
  ];
  const nodes = await resolveRefs({ ...change.context, tx: change.tx }, refs);
  const edges = nodes.map(
    (node, i): EdgeToRecord => ({
      kind: i < writers.length ? 'SYNTHESIZED_BY' : 'REVISES',
      downstream: id,
      upstream: node.id,
      citationId,
      visibility,
    }),
  );
  await insertEdges(change, edges, (i) => refs[i]!.path);
}

function checkCounts(input: RegisterDatasetVersion): void {
  for (const name of ['documents', 'rows', 'bytes', 'tokens'] as const) {
    const count = input[name];
    if (count != null && count < 0n)
      throw new InputRefusal([name], `There cannot be ${count} ${name}.`, 'zero or more');
  }
}
