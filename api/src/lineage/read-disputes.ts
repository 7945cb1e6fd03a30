// Who disagrees with what was asserted.
import type { Context } from '../context.ts';
import { groupRows, type LoaderOf } from '../platform/loader.ts';
import { selectDisputesOf } from './assertions.store.ts';
import { knownOn } from './known-on.ts';
import type { Disputable, DisputeRow } from './records.ts';
import { allOn, type DisputeView } from './views.ts';

const keyOf = (of: Disputable, id: bigint) => `${of}:${id}`;

function ofDispute({ edgeId, claimId, compositionId, nodeId }: DisputeRow): string {
  if (edgeId !== null) return keyOf('edge', edgeId);
  if (claimId !== null) return keyOf('claim', claimId);
  return compositionId === null ? keyOf('node', nodeId!) : keyOf('composition', compositionId);
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
    return groupRows(await selectDisputesOf(context.db, context.viewer, targets), ofDispute);
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
