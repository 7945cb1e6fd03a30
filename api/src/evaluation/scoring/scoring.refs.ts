// The names of the types about scoring rules.
import { builder } from '../../graphql/builder.ts';
import type { ScoringPreview } from './preview-scoring.ts';
import type { ScoredBy } from './score-run.ts';
import type { ScoringDefinition, ValueTest } from './scoring-definition.ts';
import type { ScoringRuleRow, ScoringRuleVersionRow } from './scoring-rule.ts';

export const ScoringRuleRef = builder.objectRef<ScoringRuleRow>('ScoringRule');
export const ScoringRuleVersionRef = builder.objectRef<ScoringRuleVersionRow>('ScoringRuleVersion');
export const ScoringDefinitionRef = builder.objectRef<ScoringDefinition>('ScoringDefinition');
export const ScoreTestRef = builder.objectRef<ValueTest>('ScoreTest');
export const ScoringPreviewRef = builder.objectRef<ScoringPreview>('ScoringPreview');
export const ScoredOutcomesRef = builder.objectRef<ScoredBy>('ScoredOutcomes');
