import type { LineageQuery } from '../../graphql/generated/graphql.ts';
import { words } from '../../ui/numbers.ts';
import type { PictureGraph, PictureNode } from './picture-graph.ts';

type Answer = NonNullable<LineageQuery['lineageNode']>['lineage'];

/** The API's answer as plain data; an edge whose end is not among the nodes is left to the frontier. */
export function readLineage(answer: Answer): PictureGraph {
  const nodes = answer.nodes.map(readNode);
  const known = new Set(nodes.map((n) => n.id));
  return {
    root: answer.root.id,
    nodes,
    edges: answer.edges
      .filter((e) => known.has(e.downstream.id) && known.has(e.upstream.id))
      .map((e) => ({
        ...e,
        downstream: e.downstream.id,
        upstream: e.upstream.id,
        assertedBy: e.assertedBy.name,
        disputes: e.disputes.map((d) => ({ ...d, by: d.by.name })),
      })),
    unaccounted: answer.unaccounted.map((u) => ({ ...u, node: u.node.id })),
    knownOn: answer.knownOn,
    truncated: answer.truncated && {
      reason: answer.truncated.reason,
      frontier: answer.truncated.frontier.map((f) => f.ref),
    },
  };
}

function readNode(n: Answer['nodes'][number]): PictureNode {
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
