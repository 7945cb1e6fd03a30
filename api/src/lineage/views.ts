import type { EdgeKind } from './kinds.ts';
import { retractedAtOn } from './known-on.ts';
import type { LineageNodeRow } from './node.ts';
import type { CompositionRecord, EdgeRecord } from './records.ts';

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
  knownOn: Date;
}

/** A composition in an answer about one moment. */
export interface CompositionView extends CompositionRecord {
  knownOn: Date;
}

/** An edge as recorded, its share still to be worked out. */
export function edgeView(record: EdgeRecord, knownOn: Date): EdgeView {
  const { id, kind, downstream, upstream } = record;
  return { id, kind, downstream, upstream, record, share: undefined, shareUpper: undefined, knownOn };
}

/** A node as known on a moment: a later retraction was not known then. */
export function nodeOn(node: LineageNodeRow, on: Date): LineageNodeRow {
  const retractedAt = retractedAtOn(node, on);
  return retractedAt === node.retractedAt
    ? node
    : { ...node, retractedAt, retractedBy: null, replacedBy: null };
}
