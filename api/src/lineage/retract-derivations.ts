import type { Change } from '../access/change.ts';
import { retractEdgesOfComposition, retractRow, selectDerivations } from './assertions.store.ts';

/** Takes back the acting team's derivations of a dataset version, because how it was made is now recorded. */
export async function retractDerivations(change: Change, nodeId: bigint): Promise<void> {
  const { tx, by } = change;
  const reason = 'How it was made has been recorded.';
  for (const { id, type } of await selectDerivations(tx, change.teamId, nodeId)) {
    if (type === 'Composition') await retractEdgesOfComposition(tx, id, by.actorId, reason);
    await retractRow(tx, type, id, by.actorId, reason);
  }
}
