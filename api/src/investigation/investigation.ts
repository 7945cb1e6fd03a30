// The rows of the slice, as its types resolve from them.
import type { AmountUnit, TrainingStage } from '../lineage/kinds.ts';

export type HypothesisStatus = 'OPEN' | 'SUPPORTED' | 'REFUTED' | 'ABANDONED';
export type EvidenceDirection = 'SUPPORTS' | 'REFUTES' | 'NEUTRAL';
export type EvidenceMethod =
  | 'INFLUENCE_FUNCTION'
  | 'ABLATION'
  | 'MIXING_EXPERIMENT'
  | 'VERBATIM_MATCH'
  | 'PROBE'
  | 'EXPERT_JUDGEMENT'
  | 'EVALUATION'
  | 'OTHER';
export type InterventionOutcome = 'EFFECTIVE' | 'PARTIAL' | 'NULL_RESULT' | 'HARMFUL' | 'UNKNOWN';

export interface HypothesisRow {
  id: bigint;
  incidentId: bigint;
  statement: string;
  status: HypothesisStatus;
  proposedBy: string | null;
  citationId: bigint | null;
  actorId: bigint;
  recordedAt: Date;
}

export interface EvidenceItemRow {
  id: bigint;
  hypothesisId: bigint;
  direction: EvidenceDirection;
  method: EvidenceMethod;
  statement: string;
  score: number | null;
  scoreMeaning: string | null;
  citationId: bigint | null;
  actorId: bigint;
  recordedAt: Date;
}

export interface AssessmentRow {
  id: bigint;
  hypothesisId: bigint;
  confidence: string;
  probability: number | null;
  dissent: boolean;
  reasoning: string | null;
  assessor: string | null;
  citationId: bigint | null;
  actorId: bigint;
  recordedAt: Date;
}

export interface InterventionRow {
  id: bigint;
  incidentId: bigint;
  title: string;
  description: string;
  outcome: InterventionOutcome;
  caveat: string | null;
  occurredAt: Date | null;
  addedNodeId: bigint | null;
  addedAmount: number | null;
  addedUnit: AmountUnit | null;
  addedDescription: string | null;
  stage: TrainingStage | null;
  citationId: bigint | null;
  actorId: bigint;
  recordedAt: Date;
}

export interface ComparisonRow {
  interventionId: bigint;
  label: string;
  beforeMeasurementId: bigint | null;
  afterMeasurementId: bigint | null;
  beforeResultId: bigint | null;
  afterResultId: bigint | null;
}
