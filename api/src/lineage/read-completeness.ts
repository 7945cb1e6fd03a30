import type { Context } from '../context.ts';
import type { PageArguments } from '../platform/page.ts';
import { pageOfList } from '../platform/page-of-list.ts';
import { CARRIERS, type Completeness, completeness } from './completeness.ts';
import { knownOn } from './known-on.ts';
import { loadUpstream, upstreamOf } from './load-graph.ts';
import { selectNewestModelVersions } from './node.store.ts';
import type { LineageNodeRow } from './node.ts';
import { largestUnknowns, type UnknownStage } from './unknowns.ts';
import { type On, on } from './views.ts';

/** How complete what is known of a node's mass is, on the viewer's part of the graph; null where there is no mass. */
export async function readCompleteness(
  context: Context,
  node: LineageNodeRow,
  asked: Date | null | undefined,
): Promise<On<Completeness> | null> {
  if (!CARRIERS.has(node.kind)) return null;
  const moment = await context.knownOn(asked);
  if (!knownOn(node, moment)) return null;
  const loaded = await upstreamOf(context, node.id, moment);
  const found = loaded && completeness(loaded.graph, node.id);
  return found && on(found, moment);
}

/** How many model versions are looked at for what is unaccounted: each has a whole lineage behind it. */
export const MOST_LOOKED_AT = 500;

export interface UnknownStageView extends UnknownStage {
  readonly node: LineageNodeRow;
  readonly knownOn: Date;
}

/**
 * A page of what is unaccounted in the training of the model versions that the viewer may see, see
 * `largestUnknowns`. Of more than 500 model versions, the newest are looked at, and `cut` says so.
 */
export async function readLargestUnknowns(context: Context, args: PageArguments) {
  const moment = await context.knownOn();
  const newest = await selectNewestModelVersions(context.db, context.viewer, moment, MOST_LOOKED_AT + 1);
  const looked = newest.slice(0, MOST_LOOKED_AT).map((node) => node.id);
  const { graph, nodes } = await loadUpstream(context, looked, moment);
  const found = largestUnknowns(
    graph,
    looked.filter((id) => nodes.has(id)),
  );
  const page = pageOfList(context, found, (stage) => stage.key, args);
  return {
    ...page,
    nodes: page.nodes.map((stage) => ({
      ...stage,
      node: nodes.get(stage.modelVersion)!,
      knownOn: moment,
    })),
    lookedAt: looked.length,
    cut: newest.length > looked.length,
    knownOn: moment,
  };
}
