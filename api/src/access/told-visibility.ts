// How wide something may be that tells of other rows.
import type { EventSubject } from '../audit-log/event.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import type { Statements } from '../platform/statements.ts';
import { type Guard, seenWhoeverIsNamed, widestWithin } from './audience-sight.ts';
import {
  allTold,
  selectGuardsOfInputs,
  selectGuardsOfTold,
  selectTeamsOf,
  type Told,
} from './guards.store.ts';
import { narrowest } from './narrowest.ts';
import type { Viewer } from './viewer.ts';

interface By {
  teamId: bigint;
  actorId: bigint;
}

/**
 * How an event is told of nodes that tells of other rows, too: as wide as it is where everybody who sees the nodes sees
 * those, and whoever is named on the nodes later will; else apart, in the widest visibility in which it tells nobody of
 * something that they do not see, which is to its author alone where even its team would read of it.
 */
export async function toldTogether(
  tx: Statements,
  by: By,
  { nodes = [], visibility = 'MEMBERS' }: EventSubject,
  tells: Told,
): Promise<{ visibility: VisibilityWord; apart: boolean }> {
  // Whoever tells of something sees it, by whatever right.
  const told = (await selectGuardsOfTold(tx, tells)).map((guard) => ({
    ...guard,
    named: [...guard.named, by.actorId],
  }));
  if (told.length === 0) return { visibility, apart: false };
  const those = nodes.length === 0 ? [] : await selectGuardsOfTold(tx, { node: nodes });
  if (those.length > 0 && (await seenByAllOf(tx, those, told))) return { visibility, apart: false };
  const author: Guard = { ...by, visibility, embargoed: false, named: [] };
  const teams = await selectTeamsOf(tx, [author]);
  return { visibility: narrowest(visibility, widestWithin(by, told, teams).visibility), apart: true };
}

/** Whether nobody who would read an event about `tells` is kept from it where it tells of `more`, too. */
export async function toldAlike(
  tx: Statements,
  by: By,
  subject: EventSubject,
  tells: Told,
  more: Told,
): Promise<boolean> {
  const one = await toldTogether(tx, by, subject, tells);
  const both = await toldTogether(tx, by, subject, allTold(tells, more));
  return one.visibility === both.visibility && one.apart === both.apart;
}

/** Whether everybody who sees a node sees all that is told of, and whoever is named on it later will. */
export async function seenWithNode(tx: Statements, nodeId: bigint, tells: Told): Promise<boolean> {
  const told = await selectGuardsOfTold(tx, tells);
  return told.length === 0 || seenByAllOf(tx, await selectGuardsOfTold(tx, { node: [nodeId] }), told);
}

/** Whether a node is under an embargo that has not ended. */
export async function isEmbargoed(tx: Statements, nodeId: bigint): Promise<boolean> {
  const [guard] = await selectGuardsOfTold(tx, { node: [nodeId] });
  return guard?.embargoed ?? false;
}

/**
 * Of the inputs of a composition of a node the edges that have to be told of where it is: whoever sees none of them sees no
 * composition. So they are all that the viewer who tells of it sees, unless everybody who sees the node sees one of them.
 * What the viewer does not see decides nothing: they would read from how wide it is told that it exists.
 */
export async function inputsToTell(
  tx: Statements,
  viewer: Viewer,
  nodeId: bigint,
  compositionId: bigint,
): Promise<bigint[]> {
  const those = await selectGuardsOfTold(tx, { node: [nodeId] });
  const inputs = await selectGuardsOfInputs(tx, viewer, compositionId);
  const teams = await selectTeamsOf(tx, those);
  const isSeen = (guards: readonly Guard[]) =>
    guards.every((wide) => those.every((narrow) => seenWhoeverIsNamed(narrow, wide, teams)));
  return [...inputs.values()].some(isSeen) ? [] : [...inputs.keys()];
}

async function seenByAllOf(
  tx: Statements,
  those: readonly Guard[],
  told: readonly Guard[],
): Promise<boolean> {
  const teams = await selectTeamsOf(tx, those);
  return those.every((narrow) => told.every((wide) => seenWhoeverIsNamed(narrow, wide, teams)));
}
