// How wide something may be that tells of other rows.
import type { VisibilityWord } from '../lineage/node.ts';
import type { Statements } from '../platform/statements.ts';
import { type Guard, seenWherever, widestWithin } from './audience-sight.ts';
import { selectGuardsOfTold, selectTeamsOf, type Told } from './guards.store.ts';
import { narrowest } from './narrowest.ts';

interface By {
  teamId: bigint;
  actorId: bigint;
}

/**
 * The widest visibility, no wider than `own`, in which a row of this author and team tells nobody of something that they
 * do not see; restricted where even its author's team would read of it.
 */
export async function toldVisibility(
  tx: Statements,
  by: By,
  own: VisibilityWord,
  told: Told,
): Promise<VisibilityWord> {
  const guards = await selectGuardsOfTold(tx, told);
  if (guards.length === 0) return own;
  const author: Guard = { ...by, visibility: own, embargoed: false, named: [] };
  const teams = await selectTeamsOf(tx, [author]);
  return narrowest(own, widestWithin(by, guards, teams).visibility);
}

/** Whether everybody who sees a node sees all that is told of. */
export async function seenWithNode(tx: Statements, nodeId: bigint, told: Told): Promise<boolean> {
  const guards = await selectGuardsOfTold(tx, told);
  if (guards.length === 0) return true;
  const [node] = await selectGuardsOfTold(tx, { node: [nodeId] });
  if (node === undefined) return false;
  const teams = await selectTeamsOf(tx, [node]);
  return guards.every((guard) => seenWherever(node, guard, teams));
}
