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
import { tellStated } from './tell-statements.ts';

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
  const earlier = input.replaces == null ? null : await takeBack(change, node.id, input, input.replaces);
  const citationId = await recordCitation(change, input.citation, ['citation'], node.visibility);
  const [id] = await recordClaims(change, node.id, { [input.property]: value }, citationId, node.visibility);
  await tellStated(
    change,
    {
      type: 'CLAIM_ASSERTED',
      node: labelOf(node),
      property: input.property,
      value: value instanceof Date ? value.toISOString() : String(value),
    },
    input.reason ?? null,
    { node, visibility: node.visibility, tells: {} },
    earlier,
  );
  return { claimId: id! };
}

async function takeBack(
  change: Change,
  nodeId: bigint,
  input: { property: ClaimProperty; reason?: string | null | undefined },
  replaces: string,
) {
  const { id } = decodeGlobalId(change.context.ids, replaces, ['Claim'], ['replaces']);
  const earlier = await change.context.load(claimById, id);
  if (earlier === null || earlier.nodeId !== nodeId || earlier.property !== input.property)
    throw new InputRefusal(['replaces'], 'This is no claim of that property of that thing.', 'such a claim');
  await retractOwn(change, 'Claim', earlier, input.reason ?? null, ['replaces']);
  return { ...earlier, target: 'Claim', tells: { claim: [id] } };
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
