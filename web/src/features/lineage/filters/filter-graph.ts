import type { PictureEdge, PictureGraph, Stage } from '../picture-graph.ts';

/** From where a part of the graph was reached, and which way. */
export type Start = { id: string; way: 'UPSTREAM' | 'DOWNSTREAM' };

export type LineageFilter = {
  /** Empty for all. */
  stages: ReadonlySet<Stage>;
  /** Links that carry less than this are left out; those whose share is not known stay. */
  share: number | null;
  /** The dataset versions that carry the chosen tag; null where none is chosen. */
  carriers: ReadonlySet<string> | null;
};

export type Filtered = { graph: PictureGraph; hiddenNodes: number; hiddenEdges: number };

/**
 * What a filter leaves of a graph: always the root, and only what can still be reached from it, so that nothing
 * hangs in the air. What is left out is counted.
 */
export function filterGraph(graph: PictureGraph, starts: readonly Start[], filter: LineageFilter): Filtered {
  let left = graph;
  if (filter.stages.size > 0) left = ofStages(left, starts, filter.stages);
  if (filter.share !== null) left = ofShare(left, starts, filter.share);
  if (filter.carriers) left = keeping(left, onTheWay(left, starts, filter.carriers));
  return {
    graph: left,
    hiddenNodes: graph.nodes.length - left.nodes.length,
    hiddenEdges: graph.edges.length - left.edges.length,
  };
}

type Step = (id: string) => readonly PictureEdge[];

/** Everything that can be reached from the given nodes, themselves included. */
function reach(from: Iterable<string>, step: Step, next: (e: PictureEdge) => string): Set<string> {
  const seen = new Set(from);
  const queue = [...seen];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const edge of step(at)) {
      const to = next(edge);
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return seen;
}

function walker(edges: readonly PictureEdge[]) {
  const up = new Map<string, PictureEdge[]>();
  const down = new Map<string, PictureEdge[]>();
  for (const e of edges) {
    push(up, e.downstream, e);
    push(down, e.upstream, e);
  }
  const walk = (from: Iterable<string>, way: Start['way']) =>
    way === 'UPSTREAM'
      ? reach(
          from,
          (id) => up.get(id) ?? [],
          (e) => e.upstream,
        )
      : reach(
          from,
          (id) => down.get(id) ?? [],
          (e) => e.downstream,
        );
  return { walk, up };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const against = (way: Start['way']): Start['way'] => (way === 'UPSTREAM' ? 'DOWNSTREAM' : 'UPSTREAM');

/** The nodes on any way from a start to a target; the first start is the root and always there. */
function onTheWay(graph: PictureGraph, starts: readonly Start[], targets: ReadonlySet<string>): Set<string> {
  const { walk } = walker(graph.edges);
  const kept = new Set([graph.root]);
  for (const { id, way } of starts) {
    if (!kept.has(id)) continue;
    const reached = walk([id], way);
    const found = [...targets].filter((t) => reached.has(t));
    for (const node of walk(found, against(way))) if (reached.has(node)) kept.add(node);
  }
  return kept;
}

function ofShare(graph: PictureGraph, starts: readonly Start[], least: number): PictureGraph {
  const enough = (share: number | null) => share === null || share >= least;
  const edges = graph.edges.filter((e) => !e.mass || enough(e.shareUpper ?? e.share));
  const left = { ...graph, edges, unaccounted: graph.unaccounted.filter((u) => enough(u.shareUpper)) };
  const { walk } = walker(edges);
  const kept = new Set([graph.root]);
  for (const { id, way } of starts) if (kept.has(id)) for (const node of walk([id], way)) kept.add(node);
  return keeping(left, kept);
}

/** The training runs of the stages, what leads to them, and what they alone used: not what earlier runs had seen. */
function ofStages(graph: PictureGraph, starts: readonly Start[], stages: ReadonlySet<Stage>): PictureGraph {
  const runs = new Set(graph.nodes.filter((n) => n.stage && stages.has(n.stage)).map((n) => n.id));
  const kept = onTheWay(graph, starts, runs);
  const { walk, up } = walker(graph.edges);
  const found = [...runs].filter((id) => kept.has(id));
  const ownData = (id: string) => (up.get(id) ?? []).filter((e) => e.kind !== 'INITIALIZED_FROM');
  for (const way of new Set(starts.map((s) => s.way))) {
    const beyond = way === 'UPSTREAM' ? reach(found, ownData, (e) => e.upstream) : walk(found, way);
    for (const id of beyond) kept.add(id);
  }
  const others = new Set(graph.nodes.filter((n) => n.stage && !stages.has(n.stage)).map((n) => n.id));
  // What a run of another stage used is left out, also where a run of these stages used the same.
  const edges = graph.edges.filter((e) => !(others.has(e.downstream) && e.mass));
  const unaccounted = graph.unaccounted.filter((u) => !others.has(u.node));
  return keeping({ ...graph, edges, unaccounted }, kept);
}

function keeping(graph: PictureGraph, kept: ReadonlySet<string>): PictureGraph {
  return {
    ...graph,
    nodes: graph.nodes.filter((n) => kept.has(n.id)),
    edges: graph.edges.filter((e) => kept.has(e.downstream) && kept.has(e.upstream)),
    unaccounted: graph.unaccounted.filter((u) => kept.has(u.node)),
  };
}
