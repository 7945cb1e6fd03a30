import type { LineageNodeKind } from './kinds.ts';

export type VisibilityWord = 'PUBLIC' | 'MEMBERS' | 'TEAM' | 'RESTRICTED';

/** A lineage node as every slice knows it: identity, who recorded it, and when. Kind-specific facts are loaded apart. */
export interface LineageNodeRow {
  id: bigint;
  kind: LineageNodeKind;
  namespace: string;
  /** Null only for an incident that is still a draft. */
  name: string | null;
  version: string | null;
  digest: string | null;
  citationId: bigint | null;
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
  recordedAt: Date;
  retractedAt: Date | null;
  retractedBy: bigint | null;
  replacedBy: bigint | null;
}
