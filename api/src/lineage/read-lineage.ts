import type { Context } from '../context.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { unaccountedAt } from './edge-share.ts';
import type { Direction } from './graph.ts';
import {
  DEFAULT_VIA,
  type EdgeGroup,
  type EdgeKind,
  kindsOf,
  MASS_KINDS,
  type NodeKind,
  type UnaccountedReason,
} from './kinds.ts';
import type { LineageSource, Standpoint } from './lineage-source.ts';
import { type LoadedRows, loadRows, loadUpstream } from './load-graph.ts';
import type { LoadedGraph } from './loaded-graph.ts';
import type { LineageNodeRow } from './node.ts';
import { lineage, type ShortestPath, shortestPath } from './reach.ts';
import type { Way } from './search.store.ts';
import { shortestPaths } from './shortest-paths.ts';
import { sourceOn } from './source-on.ts';
import { DEFAULT_LIMIT, MAX_LIMIT } from './traversal.ts';
import type { EdgeView } from './views.ts';

export interface LineageArguments {
  direction: Direction;
  via?: readonly EdgeGroup[] | null;
  kinds?: readonly NodeKind[] | null;
  maxDepth?: number | null;
  limit?: number | null;
  /** Of the nodes next to the root, as many as an earlier answer gave. */
  skip?: number | null;
  knownOn?: Date | null;
}

export interface LineageGraphView {
  root: LineageNodeRow;
  nodes: LineageNodeRow[];
  edges: EdgeView[];
  knownOn: Date;
  truncated: { reason: string; frontier: LineageNodeRow[]; skip: number | null } | null;
  /** Worked out when asked for: it takes longer than all else together. */
  unaccounted(): { node: LineageNodeRow; share: number; shareUpper: number; reason: UnaccountedReason }[];
}

/** Depths up to this many edges are searched level by level; deeper ones as if there were no depth. */
const SHALLOW = 8;
/** With kinds selected, how many nodes of any kind are looked at. */
const LOOKED_AT = 2 * MAX_LIMIT;
/** How often nodes of an answer whose own edges were not read are read then; what is left says so. */
const READ_AGAIN = 4;
/** How many nodes upstream of a part of the lineage are looked at to tell what its nodes leave unaccounted. */
const MADE_OF = 20_000;

/**
 * The lineage of a node, as docs/lineage.md says under "Where an answer is cut", on the viewer's part of the graph.
 * InputRefusal for limits outside 1 to 50,000, and for a depth or a number to skip below 0.
 */
export async function readLineage(
  context: Context,
  root: LineageNodeRow,
  args: LineageArguments,
): Promise<LineageGraphView> {
  const on = await context.knownOn(args.knownOn);
  const limit = args.limit ?? DEFAULT_LIMIT;
  const maxDepth = args.maxDepth ?? null;
  const skip = args.skip ?? 0;
  checkLimit(limit);
  checkDepth(maxDepth);
  if (skip < 0) throw new InputRefusal(['skip'], 'A number to skip is not negative.', '0 or more');
  const via = args.via ?? DEFAULT_VIA;
  const kinds = kindsOf(via);
  const most = args.kinds == null ? limit + 1 : LOOKED_AT;
  const source = await sourceOn(context, on);
  const reach = (way: Way) => reachOf(source, root.id, way, kinds, maxDepth, most);
  const up = args.direction === 'DOWNSTREAM' ? NOTHING : await reach('UPSTREAM');
  const down = args.direction === 'UPSTREAM' ? NOTHING : await reach('DOWNSTREAM');
  const reached = [...new Set([...up.ids, ...down.ids])];
  const whole = args.direction === 'UPSTREAM' && !up.cut && via.includes('DATA');
  const made = whole ? [] : await source.closure(reached, 'UPSTREAM', MASS_KINDS, MADE_OF);
  const options = { direction: args.direction, via, kinds: args.kinds ?? null, maxDepth, limit };
  const load = (read: readonly bigint[]) =>
    loadRows(
      source,
      on,
      [root.id],
      {
        ids: [...new Set([...reached, ...read, ...made])],
        kinds: [...new Set<EdgeKind>([...kinds, ...MASS_KINDS, 'SYNTHESIZED_BY'])],
      },
      { ids: args.direction === 'UPSTREAM' ? [] : [...new Set([...down.ids, ...read])], kinds },
    );
  const read = new Set(reached);
  const readDown = new Set(down.ids);
  const answerOf = ({ graph, expanded }: LoadedRows) =>
    lineage(graph, root.id, {
      ...options,
      skip,
      expanded: { up: (id) => expanded.has(id), down: (id) => readDown.has(id) },
    });
  let loaded = await load([]);
  let answer = answerOf(loaded);
  // Of a first level that is too wide, others may be kept than those by which it was reached; and what was reached by
  // statements about another output is none of the lineage. What lies beyond them decides where it can be continued.
  const readAgain: bigint[] = [];
  for (let times = 0; times < READ_AGAIN; times += 1) {
    const unread = answer.nodes.map(({ id }) => id).filter((id) => !read.has(id));
    if (unread.length === 0) break;
    readAgain.push(...unread);
    for (const id of unread) {
      read.add(id);
      readDown.add(id);
    }
    loaded = await load(readAgain);
    answer = answerOf(loaded);
  }
  const row = (id: bigint) => loaded.nodes.get(id)!;
  const asked = JSON.stringify([context.ids.encode('LineageEdge', root.id), options]);
  const returned = answer.nodes.map((node) => node.id);
  const knownNodes = returned.filter((id) => loaded.expanded.has(id));
  const complete = made.length < MADE_OF;
  return {
    root: row(root.id),
    nodes: returned.map(row),
    edges: answer.links.map((link) => {
      const record = link.edge === null ? null : loaded.edges.get(link.edge)!;
      return {
        id: link.edge ?? 0n,
        kind: record?.kind ?? 'DERIVED_FROM',
        downstream: link.downstream,
        upstream: link.upstream,
        record,
        share: link.share,
        shareUpper: link.shareUpper,
        ...(record === null ? { answer: asked } : {}),
        nodes: loaded.nodes,
        knownOn: on,
      };
    }),
    knownOn: on,
    truncated: answer.truncated && {
      reason: answer.truncated.reason,
      frontier: answer.truncated.frontier.map(row),
      skip: answer.truncated.skip,
    },
    // What changed proportions lose depends on all that lies upstream; every other loss on the node's own inputs.
    unaccounted: () =>
      unaccountedAt(loaded.graph, knownNodes)
        .filter((loss) => complete || loss.reason !== 'PROPORTIONS_CHANGED')
        .map((loss) => ({ ...loss, node: row(loss.node) })),
  };
}

/** InputRefusal where a limit is not from 1 to 50,000. */
export function checkLimit(limit: number): void {
  if (limit < 1 || limit > MAX_LIMIT)
    throw new InputRefusal(['limit'], `A limit is a number from 1 to ${MAX_LIMIT}.`, `1 to ${MAX_LIMIT}`);
}

function checkDepth(maxDepth: number | null): void {
  if (maxDepth !== null && maxDepth < 0)
    throw new InputRefusal(['maxDepth'], 'A depth is not negative.', '0 or more');
}

interface Reached {
  ids: bigint[];
  /** More may be reached than is in `ids`. */
  cut: boolean;
}
const NOTHING: Reached = { ids: [], cut: false };

async function reachOf(
  source: LineageSource,
  root: bigint,
  way: Way,
  kinds: readonly EdgeKind[],
  maxDepth: number | null,
  most: number,
): Promise<Reached> {
  if (maxDepth === null || maxDepth > SHALLOW) {
    const ids = await source.closure([root], way, kinds, most);
    return { ids, cut: ids.length >= most };
  }
  const seen = new Set(await source.closure([root], way, [], 1));
  let frontier: readonly Standpoint[] = [...seen].map((id) => ({ id, by: null }));
  const stood = new Set<string>();
  for (let depth = 0; depth < maxDepth && frontier.length > 0 && seen.size < most; depth += 1) {
    const step = await source.step(frontier, way, kinds);
    frontier = step.filter(({ id, by }) => {
      const isNew = !seen.has(id) || (by !== null && !stood.has(`${id} ${by}`));
      if (by !== null) stood.add(`${id} ${by}`);
      return isNew;
    });
    for (const { id } of frontier) seen.add(id);
  }
  return { ids: [...seen], cut: true };
}

export interface LineagePathView {
  direction: 'UPSTREAM' | 'DOWNSTREAM';
  nodes: LineageNodeRow[];
  edges: EdgeView[];
  knownOn: Date;
  share: number | null;
}

/** The shortest path between two nodes, upstream first; null where the viewer can see none. */
export async function readPath(
  context: Context,
  from: LineageNodeRow,
  to: LineageNodeRow,
  asked: Date | null | undefined,
): Promise<LineagePathView | null> {
  const on = await context.knownOn(asked);
  const loaded = await loadUpstream(context, [from.id, to.id], on);
  const path = shortestPath(loaded.graph, from.id, to.id);
  if (path === null) return null;
  return pathView(loaded, path);
}

/** At most so many paths between two nodes. */
export const MOST_PATHS = 10;

/** The `first` shortest paths between two nodes, see `shortestPaths`. InputRefusal where they are not 1 to 10. */
export async function readPaths(
  context: Context,
  from: LineageNodeRow,
  to: LineageNodeRow,
  first: number,
  asked: Date | null | undefined,
): Promise<LineagePathView[]> {
  if (first < 1 || first > MOST_PATHS) {
    const expected = `1 to ${MOST_PATHS}`;
    throw new InputRefusal(['first'], `The number of paths is from ${expected}.`, expected);
  }
  const loaded = await loadUpstream(context, [from.id, to.id], await context.knownOn(asked));
  return shortestPaths(loaded.graph, from.id, to.id, first).map((path) => pathView(loaded, path));
}

function pathView(loaded: LoadedGraph, path: ShortestPath): LineagePathView {
  return {
    direction: path.direction,
    nodes: path.nodes.map((id) => loaded.nodes.get(id)!),
    edges: path.edges.map((id) => linkOf(loaded, id)),
    knownOn: loaded.on,
    share: path.share,
  };
}

/** An edge of a loaded graph with its share. */
export function linkOf(loaded: LoadedGraph, id: bigint): EdgeView {
  const record = loaded.edges.get(id)!;
  return { ...record, record, ...shareOf(loaded, id), knownOn: loaded.on };
}

/** The weight of an edge in a loaded graph; nulls where it has none, or is not in it. */
export function shareOf(
  loaded: LoadedGraph | null,
  edge: bigint,
): { share: number | null; shareUpper: number | null } {
  const place = loaded?.place(edge);
  const share = place === undefined ? Number.NaN : loaded!.shares().lower[place]!;
  if (Number.isNaN(share)) return { share: null, shareUpper: null };
  return { share, shareUpper: loaded!.shares().upper[place!]! };
}
