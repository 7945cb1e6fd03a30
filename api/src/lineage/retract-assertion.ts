import { authorise, type Change } from '../access/change.ts';
import { allTold, type Told } from '../access/guards.store.ts';
import type { Scope } from '../access/viewer.ts';
import type { Context } from '../context.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import type { LoaderOf } from '../platform/loader.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { retractNodeRow } from './assertions.store.ts';
import type { LineageNodeKind } from './kinds.ts';
import { LINEAGE_TYPE } from './lineage-types.ts';
import { mustOwn, retractOwn } from './may-retract.ts';
import type { VisibilityWord } from './node.ts';
import { formatNodeRef } from './node-ref.ts';
import { aliasById, claimById, compositionById, disputeById, edgeById } from './read-assertions.ts';
import { measurementTargetById } from './read-measurement-targets.ts';
import { nodeById } from './read-nodes.ts';
import { labelOf } from './records.ts';
import { resolveRef } from './resolve-refs.ts';
import { tellTakenBack, toldOfComposition } from './tell-statements.ts';

const ASSERTIONS = ['LineageEdge', 'Claim', 'Composition', 'Dispute', 'Alias', 'ContentMeasurement'] as const;
type Assertion = (typeof ASSERTIONS)[number];
const TARGETS = [...ASSERTIONS, ...Object.values(LINEAGE_TYPE)] as const;

/** The scope that records a thing also takes it back. */
const SCOPE_OF_KIND: Readonly<Record<LineageNodeKind, Scope>> = {
  SOURCE: 'write:lineage',
  DATASET_VERSION: 'write:lineage',
  TRANSFORMATION: 'write:lineage',
  TRAINING_RUN: 'write:lineage',
  MODEL_VERSION: 'write:lineage',
  EVAL_RUN: 'write:evals',
  INCIDENT: 'write:incidents',
};

interface Row {
  id: bigint;
  teamId: bigint;
  visibility: VisibilityWord;
}

const LOADERS: Readonly<
  Record<Assertion, LoaderOf<Context, bigint, (Row & { about: bigint | null }) | null>>
> = {
  LineageEdge: about(edgeById, (row) => row.downstream),
  Claim: about(claimById, (row) => row.nodeId),
  Composition: about(compositionById, (row) => row.nodeId),
  Dispute: about(disputeById, (row) => row.nodeId),
  Alias: about(aliasById, (row) => row.nodeId),
  ContentMeasurement: about(measurementTargetById, (row) => row.nodeId),
};

function about<R extends Row>(
  of: LoaderOf<Context, bigint, R | null>,
  node: (row: R) => bigint | null,
): LoaderOf<Context, bigint, (Row & { about: bigint | null }) | null> {
  return {
    name: `${of.name}ToRetract`,
    absent: () => null,
    batch: async (context, ids) => {
      const rows = await Promise.all(ids.map((id) => context.load(of, id)));
      return new Map(
        rows.flatMap((row) => (row === null ? [] : [[row.id, { ...row, about: node(row) }] as const])),
      );
    },
  };
}

/** Takes back what the acting team, or anybody where an administrator acts, asserted. Nothing is deleted. */
export async function retractAssertion(
  change: Change,
  input: { target: string; reason: string; replacedBy?: string | null | undefined },
): Promise<{ type: string; id: bigint }> {
  const { context } = change;
  const { type, id } = decodeGlobalId(context.ids, input.target, TARGETS, ['target']);
  if (input.reason.trim() === '')
    throw new InputRefusal(['reason'], 'The reason is empty.', 'why it is taken back');
  const missing = () => new NotFoundRefusal(['target'], 'There is nothing with this id.');
  if (isAssertion(type)) {
    if (input.replacedBy != null)
      throw new InputRefusal(['replacedBy'], 'Only a node is replaced by another.', 'nothing');
    const row = await context.load(LOADERS[type], id);
    if (row === null) throw missing();
    await retractOwn(change, type, row, input.reason, ['target']);
    const alias = type === 'Alias' ? await context.load(aliasById, id) : null;
    await tellTakenBack(change, {
      ...row,
      target: alias === null ? type : `the name ${formatNodeRef(alias)}`,
      reason: input.reason,
      nodeId: row.about,
      tells: await toldOf(change, type, row),
    });
    return { type, id };
  }
  const node = await context.load(nodeById, id);
  if (node === null || LINEAGE_TYPE[node.kind] !== type) throw missing();
  // Beside the scope of assertions: no pipeline that records lineage takes incidents off the record.
  authorise(context, SCOPE_OF_KIND[node.kind]);
  mustOwn(change, node);
  const replacement =
    input.replacedBy == null
      ? null
      : await resolveRef({ ...context, tx: change.tx }, input.replacedBy, ['replacedBy'], [node.kind]);
  if (replacement?.id === id)
    throw new InputRefusal(['replacedBy'], 'A thing cannot replace itself.', 'another thing of its kind');
  const by = change.by.actorId;
  if (!(await retractNodeRow(change.tx, id, by, input.reason, replacement?.id ?? null)))
    throw new ConflictRefusal(['target'], 'This was retracted already.', { existing: { type, id } });
  await change.event(
    {
      type: 'RETRACTED',
      target: labelOf(node),
      reason: input.reason,
      replacedBy: replacement === null ? null : labelOf(replacement),
    },
    {
      nodes: [id],
      visibility: node.visibility,
      teamId: node.teamId,
      tells: { node: replacement === null ? [] : [replacement.id] },
    },
  );
  return { type, id };
}

/** What whoever reads that it was taken back has to see: the statement, with all that it is seen with. */
async function toldOf(
  change: Change,
  type: Assertion,
  { id, about }: Row & { about: bigint | null },
): Promise<Told> {
  switch (type) {
    case 'LineageEdge':
      return { edge: [id] };
    case 'Claim':
      return { claim: [id] };
    case 'Composition':
      return toldOfComposition(change, about!, id);
    case 'Alias':
      return { alias: [id] };
    case 'ContentMeasurement':
      return { contentMeasurement: [id] };
    case 'Dispute': {
      const { compositionId } = (await change.context.load(disputeById, id))!;
      const of = compositionId === null ? null : await change.context.load(compositionById, compositionId);
      return allTold({ dispute: [id] }, of === null ? {} : await toldOfComposition(change, of.nodeId, of.id));
    }
  }
}

function isAssertion(type: string): type is Assertion {
  return (ASSERTIONS as readonly string[]).includes(type);
}
