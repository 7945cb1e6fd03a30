// The rows behind a lineage, as every slice knows them. Times are as stored; `*On` functions read them for a date.
import type { AmountBasis, AmountUnit, EdgeKind } from './kinds.ts';
import type { LineageNodeRow, VisibilityWord } from './node.ts';

export interface ActorRow {
  id: bigint;
  kind: 'PERSON' | 'SERVICE' | 'SYSTEM';
  name: string;
}

export interface TeamRow {
  id: bigint;
  namespace: string;
  name: string;
}

export interface CitationRow {
  id: bigint;
  source: string;
  url: string | null;
  locator: string | null;
  certainty: 'PRIMARY' | 'SECONDARY' | 'DERIVED';
  quote: string | null;
  note: string | null;
  retrievedAt: Date | null;
}

export const CLAIM_PROPERTIES = [
  'TOKENS',
  'ROWS',
  'DOCUMENTS',
  'BYTES',
  'LICENSE',
  'RELEASED_AT',
  'TITLE',
  'DESCRIPTION',
  'URL',
  'TRAINED_TOKENS',
  'PARAMETERS',
] as const;
export type ClaimProperty = (typeof CLAIM_PROPERTIES)[number];

/** Which of its three values a claim of each property must have. */
export const CLAIM_VALUE: Readonly<Record<ClaimProperty, 'number' | 'text' | 'time'>> = {
  TOKENS: 'number',
  ROWS: 'number',
  DOCUMENTS: 'number',
  BYTES: 'number',
  LICENSE: 'text',
  RELEASED_AT: 'time',
  TITLE: 'text',
  DESCRIPTION: 'text',
  URL: 'text',
  TRAINED_TOKENS: 'number',
  PARAMETERS: 'number',
};

/** What every asserted row has beside its content. */
export interface Assertion {
  id: bigint;
  citationId: bigint | null;
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
  recordedAt: Date;
  retractedAt: Date | null;
}

export interface ClaimRow extends Assertion {
  nodeId: bigint;
  property: ClaimProperty;
  /** A decimal number as text, since counts may exceed what a float holds. */
  valueNumber: string | null;
  valueText: string | null;
  valueTime: Date | null;
}

export interface EdgeRecord extends Assertion {
  kind: EdgeKind;
  downstream: bigint;
  upstream: bigint;
  compositionId: bigint | null;
  amount: number | null;
  amountUnit: AmountUnit | null;
  epochs: number | null;
  occurredAt: Date | null;
}

export interface CompositionRecord extends Assertion {
  nodeId: bigint;
  outputId: bigint | null;
  unit: AmountUnit;
  basis: AmountBasis;
  total: number | null;
  /** As stated, but false where an input is hidden from the viewer. */
  complete: boolean;
  inputsHidden: boolean;
}

export interface AliasRow extends Assertion {
  nodeId: bigint;
  kind: LineageNodeRow['kind'];
  namespace: string;
  name: string;
  version: string | null;
}

/** What may be disputed, by the name of its table. */
export type Disputable = 'edge' | 'claim' | 'composition' | 'node';

export interface DisputeRow extends Assertion {
  edgeId: bigint | null;
  claimId: bigint | null;
  compositionId: bigint | null;
  nodeId: bigint | null;
  statement: string;
  shareLower: number | null;
  shareUpper: number | null;
}

/** How people call a node: its name and version, with the team's namespace where it has one. */
export function labelOf(node: Pick<LineageNodeRow, 'namespace' | 'name' | 'version'>): string {
  const name = node.namespace === '' ? (node.name ?? 'draft') : `${node.namespace}/${node.name ?? 'draft'}`;
  return node.version === null ? name : `${name}@${node.version}`;
}
