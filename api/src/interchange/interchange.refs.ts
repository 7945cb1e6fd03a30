// The names of the slice's types, which other slices' fields may point to.
import { builder } from '../graphql/builder.ts';
import type { ImportRow, KeptField, LostField } from './import.ts';

export const ImportRef = builder.objectRef<ImportRow>('Import');
export const ImportFieldRef = builder.objectRef<KeptField>('ImportField');
export const ImportLossRef = builder.objectRef<LostField>('ImportLoss');
