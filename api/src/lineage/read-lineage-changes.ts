import type { Context } from '../context.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { selectDisputesBetween } from './assertions.store.ts';
import type { Direction } from './graph.ts';
import { DEFAULT_VIA, type EdgeGroup, type EdgeKind, kindsOf, MASS_KINDS } from './kinds.ts';
import {
  type LineageState,
  lineageChanges,
  lineageState,
  NO_LINEAGE,
  type Part,
  type Weight,
} from './lineage-changes.ts';
import { loadRows } from './load-graph.ts';
import type { LoadedGraph } from './loaded-graph.ts';
import type { LineageNodeRow } from './node.ts';
import { checkLimit, linkOf } from './read-lineage.ts';
import { nodesByIds } from './read-nodes.ts';
import type { CompositionRecord } from './records.ts';
import { type RetractionRow, selectRetractions } from './retractions.store.ts';
import type { Way } from './search.store.ts';
import { sourceOn } from './source-on.ts';
import { DEFAULT_LIMIT, MAX_LIMIT } from './traversal.ts';
import { type CompositionView, type DisputeView, type EdgeView, nodeOn } from './views.ts';

export interface LineageChangesArguments {
  direction: Direction;
  since: Date;
  until?: Date | null | undefined;
  via?: readonly EdgeGroup[] | null | undefined;
  limit?: number | null | undefined;
}

export interface RemovalView {
  /** Null where it still holds. */
  retraction: RetractionRow | null;
}
export interface NodeRemovalView extends RemovalView {
  node: LineageNodeRow;
  replacedBy: LineageNodeRow | null;
}
export interface EdgeRemovalView extends RemovalView {
  edge: EdgeView;
}
export interface ShareChangeView {
  edge: EdgeView;
  before: Weight;
  after: Weight;
}
export interface LineageDisputeView {
  dispute: DisputeView;
  edge: EdgeView | null;
  composition: CompositionView | null;
}

export interface LineageChangesView {
  node: LineageNodeRow;
  direction: Direction;
  since: Date;
  until: Date;
  nodesAdded: LineageNodeRow[];
  nodesRemoved: NodeRemovalView[];
  edgesAdded: EdgeView[];
  edgesRemoved: EdgeRemovalView[];
  sharesChanged: ShareChangeView[];
  disputes: LineageDisputeView[];
  truncated: { lists: { field: string; shown: number; total: number }[]; partial: boolean } | null;
}

/** The lineage of a thing on one moment, with the rows behind it. */
interface Then {
  on: Date;
  state: LineageState;
  loaded: LoadedGraph;
}

/**
 * What changed in the lineage of a node between two moments of record, on the viewer's part of the graph.
 * InputRefusal where the moments stand the wrong way round, and for limits outside 1 to 50,000.
 */
export async function readLineageChanges(
  context: Context,
  root: LineageNodeRow,
  args: LineageChangesArguments,
): Promise<LineageChangesView> {
  const limit = args.limit ?? DEFAULT_LIMIT;
  checkLimit(limit);
  const since = await context.knownOn(args.since);
  const until = await context.knownOn(args.until);
  if (since > until || (args.until != null && args.since > args.until))
    throw new InputRefusal(['since'], 'It is later than until.', 'a moment before until');
  const via = args.via ?? DEFAULT_VIA;
  const before = await stateOn(context, root, since, args.direction, via);
  const after = await stateOn(context, root, until, args.direction, via);
  const found = lineageChanges(before.state, after.state, await ownTimes(context, before, after));
  const cut = new Cut(limit);
  const added = cut.to('nodesAdded', found.nodesAdded);
  const edgesAdded = cut.to('edgesAdded', found.edgesAdded);
  const changed = cut.to('sharesChanged', found.sharesChanged);
  const removed = {
    nodes: cut.to('nodesRemoved', found.nodesRemoved),
    edges: cut.to('edgesRemoved', found.edgesRemoved),
  };
  const disputes = cut.to('disputes', await disputesOf(context, found.edges, before, after));
  return {
    node: nodeOn(root, until),
    direction: args.direction,
    since,
    until,
    nodesAdded: added.map((id) => after.loaded.nodes.get(id)!),
    edgesAdded: edgesAdded.map((id) => linkOf(after.loaded, id)),
    sharesChanged: changed.map(({ edge, ...weights }) => ({ edge: linkOf(after.loaded, edge), ...weights })),
    ...(await removals(context, removed, before, until)),
    disputes,
    truncated: cut.told(!before.state.whole || !after.state.whole),
  };
}

async function stateOn(
  context: Context,
  root: LineageNodeRow,
  on: Date,
  direction: Direction,
  via: readonly EdgeGroup[],
): Promise<Then> {
  const source = await sourceOn(context, on);
  const kinds = kindsOf(via);
  const reach = (way: Way) => source.closure([root.id], way, kinds, MAX_LIMIT + 1);
  const up = direction === 'DOWNSTREAM' ? [] : await reach('UPSTREAM');
  const down = direction === 'UPSTREAM' ? [] : await reach('DOWNSTREAM');
  const reached = [...new Set([...up, ...down])];
  const upward = { ids: reached, kinds: [...new Set<EdgeKind>([...kinds, ...MASS_KINDS])] };
  const loaded = await loadRows(source, on, [root.id], upward, { ids: down, kinds });
  const state = reached.length === 0 ? NO_LINEAGE : lineageState(loaded.graph, root.id, direction, via);
  return { on, state, loaded };
}

/** What was itself recorded or retracted in between: asked for only where a lineage is too large to know it all. */
async function ownTimes(context: Context, before: Then, after: Then) {
  const source = await sourceOn(context, after.on);
  const candidates = after.state.whole ? [] : before.state.nodes;
  const gone = new Set(
    (await source.facts(candidates)).filter((n) => isPast(n.retractedAt, after.on)).map((n) => n.id),
  );
  const came = (what: Part, id: bigint): boolean => {
    const row = what === 'node' ? after.loaded.nodes.get(id) : after.loaded.edges.get(id);
    return row !== undefined && row.recordedAt > before.on;
  };
  const went = (what: Part, id: bigint): boolean => {
    if (what === 'node') return gone.has(id);
    const edge = before.loaded.edges.get(id);
    if (edge === undefined) return false;
    return isPast(edge.retractedAt, after.on) || gone.has(edge.downstream) || gone.has(edge.upstream);
  };
  return { came, went };
}

function isPast(moment: Date | null, on: Date): boolean {
  return moment !== null && moment <= on;
}

/** Cuts lists to a limit, and remembers what it cut. */
class Cut {
  readonly lists: { field: string; shown: number; total: number }[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  to<T>(field: string, list: readonly T[]): T[] {
    const shown = list.slice(0, this.#limit);
    if (shown.length < list.length) this.lists.push({ field, shown: shown.length, total: list.length });
    return shown;
  }

  told(partial: boolean): LineageChangesView['truncated'] {
    return this.lists.length === 0 && !partial ? null : { lists: this.lists, partial };
  }
}

async function removals(
  context: Context,
  removed: { nodes: readonly bigint[]; edges: readonly bigint[] },
  before: Then,
  until: Date,
): Promise<Pick<LineageChangesView, 'nodesRemoved' | 'edgesRemoved'>> {
  const { db, viewer } = context;
  const retracted = async (what: Part) =>
    new Map((await selectRetractions(db, viewer, what, removed[`${what}s`], until)).map((r) => [r.id, r]));
  const nodes = await retracted('node');
  const edges = await retracted('edge');
  const replacements = new Map(
    (await nodesByIds(context, [...new Set([...nodes.values()].flatMap((r) => r.replacedBy ?? []))])).map(
      (node) => [node.id, nodeOn(node, until)],
    ),
  );
  return {
    nodesRemoved: removed.nodes.map((id) => {
      const retraction = nodes.get(id) ?? null;
      const replacedBy = replacements.get(retraction?.replacedBy ?? 0n) ?? null;
      return { node: before.loaded.nodes.get(id)!, retraction, replacedBy };
    }),
    edgesRemoved: removed.edges.map((id) => ({
      edge: linkOf(before.loaded, id),
      retraction: edges.get(id) ?? null,
    })),
  };
}

/** Disputes of the edges of either lineage, and of the statements that these are part of; in the order of record. */
async function disputesOf(
  context: Context,
  edges: readonly bigint[],
  before: Then,
  after: Then,
): Promise<LineageDisputeView[]> {
  const { db, viewer } = context;
  const stated = new Map<bigint, CompositionView>();
  const links = new Map<bigint, LoadedGraph>();
  for (const { loaded, on } of [before, after]) {
    for (const id of edges) {
      const edge = loaded.edges.get(id);
      if (edge === undefined) continue;
      links.set(id, loaded);
      const composition = statementOf(loaded, edge.compositionId);
      if (composition !== undefined) stated.set(composition.id, { ...composition, knownOn: on });
    }
  }
  const between = (of: 'edge' | 'composition', ids: readonly bigint[]) =>
    selectDisputesBetween(db, viewer, of, ids, before.on, after.on);
  const rows = [...(await between('edge', edges)), ...(await between('composition', [...stated.keys()]))];
  return rows
    .sort((a, b) => +a.recordedAt - +b.recordedAt || (a.id < b.id ? -1 : 1))
    .map((dispute) => ({
      dispute: { ...dispute, knownOn: after.on },
      edge: dispute.edgeId === null ? null : linkOf(links.get(dispute.edgeId)!, dispute.edgeId),
      composition: dispute.compositionId === null ? null : stated.get(dispute.compositionId)!,
    }));
}

function statementOf(loaded: LoadedGraph, id: bigint | null): CompositionRecord | undefined {
  return id === null ? undefined : loaded.compositions.get(id);
}
