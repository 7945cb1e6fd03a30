import { LINEAGE_TYPE } from '../../lineage/lineage-types.ts';
import { formatNodeRef } from '../../lineage/node-ref.ts';
import { labelOf } from '../../lineage/records.ts';
import type { LineageAnswer } from './lineage-answer.ts';
import { below, type Fields, listOf, moment, number, objectWriter, plain, string } from './object-writer.ts';
import type { Selected } from './selected.ts';

type F = Fields<LineageAnswer>;

const nodeColumn = (answer: LineageAnswer, node: number) => answer.upstream.nodePlace(node);

/** The fields of every LineageNode that the columns of memory hold. */
export const NODE_FIELDS: F = {
  __typename: () => (answer, node) => plain(LINEAGE_TYPE[answer.nodeKind(node)]),
  id: () => (answer, node) => plain(answer.nodeId(node)),
  kind: () => (answer, node) => plain(answer.nodeKind(node)),
  label: () => (answer, node) => string(labelOf(answer.name(node))),
  ref: () => (answer, node) => {
    const { name, ...rest } = answer.name(node);
    return string(
      name === null ? answer.nodeId(node) : formatNodeRef({ ...rest, name, kind: answer.nodeKind(node) }),
    );
  },
  recordedAt: () => (answer, node) =>
    moment(answer.sight.graph.nodes.recordedAt.values[nodeColumn(answer, node)]!),
  // A later retraction was not known on the moment of the answer.
  retractedAt: () => () => 'null',
  visibility: () => (answer, node) => {
    const { nodes, standings } = answer.sight.graph;
    return plain(standings.at(nodes.standings.values[nodeColumn(answer, node)]!).visibility);
  },
};

const end = (selected: Selected, of: (answer: LineageAnswer, edge: number) => number) => {
  const write = objectWriter(below(selected), NODE_FIELDS);
  return (answer: LineageAnswer, edge: number) => answer.once(write, of(answer, edge));
};

const share = (value: number): string => (Number.isNaN(value) ? 'null' : number(value));
const stated = (answer: LineageAnswer, edge: number) =>
  answer.sight.graph.edges.amount(answer.upstream.edgePlace(edge));

const EDGE_FIELDS: F = {
  __typename: () => () => '"LineageEdge"',
  id: () => (answer, edge) => plain(answer.edgeId(edge)),
  kind: () => (answer, edge) => plain(answer.edgeKind(edge)),
  downstream: (selected) => end(selected, ({ upstream }, edge) => upstream.graph.edgeDown[edge]!),
  upstream: (selected) => end(selected, ({ upstream }, edge) => upstream.graph.edgeUp[edge]!),
  share: () => (answer, edge) => share(answer.upstream.shares().lower[edge]!),
  shareUpper: () => (answer, edge) => share(answer.upstream.shares().upper[edge]!),
  amount: () => (answer, edge) => number(stated(answer, edge).amount),
  unit: () => (answer, edge) => plain(stated(answer, edge).amountUnit),
  epochs: () => (answer, edge) => number(stated(answer, edge).epochs),
  contracted: () => () => 'false',
  recordedAt: () => (answer, edge) =>
    moment(answer.sight.graph.edges.recordedAt.values[answer.upstream.edgePlace(edge)]!),
  retractedAt: () => () => 'null',
  occurredAt: () => (answer, edge) =>
    moment(answer.sight.graph.edges.occurredAt(answer.upstream.edgePlace(edge))),
};

/** The fields of a LineageGraph that is whole; the place is that of its root. */
export const GRAPH_FIELDS: F = {
  __typename: () => () => '"LineageGraph"',
  root: (selected) => objectWriter(below(selected), NODE_FIELDS),
  nodes: (selected) => {
    const write = objectWriter(below(selected), NODE_FIELDS);
    return (answer) => listOf(write, answer.upstream.nodes, answer);
  },
  edges: (selected) => {
    const write = objectWriter(below(selected), EDGE_FIELDS);
    return (answer) => listOf(write, answer.upstream.edges, answer);
  },
  knownOn: () => (answer) => moment(answer.on.getTime()),
  truncated: (selected) => {
    // Null, but what is asked of it must be known to be there.
    below(selected);
    return () => 'null';
  },
};
