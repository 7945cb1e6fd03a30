// The nodes behind the groups that an exposure, or the difference of two mixtures, is split by.
import type { Context } from '../context.ts';
import type { ExposureGroupKind } from './exposure.ts';
import { nodeById } from './read-nodes.ts';
import { nodeOn, type On } from './views.ts';

/** A node as known on the moment of the answer that names it; null where it is not, or is not visible. */
export async function nodeThen(context: Context, id: bigint | null, knownOn: Date) {
  const node = id === null ? null : await context.load(nodeById, id);
  return node && nodeOn(node, knownOn);
}

/** The node of a group where it is of the kind asked for. */
export function groupOf(
  context: Context,
  of: On<{ groupKind: ExposureGroupKind | null; group: bigint | null }>,
  kind: ExposureGroupKind,
) {
  return of.groupKind === kind ? nodeThen(context, of.group, of.knownOn) : null;
}
