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

type Pair = { share: number | null; shareUpper: number | null; downstream: string };
type Joining = Omit<DrawnEdge, 'share' | 'shareUpper' | 'unknown'> & { pairs: Map<string, Pair> };

function joinEdges(edges: PictureEdge[], foldOf: Map<string, string>): DrawnEdge[] {
  const joined = new Map<string, Joining>();
  for (const e of edges) {
    const downstream = foldOf.get(e.downstream)!;
    const upstream = foldOf.get(e.upstream)!;
    if (downstream === upstream) continue;
    const id = `${downstream}>${upstream}:${e.kind}`;
    const begun = joined.get(id);
    const edge = begun ?? beginning(id, e, downstream, upstream);
    if (!begun) joined.set(id, edge);
    addPair(edge.pairs, e);
    edge.contracted = edge.contracted && e.contracted;
    if (e.status === 'DISPUTED') edge.disputed += 1;
    edge.retracted = edge.retracted && e.status === 'RETRACTED';
    edge.edges.push(e.id);
  }
  return [...joined.values()].map(withShares);
}

function beginning(id: string, e: PictureEdge, downstream: string, upstream: string): Joining {
  const { kind, mass, contracted } = e;
  return {
    id,
    kind,
    mass,
    downstream,
    upstream,
    contracted,
    disputed: 0,
    retracted: true,
    edges: [],
    pairs: new Map(),
  };
}

/** Two parties' statements of one link are one link, whose share is a range: nothing is added up twice. */
function addPair(pairs: Map<string, Pair>, e: PictureEdge): void {
  const key = `${e.downstream} ${e.upstream}`;
  const upper = e.shareUpper ?? e.share;
  const known = pairs.get(key);
  if (!known || known.share === null) {
    pairs.set(key, { share: e.share, shareUpper: upper, downstream: e.downstream });
  } else if (e.share !== null) {
    known.share = Math.min(known.share, e.share);
    known.shareUpper = Math.max(known.shareUpper ?? 0, upper ?? 0);
  }
}

/** Shares of different dependents have different wholes: between folds the mean over them is drawn. */
function withShares({ pairs, ...edge }: Joining): DrawnEdge {
  const all = [...pairs.values()];
  const known = all.filter((p) => p.share !== null);
  const wholes = new Set(all.map((p) => p.downstream)).size;
  const mean = (of: (p: Pair) => number) =>
    known.length === 0 ? null : Math.min(1, known.reduce((sum, p) => sum + of(p), 0) / wholes);
  return {
    ...edge,
    share: mean((p) => p.share ?? 0),
    shareUpper: mean((p) => p.shareUpper ?? 0),
    unknown: all.length - known.length,
  };
}
