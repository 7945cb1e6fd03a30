import { builder } from '../graphql/builder.ts';
import type { Completeness } from './completeness.ts';
import type { Exposure } from './exposure.ts';
import type { TrainingInputView } from './read-exposure.ts';
import type { ImpactView } from './read-impact.ts';
import type { LineageGraphView, LineagePathView } from './read-lineage.ts';
import type { MixtureDiffView } from './read-mixture-diff.ts';
import type { On } from './views.ts';

export const LineageGraphRef = builder.objectRef<LineageGraphView>('LineageGraph');
export const LineagePathRef = builder.objectRef<LineagePathView>('LineagePath');
export const ImpactRef = builder.objectRef<ImpactView>('Impact');
export const CompletenessRef = builder.objectRef<On<Completeness>>('Completeness');
export const ExposureRef = builder.objectRef<On<Exposure>>('Exposure');
export const MixtureDiffRef = builder.objectRef<MixtureDiffView>('MixtureDiff');
export const TrainingInputRef = builder.objectRef<TrainingInputView>('TrainingInput');
