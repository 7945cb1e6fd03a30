import { words } from '../../ui/numbers.ts';
import type { PictureGraph, PictureNode } from './picture-graph.ts';

/**
 * Writes a transformation into the box of the one dataset version that it made, so that the picture needs no
 * column for it: what it used becomes what the version came from. One that made several versions, or that was
 * asked about, or a version that also names other origins, stays as it is. The table shows every step.
 */
export function absorbTransformations(graph: PictureGraph): PictureGraph {
  const nodes = new Map(graph.nodes.map((n) => [n.id, n]));
  const dependents = new Map<string, string[]>();
  const origins = new Map<string, number>();
  for (const e of graph.edges) {
    if (nodes.get(e.upstream)?.kind === 'TRANSFORMATION') {
      dependents.set(e.upstream, [...(dependents.get(e.upstream) ?? []), e.downstream]);
    }
    if (e.kind === 'GENERATED_BY' || e.kind === 'DERIVED_FROM' || e.kind === 'USED') {
      origins.set(e.downstream, (origins.get(e.downstream) ?? 0) + 1);
    }
  }
  const into = new Map<string, string>();
  for (const [transformation, made] of dependents) {
    const [only] = made;
    if (transformation === graph.root || made.length !== 1 || only === undefined) continue;
    if (nodes.get(only)?.kind === 'DATASET_VERSION' && origins.get(only) === 1)
      into.set(transformation, only);
  }
  if (into.size === 0) return graph;
  const madeBy = new Map([...into].map(([transformation, made]) => [made, nodes.get(transformation)!]));
  const to = (id: string) => into.get(id) ?? id;
  return {
    ...graph,
    nodes: graph.nodes.filter((n) => !into.has(n.id)).map((n) => withMaker(n, madeBy.get(n.id))),
    edges: graph.edges
      .filter((e) => !into.has(e.upstream))
      .map((e) => ({ ...e, downstream: to(e.downstream) })),
    // What is lost in a transformation is lost to the version that it made: both say so, once is enough.
    unaccounted: [
      ...new Map(
        graph.unaccounted.map((u) => [`${to(u.node)} ${u.reason}`, { ...u, node: to(u.node) }]),
      ).values(),
    ],
  };
}

function withMaker(node: PictureNode, maker: PictureNode | undefined): PictureNode {
  if (!maker) return node;
  const effect = maker.note && maker.note !== 'Unknown' ? `${words(maker.note)}: ` : 'By ';
  return { ...node, note: `${effect}${maker.label}` };
}
