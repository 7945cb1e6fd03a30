import type { Context } from '../context.ts';
import type { PageArguments } from '../platform/page.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '../platform/page.ts';
import { InputRefusal } from '../platform/refusal.ts';
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
  const first = args.first ?? DEFAULT_PAGE;
  if (first < 0 || first > LARGEST_PAGE)
    throw new InputRefusal(['first'], `first must be from 0 to ${LARGEST_PAGE}.`, `0 to ${LARGEST_PAGE}`);
  const start = args.after == null ? 0 : placeAfter(context, reached, args.after);
  const asked = [...reached.subarray(start, start + first)];
  const facts = new Map((await view.source.facts(asked.map(BigInt))).map((node) => [Number(node.id), node]));
  // One that was hidden since it was reached is left out.
  const part = asked.filter((id) => facts.has(id));
  return {
    nodes: part.map((id) => nodeOn(facts.get(id)!, view.knownOn)),
    page: {
      cursors: part.map((id) => context.cursors.seal([String(id)])),
      hasNextPage: start + first < reached.length,
      hasPreviousPage: start > 0,
    },
    totalCount: async () => reached.length,
  };
}

function placeAfter(context: Pick<Context, 'cursors'>, reached: ReachedIds, cursor: string): number {
  const [after] = context.cursors.open(cursor) ?? [];
  const place = reached.indexOf(Number(after));
  if (place === -1)
    throw new InputRefusal(
      ['after'],
      'The cursor is not one of this list.',
      'a cursor from pageInfo or edges',
    );
  return place + 1;
}
