import type { Change } from '../../access/change.ts';
import { recordBareTransformation } from '../../dataset/record-transformation.ts';
import { registerDatasetVersion } from '../../dataset/register-dataset-version.ts';
import { registerSource } from '../../dataset/register-source.ts';
import { type NodeLine, readLineageLine } from '../../lineage/bulk/lineage-line.ts';
import { mergeLineage, type NumberedEdge } from '../../lineage/bulk/merge-lineage.ts';
import { ManyReferences } from '../../lineage/bulk/resolve-many.ts';
import type { VisibilityWord } from '../../lineage/node.ts';
import { formatNodeRef } from '../../lineage/node-ref.ts';
import { recordTrainingRun } from '../../model/record-training-run.ts';
import { registerModelVersion } from '../../model/register-model-version.ts';
import { FieldProblem } from '../../platform/field-reading.ts';
import type { GlobalIds } from '../../platform/global-id.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { RefusedLine } from './bulk-progress.ts';
import type { BatchOf, TakeLines } from './take-lines.ts';

interface NumberedNode extends NodeLine {
  line: number;
}

const GIVEN_BACK = 'Some of these lines would make a thing depend on itself, so none of them was taken.';

/** Takes nodes and edges: the nodes of a batch first, one by one, then its edges at once. */
export function takingLineage(ids: GlobalIds): TakeLines {
  const references = new ManyReferences(ids);
  return async (batch) => {
    const { db, change } = batch;
    const { nodes, edges, refused } = read(batch);
    await references.refresh(db, change.by);
    await db.execute('savepoint lines');
    const made = await takeNodes(batch, references, nodes);
    const party = { teamId: change.teamId, actorId: change.by.actorId };
    const merged = await mergeLineage(db, { viewer: change.by, party }, references, edges, made.from);
    references.trim();
    const all = [...refused, ...made.refused, ...merged.refused];
    if (merged.cycles === null) {
      const added = made.from.size + merged.added;
      return { added, held: made.held + merged.held, refused: all, givenBack: null };
    }
    // The nodes go back with the edges that they were recorded for.
    await db.execute('rollback to savepoint lines');
    for (const ref of made.from.keys()) references.forget(ref);
    return { added: 0, held: 0, refused: all, givenBack: { reason: GIVEN_BACK, because: merged.cycles } };
  };
}

function read(batch: BatchOf): { nodes: NumberedNode[]; edges: NumberedEdge[]; refused: RefusedLine[] } {
  const nodes: NumberedNode[] = [];
  const edges: NumberedEdge[] = [];
  const refused: RefusedLine[] = [];
  for (const { line, fields } of batch.records) {
    try {
      const said = readLineageLine(fields);
      if ('edge' in said) edges.push({ line, ...said.edge });
      else nodes.push({ line, ...said.node });
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      refused.push({ line, reason: error.message });
    }
  }
  return { nodes, edges, refused };
}

interface NodesTaken {
  held: number;
  refused: RefusedLine[];
  /** References recorded in this batch, with the line from which on they may be named. */
  from: Map<string, number>;
}

async function takeNodes(
  batch: BatchOf,
  references: ManyReferences,
  nodes: readonly NumberedNode[],
): Promise<NodesTaken> {
  const { db, change } = batch;
  const taken: NodesTaken = { held: 0, refused: [], from: new Map() };
  const refs = nodes.map(({ node }) => formatNodeRef(node));
  await references.learn(db, change.by, new Set(refs));
  for (const [i, node] of nodes.entries()) {
    const ref = refs[i]!;
    const held = references.get(ref);
    if (held !== undefined) {
      if (node.digest === null || held.digest === node.digest) taken.held += 1;
      else
        taken.refused.push({ line: node.line, reason: `${ref} is recorded already, with another digest.` });
      continue;
    }
    await db.execute('savepoint node');
    try {
      const id = await recordNode(change, node, node.visibility ?? batch.visibility);
      await db.execute('release savepoint node');
      await references.made(db, change.by, ref, id);
      taken.from.set(ref, node.line);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await db.execute('rollback to savepoint node');
      taken.refused.push({ line: node.line, reason: error.message });
    }
  }
  return taken;
}

async function recordNode(
  change: Change,
  line: NodeLine,
  visibility: VisibilityWord | null,
): Promise<bigint> {
  const { node, digest, title } = line;
  const { name } = node;
  switch (node.kind) {
    case 'SOURCE':
      return (await registerSource(change, { name, title, visibility })).sourceId;
    case 'DATASET_VERSION':
      return (
        await registerDatasetVersion(change, { dataset: name, version: node.version!, digest, visibility })
      ).datasetVersionId;
    case 'MODEL_VERSION':
      return (await registerModelVersion(change, { model: name, version: node.version!, digest, visibility }))
        .modelVersionId;
    case 'TRANSFORMATION': {
      const made = { name, effect: line.effect ?? 'UNKNOWN', visibility: visibility ?? 'MEMBERS' } as const;
      return (await recordBareTransformation(change, made)).transformationId;
    }
    case 'TRAINING_RUN': {
      const { objective } = line;
      const trainingRun = { name, stage: line.stage!, startedFrom: line.startedFrom!, objective };
      return (await recordTrainingRun(change, { trainingRun, visibility })).trainingRunId;
    }
    default:
      throw new Error(`No line records a ${node.kind}.`);
  }
}
