import type { Context } from '../context.ts';
import { type ExposureRanges, exposureRanges, type RangedGrouping } from './exposure-range.ts';
import { EDGE_KINDS } from './kinds.ts';
import { loadUpstream } from './load-graph.ts';
import type { RowsById } from './loaded-graph.ts';
import type { LineageNodeRow } from './node.ts';
import { type Examined, type ReachedApart, reachedApart } from './reached-apart.ts';

export interface LotsView {
  /** What of each lot is known on the moment, in the order given. */
  readonly lots: readonly (readonly Examined[])[];
  ranges(lot: number, by: RangedGrouping): ExposureRanges[];
  /** What the first lot reaches only with the help of other groups. */
  apart(): ReachedApart[];
  readonly nodes: RowsById<LineageNodeRow>;
}

/**
 * Loads everything upstream of two lots of model versions and their eval runs, by every group, on the viewer's part.
 * InputRefusal where that is too much.
 */
export async function readLots(
  context: Context,
  lots: readonly [readonly Examined[], readonly Examined[]],
  on: Date,
): Promise<LotsView> {
  const roots = [...new Set(lots.flat().flatMap(({ model, evalRuns }) => [model, ...evalRuns]))];
  const everything = { followed: EDGE_KINDS, kinds: EDGE_KINDS };
  const { graph, nodes } = await loadUpstream(context, roots, on, everything);
  const known = (lot: readonly Examined[]): Examined[] =>
    lot
      .filter(({ model }) => nodes.has(model))
      .map(({ model, evalRuns }) => ({ model, evalRuns: evalRuns.filter((run) => nodes.has(run)) }));
  const [first, second] = [known(lots[0]), known(lots[1])];
  const held = [first, second];
  return {
    lots: held,
    ranges: (lot, by) =>
      exposureRanges(
        graph,
        held[lot]!.map(({ model }) => model),
        by,
      ),
    apart: () => reachedApart(graph, first, second),
    nodes,
  };
}
