import type { EdgeKind } from './kinds.ts';
import { retractedAtOn } from './known-on.ts';
import type { RowsById } from './loaded-graph.ts';
import type { LineageNodeRow } from './node.ts';
import type { ClaimRow, CompositionRecord, DisputeRow, EdgeRecord } from './records.ts';

/** An edge in an answer about one moment; without a record it stands for a path through nodes that were left out. */
export interface EdgeView {
  /** 0 where there is no record. */
  id: bigint;
  kind: EdgeKind;
  downstream: bigint;
  upstream: bigint;
  record: EdgeRecord | null;
  /** Undefined: worked out when asked for. */
  share: number | null | undefined;
  shareUpper: number | null | undefined;
  /** Of a contracted edge: tells the answer it is part of from others, in which it may stand for other paths. */
  answer?: string;
  /** The nodes of the answer, of which the ends are two; undefined: read when asked for. */
  nodes?: RowsById<LineageNodeRow>;
  knownOn: Date;
}

/** Something worked out, in an answer about one moment: the nodes that it names are shown as known then. */
export type On<T> = T & { readonly knownOn: Date };

/** A composition in an answer about one moment. */
export type CompositionView = On<CompositionRecord>;
export type ClaimView = On<ClaimRow>;
export type DisputeView = On<DisputeRow>;

/** A node in an answer about one moment; where it tells none, as it is now. */
export type NodeView = LineageNodeRow & { readonly knownOn?: Date };

export function on<T extends object>(row: T, knownOn: Date): On<T> {
  return { ...row, knownOn };
}

export function allOn<T extends object>(rows: readonly T[], knownOn: Date): On<T>[] {
  return rows.map((row) => on(row, knownOn));
}

/** An edge as recorded, its share still to be worked out. */
export function edgeView(record: EdgeRecord, knownOn: Date): EdgeView {
  const { id, kind, downstream, upstream } = record;
  return { id, kind, downstream, upstream, record, share: undefined, shareUpper: undefined, knownOn };
}

/** A node as known on a moment: a later retraction was not known then. */
export function nodeOn(node: LineageNodeRow, knownOn: Date): NodeView {
  const retractedAt = retractedAtOn(node, knownOn);
  return retractedAt === node.retractedAt
    ? { ...node, knownOn }
    : { ...node, retractedAt, retractedBy: null, replacedBy: null, knownOn };
}
