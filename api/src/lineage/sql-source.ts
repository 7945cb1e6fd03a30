import type { Viewer } from '../access/viewer.ts';
import type { BoundDb } from '../platform/bound-database.ts';
import { selectCounts, selectTagMeasurements } from './facts.store.ts';
import { buildGraph } from './graph.ts';
import { EDGE_KINDS, type EdgeKind } from './kinds.ts';
import { selectApart, selectCompositionsOf, selectNodeFacts } from './lineage.store.ts';
import type { LineageSource } from './lineage-source.ts';
import { selectNodes } from './node.store.ts';
import { type ImpactAnswer, impact } from './reach.ts';
import { selectClosure, selectEdgesFrom, selectStep, selectUpstream } from './search.store.ts';
import { MOST_NODES, whole } from './whole.ts';

/** Whoever asks, and a database that shows them what they see. */
export interface Asking {
  db: BoundDb;
  viewer: Viewer;
}

/** The lineage of one viewer on one moment, by statements: the reference, and what answers while memory does not. */
export function sqlSource({ db, viewer }: Asking, on: Date): LineageSource {
  return {
    closure: (roots, way, kinds, most) => selectClosure(db, viewer, roots, way, kinds, on, most),
    upstream: (roots, followed, kinds, most) =>
      upstreamBySql({ db, viewer }, roots, followed, kinds, on, most),
    step: (from, way, kinds) => selectStep(db, viewer, from, way, kinds, on),
    edgesFrom: (from, way, kinds) => selectEdgesFrom(db, viewer, from, way, kinds, on),
    facts: (ids) => selectNodeFacts(db, viewer, ids, on),
    compositionsOf: (ids) => selectCompositionsOf(db, viewer, ids, on),
    impact: (root) => impactBySql({ db, viewer }, root, on),
    counts: (ids) => selectCounts(db, viewer, ids, on),
    measurements: (ids) => selectTagMeasurements(db, viewer, ids, on),
  };
}

async function upstreamBySql(
  { db, viewer }: Asking,
  roots: readonly bigint[],
  followed: readonly EdgeKind[],
  kinds: readonly EdgeKind[],
  on: Date,
  most: number,
): ReturnType<LineageSource['upstream']> {
  const edges = await selectUpstream(db, viewer, roots, followed, kinds, on, most + 1);
  const ids = new Set<bigint>();
  for (const edge of edges) {
    ids.add(edge.downstream);
    if (followed.includes(edge.kind)) ids.add(edge.upstream);
  }
  // No edge tells of a root that has none.
  const bare = roots.filter((root) => !ids.has(root));
  if (bare.length > 0)
    for (const id of await selectClosure(db, viewer, bare, 'UPSTREAM', [], on, bare.length)) ids.add(id);
  return { ids: [...ids], edges };
}

async function impactBySql({ db, viewer }: Asking, root: bigint, on: Date): Promise<ImpactAnswer> {
  const found = await selectClosure(db, viewer, [root], 'DOWNSTREAM', EDGE_KINDS, on, MOST_NODES + 1);
  const ids = whole(found);
  if (ids.length === 0) return { byKind: new Map(), influenced: new Float64Array(0) };
  const down = await selectEdgesFrom(db, viewer, ids, 'DOWNSTREAM', EDGE_KINDS, on);
  const nodes = await selectNodes(db, viewer, ids);
  const made = nodes.filter(({ kind }) => kind === 'TRANSFORMATION').map(({ id }) => id);
  const apart = await selectApart(db, viewer, made, on);
  const inputs = await selectEdgesFrom(db, viewer, apart, 'UPSTREAM', ['USED'], on);
  const stated = apart.length === 0 ? [] : await selectCompositionsOf(db, viewer, apart, on);
  const isApart = new Set(apart);
  const compositions = stated.filter(({ nodeId }) => isApart.has(nodeId));
  const held = new Set(nodes.map((node) => node.id));
  // Whether a team states anything of one output, inputs say that are not downstream of the root.
  const beyond = await selectNodes(db, viewer, [
    ...new Set(inputs.map((edge) => edge.upstream).filter((id) => !held.has(id))),
  ]);
  for (const { id } of beyond) held.add(id);
  const edges = [...new Map([...down, ...inputs].map((edge) => [edge.id, edge])).values()];
  const graph = buildGraph({
    nodes: [...nodes, ...beyond].map(({ id, kind, recordedAt }) => ({
      id,
      kind,
      recordedAt: recordedAt.getTime(),
    })),
    edges: edges
      .filter((edge) => held.has(edge.downstream) && held.has(edge.upstream))
      .map((edge) => ({
        ...edge,
        compositionId: isApart.has(edge.downstream) ? edge.compositionId : null,
        recordedAt: edge.recordedAt.getTime(),
      })),
    compositions: compositions.map((c) => ({ ...c, node: c.nodeId, recordedAt: c.recordedAt.getTime() })),
  });
  return impact(graph, root);
}
