import type { Change } from '../access/change.ts';
import type { VisibilityWord } from './node.ts';
import { insertClaimRows } from './record.store.ts';
import { CLAIM_VALUE, type ClaimProperty } from './records.ts';

export type ClaimValues = Partial<Record<ClaimProperty, bigint | number | string | Date | null | undefined>>;

/** Records what is said of a node: one claim for each value that is given. Answers their ids. */
export async function recordClaims(
  change: Change,
  nodeId: bigint,
  values: ClaimValues,
  citationId: bigint | null,
  visibility: VisibilityWord,
): Promise<bigint[]> {
  const claims = Object.entries(values).flatMap(([name, value]) => {
    if (value == null || value === '') return [];
    const property = name as ClaimProperty;
    const kind = CLAIM_VALUE[property];
    return [
      {
        nodeId,
        property,
        number: kind === 'number' ? decimal(value) : null,
        text: kind === 'text' ? String(value) : null,
        time: kind === 'time' ? (value as Date) : null,
      },
    ];
  });
  if (claims.length === 0) return [];
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  return insertClaimRows(change.tx, by, claims, citationId, visibility);
}

/** Whole numbers beyond 2⁵³ come as bigint; a float is written out in full. */
function decimal(value: unknown): string {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value).toString() : String(value);
}
