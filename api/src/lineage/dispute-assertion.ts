import type { Change } from '../access/change.ts';
import { allTold } from '../access/guards.store.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { insertDisputeRow } from './assertions.store.ts';
import type { CitationInput } from './inputs.ts';
import { LINEAGE_TYPE } from './lineage-types.ts';
import type { VisibilityWord } from './node.ts';
import { claimById, compositionById, edgeById } from './read-assertions.ts';
import { nodeById } from './read-nodes.ts';
import { recordCitation } from './record-citation.ts';
import { toldOfComposition } from './tell-statements.ts';

const TARGETS = ['LineageEdge', 'Claim', 'Composition', ...Object.values(LINEAGE_TYPE)] as const;

/** Disagrees with an edge, claim, composition or node. It changes nothing that is asserted. */
export async function disputeAssertion(
  change: Change,
  input: {
    target: string;
    statement: string;
    shareLower?: number | null | undefined;
    shareUpper?: number | null | undefined;
    citation?: CitationInput | null | undefined;
  },
): Promise<{ disputeId: bigint }> {
  const { context } = change;
  const target = decodeGlobalId(context.ids, input.target, TARGETS, ['target']);
  if (input.statement.trim() === '')
    throw new InputRefusal(['statement'], 'The statement is empty.', 'what is disputed, and why');
  checkRange(input.shareLower ?? null, input.shareUpper ?? null);
  const row = await find(change, target);
  if (row.retractedAt !== null)
    throw new ConflictRefusal(['target'], 'This was retracted already: there is nothing to dispute.');
  const citationId = await recordCitation(change, input.citation, ['citation'], row.visibility);
  const { type, id } = target;
  const disputeId = await insertDisputeRow(
    change.tx,
    { teamId: change.teamId, actorId: change.by.actorId },
    {
      edgeId: type === 'LineageEdge' ? id : null,
      claimId: type === 'Claim' ? id : null,
      compositionId: type === 'Composition' ? id : null,
      nodeId: type === 'LineageEdge' || type === 'Claim' || type === 'Composition' ? null : id,
      statement: input.statement,
      shareLower: input.shareLower ?? null,
      shareUpper: input.shareUpper ?? null,
      citationId,
      visibility: row.visibility,
    },
  );
  await change.event(
    { type: 'DISPUTED', target: type, statement: input.statement },
    {
      nodes: [row.about],
      visibility: row.visibility,
      tells: allTold(
        { dispute: [disputeId] },
        type === 'Composition' ? await toldOfComposition(change, row.about, id) : {},
      ),
    },
  );
  return { disputeId };
}

interface Target {
  retractedAt: Date | null;
  visibility: VisibilityWord;
  about: bigint;
}

async function find(
  change: Change,
  { type, id }: { type: (typeof TARGETS)[number]; id: bigint },
): Promise<Target> {
  const { context } = change;
  const missing = () => new NotFoundRefusal(['target'], 'There is nothing with this id.');
  if (type === 'LineageEdge') {
    const row = await context.load(edgeById, id);
    if (row === null) throw missing();
    return { ...row, about: row.downstream };
  }
  if (type === 'Claim' || type === 'Composition') {
    const row = await (type === 'Claim' ? context.load(claimById, id) : context.load(compositionById, id));
    if (row === null) throw missing();
    return { ...row, about: row.nodeId };
  }
  const row = await context.load(nodeById, id);
  if (row === null || LINEAGE_TYPE[row.kind] !== type) throw missing();
  return { ...row, about: row.id };
}

function checkRange(lower: number | null, upper: number | null): void {
  for (const [name, value] of [
    ['shareLower', lower],
    ['shareUpper', upper],
  ] as const) {
    if (value !== null && !(value >= 0 && value <= 1))
      throw new InputRefusal([name], `${value} is no share.`, 'a number from 0 to 1');
  }
  if (lower !== null && upper !== null && lower > upper)
    throw new InputRefusal(['shareUpper'], 'The most is less than the least.', `at least ${lower}`);
}
