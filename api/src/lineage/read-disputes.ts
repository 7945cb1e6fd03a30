// Who disagrees with what was asserted.
import type { Context } from '../context.ts';
import { groupRows, type LoaderOf } from '../platform/loader.ts';
import { selectDisputesOf } from './assertions.store.ts';
import { knownOn } from './known-on.ts';
import type { Disputable, DisputeRow } from './records.ts';
import { allOn, type DisputeView } from './views.ts';

const keyOf = (of: Disputable, id: bigint) => `${of}:${id}`;

/** What a dispute is of: the database has it be of one thing. */
export function targetOfDispute(dispute: DisputeRow): { of: Disputable; id: bigint } {
  const { edgeId, claimId, compositionId, nodeId } = dispute;
  if (edgeId !== null) return { of: 'edge', id: edgeId };
  if (claimId !== null) return { of: 'claim', id: claimId };
  return compositionId === null ? { of: 'node', id: nodeId! } : { of: 'composition', id: compositionId };
}

/** By what is disputed, of whatever kind: an edge is asked about together with the composition that it is part of. */
const disputesOfTarget: LoaderOf<Context, string, DisputeRow[]> = {
  name: 'disputesOfTarget',
  absent: () => [],
  batch: async (context, keys) => {
    const targets = new Map<Disputable, bigint[]>();
    for (const key of keys) {
      const [of, id] = key.split(':') as [Disputable, string];
      const ids = targets.get(of);
      if (ids === undefined) targets.set(of, [BigInt(id)]);
      else ids.push(BigInt(id));
    }
    return groupRows(await selectDisputesOf(context.db, context.viewer, targets), (dispute) => {
      const { of, id } = targetOfDispute(dispute);
      return keyOf(of, id);
    });
  },
};

/** Who disagreed on a moment with any of these, which the viewer sees; in the order of record. */
export async function disputesOn(
  context: Context,
  targets: Readonly<Partial<Record<Disputable, bigint | null>>>,
  on: Date,
): Promise<DisputeView[]> {
  const keys = Object.entries(targets).flatMap(([of, id]) => (id == null ? [] : keyOf(of as Disputable, id)));
  const found = await Promise.all(keys.map((key) => context.load(disputesOfTarget, key)));
  const known = found.flat().filter((dispute) => knownOn(dispute, on));
  if (found.length > 1) known.sort((a, b) => +a.recordedAt - +b.recordedAt || (a.id < b.id ? -1 : 1));
  return allOn(known, on);
}
