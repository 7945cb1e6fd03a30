import { type LoadedGraph, type RowsById, weighable } from '../loaded-graph.ts';
import { nodeOn } from '../views.ts';
import type { ColumnsGraph } from './columns-graph.ts';
import type { Stated } from './composition-table.ts';
import type { Sight } from './sight.ts';

/** Rows that are read from the columns when they are asked for, each once. */
function readOnce<R>(has: (id: bigint) => boolean, read: (id: bigint) => R): RowsById<R> {
  const rows = new Map<bigint, R>();
  return {
    has,
    get(id) {
      let row = rows.get(id);
      if (row === undefined && has(id)) {
        row = read(id);
        rows.set(id, row);
      }
      return row;
    },
  };
}

/**
 * A graph from the columns with its rows. Nodes keep their places, and edges are found again where a compaction moved
 * them; a row is told as it stands when it is first asked for.
 */
export function loadedFromColumns(
  sight: Sight,
  { graph, nodePlaces, edgePlaces, stated }: ColumnsGraph,
  on: Date,
): LoadedGraph {
  const { nodes, edges, compositions: statements } = sight.graph;
  const weighed = weighable(graph);
  let byId: Map<bigint, Stated> | null = null;
  const statedAs = (id: bigint) => {
    byId ??= new Map(graph.compositions.map((composition, i) => [composition.id, stated[i]!]));
    return byId.get(id);
  };
  return {
    ...weighed,
    on,
    nodes: readOnce(
      (id) => graph.indexOf.has(id),
      (id) => nodeOn(nodes.row(nodePlaces[graph.indexOf.get(id)!]!), on),
    ),
    edges: readOnce(
      (id) => weighed.place(id) !== undefined,
      (id) => {
        const at = weighed.place(id)!;
        const here = edges.ids.values[edgePlaces[at]!] === Number(id);
        const place = here ? edgePlaces[at]! : edges.find(Number(id), nodePlaces[graph.edgeDown[at]!]!);
        return edges.record(place, nodes, statements);
      },
    ),
    compositions: readOnce(
      (id) => statedAs(id) !== undefined,
      (id) => statements.record(statedAs(id)!, nodes),
    ),
  };
}
