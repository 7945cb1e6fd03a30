// Small lineages for the tests of the picture, written as sentences.
import {
  carriesMass,
  type EdgeKind,
  type NodeKind,
  type PictureEdge,
  type PictureGraph,
  type PictureNode,
  type Stage,
} from './picture-graph.ts';

const AT = '2026-01-01T00:00:00.000Z';

export function node(id: string, kind: NodeKind, stage: Stage | null = null): PictureNode {
  return { id, ref: id, kind, label: id, recordedAt: AT, retractedAt: null, stage, tokens: null, note: null };
}

export function edge(
  downstream: string,
  kind: EdgeKind,
  upstream: string,
  share: number | null = null,
): PictureEdge {
  return {
    id: `${downstream}-${upstream}`,
    kind,
    mass: carriesMass(kind, undefined),
    downstream,
    upstream,
    share,
    shareUpper: share,
    amount: null,
    unit: null,
    epochs: null,
    contracted: false,
    status: 'ASSERTED',
    recordedAt: AT,
    retractedAt: null,
    occurredAt: null,
    assertedBy: 'someone',
    team: 'a team',
    citation: null,
    disputes: [],
  };
}

export function graph(
  nodes: PictureNode[],
  edges: PictureEdge[],
  rest: Partial<PictureGraph> = {},
): PictureGraph {
  return { root: nodes[0]!.id, nodes, edges, unaccounted: [], knownOn: AT, truncated: null, ...rest };
}

/** A mixture of so many sources, each with the same share. */
export const fanOf = (names: readonly string[]) =>
  graph(
    [node('mix', 'DATASET_VERSION'), ...names.map((name) => node(name, 'SOURCE'))],
    names.map((name) => edge('mix', 'DERIVED_FROM', name, 1 / names.length)),
  );
