import type { Change } from '../access/change.ts';
import { retractEdgesOfComposition, retractRow, selectDerivations } from './assertions.store.ts';

/**
 * Takes back the acting team's derivations of a dataset version, because how it was made is now recorded. Answers
 * how many edges that were.
 */
export async function retractDerivations(change: Change, nodeId: bigint): Promise<number> {
  const { tx, by } = change;
  const reason = 'How it was made has been recorded.';
  const held = await selectDerivations(tx, { teamId: change.teamId, actorId: by.actorId }, nodeId);
  const compositions = new Set(held.flatMap((edge) => edge.compositionId ?? []));
  for (const id of compositions) {
    await retractEdgesOfComposition(tx, id, by.actorId, reason);
    await retractRow(tx, 'Composition', id, by.actorId, reason);
  }
  for (const edge of held) {
    if (edge.compositionId === null) await retractRow(tx, 'LineageEdge', edge.edgeId, by.actorId, reason);
  }
  return held.length;
}
