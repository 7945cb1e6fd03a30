import type { EdgeKind, NodeKind, PictureEdge, PictureGraph, PictureNode } from './picture-graph.ts';

/** A node of the drawn graph: one recorded node, or many siblings folded into one. */
export type DrawnNode = {
  id: string;
  kind: NodeKind;
  /** The recorded nodes it stands for, largest share first; one, unless it is a fold. */
  members: string[];
  folded: boolean;
};

export type DrawnEdge = {
  id: string;
  kind: EdgeKind;
  mass: boolean;
  downstream: string;
  upstream: string;
  /** Null where no edge that it stands for states one. */
  share: number | null;
  shareUpper: number | null;
  /** How many of the edges that it stands for have no share. */
  unknown: number;
  contracted: boolean;
  /** How many of the edges that it stands for are disputed. */
  disputed: number;
  retracted: boolean;
  edges: string[];
};

export type DrawnGraph = { nodes: DrawnNode[]; edges: DrawnEdge[]; foldOf: Map<string, string> };

/** From how many siblings on a fan-out is folded. Models and eval runs are the subject, so they fold late. */
export const FOLD_FROM: Record<NodeKind, number> = {
  SOURCE: 7,
  DATASET_VERSION: 7,
  TRANSFORMATION: 7,
  TRAINING_RUN: 16,
  MODEL_VERSION: 16,
  EVAL_RUN: 16,
  INCIDENT: 16,
};

const KIND_NOUNS: Record<NodeKind, string> = {
  SOURCE: 'sources',
  DATASET_VERSION: 'dataset versions',
  TRANSFORMATION: 'transformations',
  TRAINING_RUN: 'training runs',
  MODEL_VERSION: 'model versions',
  EVAL_RUN: 'eval runs',
  INCIDENT: 'incidents',
};

/** "22 sources": what a fold is called. */
export function foldLabel(kind: NodeKind, count: number): string {
  return `${count.toLocaleString('en')} ${KIND_NOUNS[kind]}`;
}

/**
 * Folds siblings: nodes of one kind that the same nodes depend on. Folding a fan-out of dataset versions makes
 * what stands behind them siblings too, so it goes on until nothing more folds. Nodes in `revealed` stay out,
 * and so does the root. Time is linear in nodes and edges for each level of nesting.
 */
export function collapse(
  graph: PictureGraph,
  revealed: ReadonlySet<string>,
  foldFrom: Record<NodeKind, number> = FOLD_FROM,
): DrawnGraph {
  const kindOf = new Map(graph.nodes.map((n) => [n.id, n]));
  const edges = graph.edges.filter((e) => kindOf.has(e.downstream) && kindOf.has(e.upstream));
  const foldOf = new Map(graph.nodes.map((n) => [n.id, n.id]));
  const marked = new Set(graph.unaccounted.map((u) => u.node));
  for (let changed = true, level = 0; changed && level < 32; level++) {
    changed = foldOnce(graph, edges, foldOf, kindOf, revealed, marked, foldFrom);
  }
  const drawnEdges = joinEdges(edges, foldOf);
  return { nodes: drawNodes(graph.nodes, edges, foldOf), edges: drawnEdges, foldOf };
}

function foldOnce(
  graph: PictureGraph,
  edges: PictureEdge[],
  foldOf: Map<string, string>,
  kindOf: Map<string, PictureNode>,
  revealed: ReadonlySet<string>,
  marked: ReadonlySet<string>,
  foldFrom: Record<NodeKind, number>,
): boolean {
  const dependents = new Map<string, Set<string>>();
  for (const e of edges) {
    const up = foldOf.get(e.upstream)!;
    const down = foldOf.get(e.downstream)!;
    if (up === down) continue;
    const set = dependents.get(up) ?? new Set<string>();
    set.add(`${e.kind} ${down}`);
    dependents.set(up, set);
  }
  const families = new Map<string, string[]>();
  for (const n of graph.nodes) {
    // A node that loses mass shows its own stub, so only sources and datasets may be folded with theirs.
    const subject = n.kind === 'MODEL_VERSION' || n.kind === 'TRAINING_RUN';
    if (n.id === graph.root || revealed.has(n.id) || (subject && marked.has(n.id))) continue;
    const set = dependents.get(foldOf.get(n.id)!);
    if (!set) continue;
    const key = `${n.kind} | ${[...set].sort().join(' ')}`;
    families.set(key, [...(families.get(key) ?? []), n.id]);
  }
  let changed = false;
  for (const members of families.values()) {
    const kind = kindOf.get(members[0]!)!.kind;
    if (members.length < foldFrom[kind]) continue;
    const name = `fold:${[...members].sort()[0]}`;
    if (members.every((m) => foldOf.get(m) === foldOf.get(members[0]!)) && foldOf.get(members[0]!) === name)
      continue;
    for (const m of members) foldOf.set(m, name);
    changed = true;
  }
  return changed;
}

function drawNodes(nodes: PictureNode[], edges: PictureEdge[], foldOf: Map<string, string>): DrawnNode[] {
  const weight = new Map<string, number>();
  for (const e of edges) weight.set(e.upstream, (weight.get(e.upstream) ?? 0) + (e.share ?? 0));
  const drawn = new Map<string, DrawnNode>();
  for (const n of nodes) {
    const id = foldOf.get(n.id)!;
    const known = drawn.get(id);
    if (known) known.members.push(n.id);
    else drawn.set(id, { id, kind: n.kind, members: [n.id], folded: id !== n.id });
  }
  for (const d of drawn.values()) {
    if (d.members.length > 1) d.members.sort((a, b) => (weight.get(b) ?? 0) - (weight.get(a) ?? 0));
  }
  return [...drawn.values()];
}

function joinEdges(edges: PictureEdge[], foldOf: Map<string, string>): DrawnEdge[] {
  const joined = new Map<string, DrawnEdge & { from: Set<string> }>();
  for (const e of edges) {
    const downstream = foldOf.get(e.downstream)!;
    const upstream = foldOf.get(e.upstream)!;
    if (downstream === upstream) continue;
    const key = `${downstream}>${upstream}:${e.kind}`;
    const known = joined.get(key);
    if (!known) {
      joined.set(key, {
        id: key,
        kind: e.kind,
        mass: e.mass,
        downstream,
        upstream,
        share: e.share,
        shareUpper: e.shareUpper ?? e.share,
        unknown: e.share === null ? 1 : 0,
        contracted: e.contracted,
        disputed: e.status === 'DISPUTED' ? 1 : 0,
        retracted: e.status === 'RETRACTED',
        edges: [e.id],
        from: new Set([e.downstream]),
      });
      continue;
    }
    if (e.share === null) known.unknown += 1;
    else {
      known.share = (known.share ?? 0) + e.share;
      known.shareUpper = (known.shareUpper ?? 0) + (e.shareUpper ?? e.share);
    }
    known.contracted = known.contracted && e.contracted;
    if (e.status === 'DISPUTED') known.disputed += 1;
    known.retracted = known.retracted && e.status === 'RETRACTED';
    known.edges.push(e.id);
    known.from.add(e.downstream);
  }
  // Shares of different dependents have different wholes: between folds the mean over them is drawn.
  return [...joined.values()].map(({ from, ...edge }) => ({
    ...edge,
    share: edge.share === null ? null : Math.min(1, edge.share / from.size),
    shareUpper: edge.shareUpper === null ? null : Math.min(1, edge.shareUpper / from.size),
  }));
}
