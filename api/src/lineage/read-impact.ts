import type { Context } from '../context.ts';
import type { PageArguments } from '../platform/page.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../platform/page.ts';
import { InputRefusal } from '../platform/refusal.ts';
import type { NodeKind } from './kinds.ts';
import { downstreamOf, type LoadedGraph } from './load-graph.ts';
import type { LineageNodeRow } from './node.ts';
import { type ImpactAnswer, impact } from './reach.ts';

export interface ImpactView {
  loaded: LoadedGraph | null;
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
  const loaded = await downstreamOf(context, root.id, on);
  const answer = loaded === null ? { byKind: new Map(), influenced: [] } : impact(loaded.graph, root.id);
  return { loaded, answer, knownOn: on };
}

/** A page of what an impact reached: of one kind, or, with null, of what other groups reached; nearest first. */
export function impactPage(
  context: Pick<Context, 'cursors'>,
  view: ImpactView,
  kind: NodeKind | null,
  args: PageArguments,
) {
  const reached = kind === null ? view.answer.influenced : (view.answer.byKind.get(kind) ?? []);
  const first = args.first ?? DEFAULT_PAGE;
  if (first < 0 || first > LARGEST_PAGE)
    throw new InputRefusal(['first'], `first must be from 0 to ${LARGEST_PAGE}.`, `0 to ${LARGEST_PAGE}`);
  let start = 0;
  if (args.after != null) {
    const [after] = context.cursors.open(args.after) ?? [];
    start = reached.findIndex((node) => String(node.id) === after) + 1;
    if (start === 0)
      throw new InputRefusal(
        ['after'],
        'The cursor is not one of this list.',
        'a cursor from pageInfo or edges',
      );
  }
  const part = reached.slice(start, start + first);
  return {
    nodes: part.map((node) => view.loaded!.nodes.get(node.id)!),
    page: {
      cursors: part.map((node) => context.cursors.seal([String(node.id)])),
      hasNextPage: start + first < reached.length,
      hasPreviousPage: start > 0,
    },
    totalCount: async () => reached.length,
  };
}
