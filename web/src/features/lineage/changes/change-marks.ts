import type { ChangedEdgeFragment, LineageChangesQuery } from '../../../graphql/generated/graphql.ts';
import { EDGE_WORDS, KIND_WORDS, shareRange } from '../lineage-words.ts';

export type Changes = LineageChangesQuery['lineageChanges'];

export type ChangeKind = 'added' | 'removed' | 'share' | 'disputed';

/** One thing that changed, as a sentence with who and when. */
export type Change = {
  id: string;
  kind: ChangeKind;
  what: string;
  /** What a click opens: a node by its reference, or an edge by its id; null where it is no longer there. */
  node: string | null;
  edge: string | null;
  by: string | null;
  at: string | null;
  reason: string | null;
};

export type ChangeMarks = {
  /** By recorded id. */
  addedNodes: ReadonlySet<string>;
  addedEdges: ReadonlySet<string>;
  shares: ReadonlySet<string>;
};

export function marksOf(changes: Changes): ChangeMarks {
  return {
    addedNodes: new Set(changes.nodesAdded.map((n) => n.id)),
    addedEdges: new Set(changes.edgesAdded.map((e) => e.id)),
    shares: new Set(changes.sharesChanged.map((s) => s.edge.id)),
  };
}

const link = (e: ChangedEdgeFragment) => `${e.downstream.label} ${EDGE_WORDS[e.kind]} ${e.upstream.label}`;

const share = (e: ChangedEdgeFragment) =>
  e.share === null ? '' : `, share ${shareRange(e.share, e.shareUpper)}`;

/** Every change as a line of a list: what came, what was taken back, which shares moved, what is disputed. */
export function changeLines(changes: Changes): Change[] {
  const plain = { node: null, edge: null, by: null, at: null, reason: null };
  return [
    ...changes.nodesAdded.map((n): Change => {
      const what = `${KIND_WORDS[n.kind]} ${n.label}`;
      return { ...plain, id: `+${n.id}`, kind: 'added', what, node: n.ref, at: n.recordedAt };
    }),
    ...changes.edgesAdded.map((e): Change => {
      const what = link(e) + share(e);
      return { ...plain, id: `+${e.id}`, kind: 'added', what, edge: e.id, by: e.team.name, at: e.recordedAt };
    }),
    ...changes.nodesRemoved.map(({ node, reason, retractedAt, retractedBy, replacedBy }): Change => {
      const instead = replacedBy ? `; ${replacedBy.label} stands in its place` : '';
      const what = `${KIND_WORDS[node.kind]} ${node.label}${instead}`;
      const by = retractedBy?.name ?? null;
      return {
        ...plain,
        id: `-${node.id}`,
        kind: 'removed',
        what,
        by,
        at: retractedAt,
        reason: because(retractedAt, reason),
      };
    }),
    ...changes.edgesRemoved.map(({ edge, reason, retractedAt, retractedBy }): Change => {
      const by = retractedBy?.name ?? null;
      const what = link(edge) + share(edge);
      return {
        ...plain,
        id: `-${edge.id}`,
        kind: 'removed',
        what,
        by,
        at: retractedAt,
        reason: because(retractedAt, reason),
      };
    }),
    ...changes.sharesChanged.map(({ edge, before, beforeUpper, after, afterUpper }): Change => {
      const what = `${link(edge)}: ${shareRange(before, beforeUpper)} → ${shareRange(after, afterUpper)}`;
      return { ...plain, id: `~${edge.id}`, kind: 'share', what, edge: edge.id };
    }),
    ...changes.disputes.map(({ dispute, edge, composition }, i): Change => {
      const of = edge ? link(edge) : `the inputs of ${composition?.node.label ?? 'a node'}`;
      const what = `${of}: ${dispute.statement}`;
      const { by, recordedAt: at } = dispute;
      return { ...plain, id: `≠${i}`, kind: 'disputed', what, edge: edge?.id ?? null, by: by.name, at };
    }),
  ];
}

/** What still holds but is no longer reached went with something else. */
const because = (retractedAt: string | null, reason: string | null): string | null =>
  retractedAt === null ? 'what led to it was taken back' : reason;

/** Every moment at which something of the changes happened. */
export function momentsOf(changes: Changes): string[] {
  return [
    ...changes.nodesAdded.map((n) => n.recordedAt),
    ...changes.edgesAdded.map((e) => e.recordedAt),
    ...[...changes.nodesRemoved, ...changes.edgesRemoved].flatMap((r) => r.retractedAt ?? []),
    ...changes.disputes.map((d) => d.dispute.recordedAt),
  ];
}
