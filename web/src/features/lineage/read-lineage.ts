import type {
  LineageEdgePartsFragment,
  LineageNodePartsFragment,
  LineageQuery,
} from '../../graphql/generated/graphql.ts';
import { words } from '../../ui/numbers.ts';
import {
  carriesMass,
  type NodeKind,
  type PictureEdge,
  type PictureGraph,
  type PictureNode,
} from './picture-graph.ts';

type Answer = NonNullable<LineageQuery['lineageNode']>['lineage'];

/** The API's answer as plain data; an edge whose end is not among the nodes is left to the frontier. */
export function readLineage(answer: Answer): PictureGraph {
  const asked = answer.nodes.find(({ id }) => id === answer.root.id)?.ref;
  const skip = answer.truncated?.skip ?? null;
  return {
    root: answer.root.id,
    ...readParts(answer.nodes, answer.edges),
    unaccounted: answer.unaccounted.map((u) => ({
      node: u.node.id,
      reason: u.reason,
      share: withoutDust(u.share),
      shareUpper: withoutDust(u.shareUpper),
    })),
    knownOn: answer.knownOn,
    truncated: answer.truncated && {
      reason: answer.truncated.reason,
      frontier: answer.truncated.frontier.map((f) => f.ref),
      ...(asked !== undefined && skip !== null && { skip: { [asked]: skip } }),
    },
  };
}

export function readParts(
  nodeParts: readonly LineageNodePartsFragment[],
  edgeParts: readonly LineageEdgePartsFragment[],
): Pick<PictureGraph, 'nodes' | 'edges'> {
  const nodes = nodeParts.map(readNode);
  const known = new Map(nodes.map((n) => [n.id, n.kind]));
  const edges = edgeParts
    .filter((e) => known.has(e.downstream.id) && known.has(e.upstream.id))
    .map((e) => readEdge(e, known.get(e.downstream.id)));
  return { nodes, edges };
}

function readEdge(e: LineageEdgePartsFragment, downstream: NodeKind | undefined): PictureEdge {
  const mass = carriesMass(e.kind, downstream);
  return {
    ...e,
    mass,
    share: e.share ?? (mass && e.kind === 'GENERATED_BY' ? 1 : null),
    downstream: e.downstream.id,
    upstream: e.upstream.id,
    assertedBy: e.assertedBy.name,
    team: e.team.name,
    disputes: e.disputes.map(({ targetKind, ...d }) => ({
      ...d,
      by: d.by.name,
      ofStatement: targetKind === 'COMPOSITION',
    })),
  };
}

function readNode(n: LineageNodePartsFragment): PictureNode {
  const run = n.__typename === 'TrainingRun' ? n : null;
  return {
    id: n.id,
    ref: n.ref,
    kind: n.kind,
    label: n.label,
    recordedAt: n.recordedAt,
    retractedAt: n.retractedAt,
    stage: run?.stage ?? null,
    tokens: run?.trainedTokens ?? null,
    note: n.__typename === 'Transformation' ? words(n.effect) : null,
  };
}

/** What floating point leaves over must not make a whole look like almost a whole. */
const withoutDust = (share: number): number => Math.round(share * 1e9) / 1e9;
