import type { Change } from '../access/change.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { InputRefusal } from '../platform/refusal.ts';
import type { CitationInput } from './inputs.ts';
import { retractOwn } from './may-retract.ts';
import { claimById } from './read-assertions.ts';
import { checkUrl, recordCitation } from './record-citation.ts';
import { recordClaims } from './record-claims.ts';
import { CLAIM_VALUE, type ClaimProperty, labelOf } from './records.ts';
import { resolveRef } from './resolve-refs.ts';

interface Value {
  property: ClaimProperty;
  number?: number | null | undefined;
  text?: string | null | undefined;
  time?: Date | null | undefined;
}

/** Says something of a node; with `replaces`, takes an earlier claim back in the same transaction. */
export async function assertClaim(
  change: Change,
  input: Value & {
    node: string;
    citation?: CitationInput | null | undefined;
    replaces?: string | null | undefined;
    reason?: string | null | undefined;
  },
): Promise<{ claimId: bigint }> {
  const { context } = change;
  const node = await resolveRef({ ...context, tx: change.tx }, input.node, ['node']);
  const value = claimedValue(input);
  if (input.replaces != null) {
    const { id } = decodeGlobalId(context.ids, input.replaces, ['Claim'], ['replaces']);
    const earlier = await context.load(claimById, id);
    if (earlier === null || earlier.nodeId !== node.id || earlier.property !== input.property) {
      throw new InputRefusal(
        ['replaces'],
        'This is no claim of that property of that thing.',
        'such a claim',
      );
    }
    await retractOwn(change, 'Claim', earlier, input.reason ?? null, ['replaces']);
  }
  const citationId = await recordCitation(change, input.citation, ['citation'], node.visibility);
  const [id] = await recordClaims(change, node.id, { [input.property]: value }, citationId, node.visibility);
  await change.event(
    {
      type: 'CLAIM_ASSERTED',
      node: labelOf(node),
      property: input.property,
      value: value instanceof Date ? value.toISOString() : String(value),
      replaced: input.replaces != null,
      reason: input.reason ?? null,
    },
    { nodes: [node.id], visibility: node.visibility },
  );
  return { claimId: id! };
}

/** The one value that the property takes; every count is a whole number from 0 on. */
function claimedValue(input: Value): number | string | Date {
  const wanted = CLAIM_VALUE[input.property];
  for (const name of ['number', 'text', 'time'] as const) {
    if (name !== wanted && input[name] != null)
      throw new InputRefusal([name], `${input.property} is no ${name}.`, `the value as ${wanted}`);
  }
  const value = input[wanted];
  if (value == null || value === '')
    throw new InputRefusal([wanted], `A claim of ${input.property} needs a value.`, `the value as ${wanted}`);
  if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0))
    throw new InputRefusal(['number'], `${value} is no count.`, 'a whole number, zero or more');
  if (input.property === 'URL') checkUrl(String(value), ['text']);
  return value;
}
