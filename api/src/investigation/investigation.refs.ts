import { builder } from '../graphql/builder.ts';
import type { AssessmentRow, EvidenceItemRow, HypothesisRow, InterventionRow } from './investigation.ts';

export const HypothesisRef = builder.objectRef<HypothesisRow>('Hypothesis');
export const EvidenceItemRef = builder.objectRef<EvidenceItemRow>('EvidenceItem');
export const AssessmentRef = builder.objectRef<AssessmentRow>('Assessment');
export const InterventionRef = builder.objectRef<InterventionRow>('Intervention');
