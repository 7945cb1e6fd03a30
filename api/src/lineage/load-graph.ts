import type { Context } from '../context.ts';
import { buildGraph } from './graph.ts';
import { unheldOf } from './held-statements.ts';
import { DEFAULT_VIA, type EdgeKind, kindsOf } from './kinds.ts';
import { knownOn } from './known-on.ts';
import type { NodeFacts } from './lineage.store.ts';
import type { LineageSource } from './lineage-source.ts';
import { loadsAt } from './load-at.ts';
import { type LoadedGraph, weighable } from './loaded-graph.ts';
import type { LineageNodeRow } from './node.ts';
import type { CompositionRecord, EdgeRecord } from './records.ts';
import { kindsFollowed, reach } from './resident/closure.ts';
import { columnsGraph } from './resident/columns-graph.ts';
import { loadedFromColumns } from './resident/loaded-from-columns.ts';
import type { Sight } from './resident/sight.ts';
import { sightOn } from './source-on.ts';
import { sqlSource } from './sql-source.ts';
import { nodeOn } from './views.ts';
import { MOST_NODES, tooMuch, whole } from './whole.ts';

/** Rows that were loaded one by one. */
export interface LoadedRows extends LoadedGraph {
  /** Nodes whose upstream edges are loaded. */
  readonly expanded: ReadonlySet<bigint>;
}

/** Beside what is followed: who wrote a text. */
const NOTED: readonly EdgeKind[] = ['SYNTHESIZED_BY'];

/**
 * Loads the edges from some nodes with everything that the computations need; from the database in six statements
 * whatever the size. Roots are loaded even where they were not known on the moment.
 */
export async function loadRows(
  source: LineageSource,
  on: Date,
  roots: readonly bigint[],
  up: { ids: readonly bigint[]; kinds: readonly EdgeKind[]; edges?: readonly EdgeRecord[] },
  down: { ids: readonly bigint[]; kinds: readonly EdgeKind[] },
): Promise<LoadedRows> {
  const upward = up.edges ?? (await source.edgesFrom(up.ids, 'UPSTREAM', up.kinds));
  const downward = await source.edgesFrom(down.ids, 'DOWNSTREAM', down.kinds);
  const read = new Map([...upward, ...downward].map((edge) => [edge.id, edge]));
  const stated = await source.compositionsOf(up.ids);
  const found = withoutUnheld([...read.values()], downward, stated, new Set(roots));
  const ids = new Set([...roots, ...up.ids, ...down.ids]);
  for (const edge of found) ids.add(edge.downstream).add(edge.upstream);
  const all = [...ids];
  const isRoot = new Set(roots);
  const facts = (await source.facts(all)).filter((node) => isRoot.has(node.id) || knownOn(node, on));
  const nodes = new Map<bigint, LineageNodeRow>(facts.map((node) => [node.id, nodeOn(node, on)]));
  const compositions = stated.filter((c) => nodes.has(c.nodeId));
  const edges = new Map(
    found
      .filter((edge) => nodes.has(edge.downstream) && nodes.has(edge.upstream))
      .map((edge) => [edge.id, edge]),
  );
  const counts = await source.counts(all);
  const tags = await source.measurements(all);
  const graph = buildGraph({
    nodes: facts.map((node) => ({
      id: node.id,
      kind: node.kind,
      recordedAt: node.recordedAt.getTime(),
      ...kindFacts(node),
      counts: counts.get(node.id) ?? [],
      tokensSeen: (counts.get(node.id) ?? []).filter((c) => c.unit === 'TOKENS').map((c) => c.value),
      tags: tags.get(node.id) ?? [],
    })),
    edges: [...edges.values()].map((edge) => ({ ...edge, recordedAt: edge.recordedAt.getTime() })),
    compositions: compositions.map((c) => ({
      ...c,
      node: c.nodeId,
      recordedAt: c.recordedAt.getTime(),
    })),
  });
  return {
    ...weighable(graph),
    on,
    nodes,
    edges,
    compositions: new Map(compositions.map((c) => [c.id, c])),
    expanded: new Set(up.ids),
  };
}

/**
 * Edges but for those of statements that hold of no output with which their transformation was reached: what is stated of
 * one says nothing of another. A transformation that was asked for, or was reached by a statement, has it.
 */
function withoutUnheld(
  edges: readonly EdgeRecord[],
  downward: readonly EdgeRecord[],
  stated: readonly CompositionRecord[],
  roots: ReadonlySet<bigint>,
): readonly EdgeRecord[] {
  const apart = new Set(stated.filter((c) => c.outputId !== null).map((c) => c.nodeId));
  for (const root of roots) apart.delete(root);
  if (apart.size === 0) return edges;
  const outputs = new Map<bigint, Set<bigint>>([...apart].map((node) => [node, new Set()]));
  const naming = new Set<bigint>();
  for (const { kind, upstream, downstream, compositionId } of edges) {
    if (kind === 'GENERATED_BY') outputs.get(upstream)?.add(downstream);
    if (compositionId !== null && apart.has(downstream)) naming.add(compositionId);
  }
  const unheld = new Set<bigint>();
  for (const [node, made] of outputs) {
    const about = stated.filter((c) => c.nodeId === node && naming.has(c.id));
    for (const one of unheldOf(about, made)) unheld.add(one.id);
  }
  for (const { compositionId } of downward) if (compositionId !== null) unheld.delete(compositionId);
  return edges.filter(({ compositionId }) => compositionId === null || !unheld.has(compositionId));
}

function kindFacts({ effect, stage, startedFrom, family, outputs }: NodeFacts) {
  return { effect, stage, startedFrom, family, outputs: outputs ?? 0 };
}

/** What a lineage follows upstream unless it is asked for other groups. */
export const UPSTREAM_KINDS = kindsOf(DEFAULT_VIA);

/** What is read upstream of some nodes. */
export interface Upstream {
  /** The kinds of edges by which it is reached. */
  followed: readonly EdgeKind[];
  /** The kinds of edges that are read of what was reached. */
  kinds: readonly EdgeKind[];
}

const OWN: Upstream = { followed: UPSTREAM_KINDS, kinds: [...UPSTREAM_KINDS, ...NOTED] };

/**
 * Everything upstream of some nodes in one graph, by DATA and OBSERVATION unless other kinds are told. InputRefusal where
 * that is too much.
 */
export async function loadUpstream(
  context: Context,
  roots: readonly bigint[],
  on: Date,
  what = OWN,
): Promise<LoadedGraph> {
  const sight = await sightOn(context, on);
  return sight === null
    ? upstreamBySql(sqlSource(context, on), roots, on, what)
    : upstreamInMemory(sight, roots, on, what);
}

/** The same from the database. */
export async function upstreamBySql(
  source: LineageSource,
  roots: readonly bigint[],
  on: Date,
  { followed, kinds } = OWN,
): Promise<LoadedGraph> {
  const { ids, edges } = await source.upstream(roots, followed, kinds, MOST_NODES);
  return loadRows(source, on, roots, { ids: whole(ids), kinds, edges }, { ids: [], kinds: [] });
}

/** The same from the columns of memory, at once. */
export function upstreamInMemory(
  sight: Sight,
  roots: readonly bigint[],
  on: Date,
  { followed, kinds } = OWN,
): LoadedGraph {
  const { nodes } = sight.graph;
  const starts = roots
    .map((id) => nodes.index.get(Number(id)))
    .filter((at) => at !== -1 && sight.nodeSeen(at));
  const reached = reach(sight, starts, 'UPSTREAM', kindsFollowed(followed), MOST_NODES + 1);
  if (reached.length > MOST_NODES) throw tooMuch();
  return loadedFromColumns(sight, columnsGraph(sight, starts, reached, kindsFollowed(kinds), 'ALL'), on);
}

/** The graph upstream of a node; nodes asked about in one tick share one. Null where the node is not visible. */
export const upstreamOf = loadsAt<LoadedGraph | null>(
  'upstreamOf',
  () => null,
  async (context, ids, on) => {
    const loaded = await loadUpstream(context, ids, on);
    return new Map(ids.filter((id) => loaded.nodes.has(id)).map((id) => [id, loaded]));
  },
);
