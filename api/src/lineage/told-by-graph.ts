// For tests: all that a loaded graph tells, in a form that can be compared whichever engine it is from.
import type { LoadedGraph } from './loaded-graph.ts';

/** Edges and compositions stand in their order; nodes have none. Of a row, what every slice knows of it. */
export function toldBy({ graph, nodes, edges, compositions }: LoadedGraph) {
  return {
    nodes: new Map(graph.nodes.map((node) => [node.id, { ...node, tags: new Set(node.tags) }])),
    edges: graph.edges.map((edge) => ({
      ...{ id: edge.id, kind: edge.kind, downstream: edge.downstream, upstream: edge.upstream },
      ...{ compositionId: edge.compositionId, amount: edge.amount, amountUnit: edge.amountUnit },
      ...{ epochs: edge.epochs, recordedAt: edge.recordedAt },
    })),
    compositions: graph.compositions.map((one) => ({
      ...{ id: one.id, node: one.node, outputId: one.outputId, teamId: one.teamId, unit: one.unit },
      ...{ basis: one.basis, total: one.total, complete: one.complete, inputsHidden: one.inputsHidden },
      recordedAt: one.recordedAt,
    })),
    nodeRows: new Map(graph.nodes.map(({ id }) => [id, nodeRow(nodes.get(id)!)])),
    edgeRows: graph.edges.map(({ id }) => edges.get(id)),
    compositionRows: graph.compositions.map(({ id }) => compositions.get(id)),
  };
}

function nodeRow(row: NonNullable<ReturnType<LoadedGraph['nodes']['get']>>) {
  const { id, kind, namespace, name, version, digest, citationId, visibility, teamId, actorId } = row;
  const { recordedAt, retractedAt, retractedBy, replacedBy } = row;
  const about = { id, kind, namespace, name, version, digest, citationId, visibility, teamId, actorId };
  return { ...about, recordedAt, retractedAt, retractedBy, replacedBy };
}
