import type { Context } from '../context.ts';
import type { PageArguments } from '../platform/page.ts';
import { pageOfList } from '../platform/page-of-list.ts';
import type { NodeKind } from './kinds.ts';
import type { LineageSource } from './lineage-source.ts';
import type { LineageNodeRow } from './node.ts';
import type { ImpactAnswer, ReachedIds } from './reach.ts';
import { sourceOn } from './source-on.ts';
import { nodeOn } from './views.ts';

export interface ImpactView {
  source: LineageSource;
  answer: ImpactAnswer;
  knownOn: Date;
}

/** The blast radius of a node on the viewer's part of the graph. */
export async function readImpact(
  context: Context,
  root: LineageNodeRow,
  asked: Date | null | undefined,
): Promise<ImpactView> {
  const on = await context.knownOn(asked);
  const source = await sourceOn(context, on);
  return { source, answer: await source.impact(root.id), knownOn: on };
}

const NONE: ReachedIds = new Float64Array(0);

/** A page of what an impact reached: of one kind, or, with null, of what other groups reached; nearest first. */
export async function impactPage(
  context: Pick<Context, 'cursors'>,
  view: ImpactView,
  kind: NodeKind | null,
  args: PageArguments,
) {
  const { byKind, influenced } = view.answer;
  const reached = kind === null ? influenced : (byKind.get(kind) ?? NONE);
  const { nodes: ids, page, totalCount } = pageOfList<number>(context, reached, String, args);
  const facts = new Map((await view.source.facts(ids.map(BigInt))).map((node) => [Number(node.id), node]));
  // One that was hidden since it was reached is left out.
  const shown = ids.flatMap((id, place) => (facts.has(id) ? [{ id, place }] : []));
  return {
    nodes: shown.map(({ id }) => nodeOn(facts.get(id)!, view.knownOn)),
    page: { ...page, size: shown.length, cursorOf: (i: number) => page.cursorOf(shown[i]!.place) },
    totalCount,
  };
}
