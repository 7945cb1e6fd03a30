// The names of the slice's types, which other slices' fields may point to.
import { builder } from '../graphql/builder.ts';
import type { BulkProgress } from './bulk/bulk-progress.ts';
import type { ImportRow, KeptField, LostField, RuleToPropose } from './import.ts';
import type { ImportRevealRow, KeptFileRow } from './read-kept-files.ts';

export const ImportRef = builder.objectRef<ImportRow>('Import');
export const ImportFieldRef = builder.objectRef<KeptField>('ImportField');
export const ImportLossRef = builder.objectRef<LostField>('ImportLoss');
export const ImportFileRef = builder.objectRef<KeptFileRow>('ImportFile');
export const ImportRevealRef = builder.objectRef<ImportRevealRow>('ImportReveal');
export const RuleToProposeRef = builder.objectRef<RuleToPropose>('RuleToPropose');
export const ImportProgressRef = builder.objectRef<BulkProgress>('ImportProgress');
