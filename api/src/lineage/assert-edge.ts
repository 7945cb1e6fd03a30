import type { Change } from '../access/change.ts';
import { narrowest } from '../access/narrowest.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { InputRefusal } from '../platform/refusal.ts';
import type { CitationInput } from './inputs.ts';
import type { AmountUnit, EdgeKind } from './kinds.ts';
import { retractOwn } from './may-retract.ts';
import { edgeById } from './read-assertions.ts';
import { recordCitation } from './record-citation.ts';
import { insertEdges } from './record-edges.ts';
import { labelOf } from './records.ts';
import { resolveRefs } from './resolve-refs.ts';
import { tellStated } from './tell-statements.ts';

/** Asserts one edge outside any composition; with `replaces`, takes an earlier one back in the same transaction. */
export async function assertEdge(
  change: Change,
  input: {
    kind: EdgeKind;
    downstream: string;
    upstream: string;
    amount?: number | null | undefined;
    unit?: AmountUnit | null | undefined;
    occurredAt?: Date | null | undefined;
    citation?: CitationInput | null | undefined;
    replaces?: string | null | undefined;
    reason?: string | null | undefined;
  },
): Promise<{ edgeId: bigint }> {
  const { context } = change;
  const [downstream, upstream] = await resolveRefs({ ...context, tx: change.tx }, [
    { ref: input.downstream, path: ['downstream'] },
    { ref: input.upstream, path: ['upstream'] },
  ]);
  if (input.amount != null && input.unit == null)
    throw new InputRefusal(['unit'], 'An amount needs a unit.', 'the unit of the amount');
  const earlier =
    input.replaces == null ? null : await takeBack(change, input.replaces, input.reason ?? null);
  const visibility = narrowest(downstream!.visibility, upstream!.visibility);
  const citationId = await recordCitation(change, input.citation, ['citation'], visibility);
  const [id] = await insertEdges(
    change,
    [
      {
        kind: input.kind,
        downstream: downstream!.id,
        upstream: upstream!.id,
        amount: input.amount ?? null,
        amountUnit: input.amount == null ? null : (input.unit ?? null),
        occurredAt: input.occurredAt ?? null,
        citationId,
        visibility,
      },
    ],
    () => ['upstream'],
  );
  await tellStated(
    change,
    {
      type: 'EDGE_ASSERTED',
      kind: input.kind,
      downstream: labelOf(downstream!),
      upstream: labelOf(upstream!),
    },
    input.reason ?? null,
    { node: downstream!, visibility, tells: { edge: [id!] } },
    earlier,
  );
  return { edgeId: id! };
}

async function takeBack(change: Change, replaces: string, reason: string | null) {
  const { id } = decodeGlobalId(change.context.ids, replaces, ['LineageEdge'], ['replaces']);
  const earlier = await change.context.load(edgeById, id);
  if (earlier === null)
    throw new InputRefusal(['replaces'], 'There is no such edge.', 'an edge that you may see');
  await retractOwn(change, 'LineageEdge', earlier, reason, ['replaces']);
  return { ...earlier, target: 'LineageEdge', nodeId: earlier.downstream, tells: { edge: [id] } };
}
