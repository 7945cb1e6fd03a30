// The names of lineage types, which other slices' fields may point to. Each is implemented in its own slice.
import { builder } from '../graphql/builder.ts';
import { loadedWhereNamed } from '../graphql/loaded.ts';
import type { ExposureLoss, ExposureShare, StageExposure } from './exposure.ts';
import type { MixtureDiffRow } from './mixture-diff.ts';
import type { LineageNodeRow } from './node.ts';
import { citationById } from './read-citations.ts';
import type { ActorRow, AliasRow, CitationRow, TeamRow } from './records.ts';
import type { ClaimView, CompositionView, DisputeView, EdgeView, NodeView, On } from './views.ts';

export const LineageNodeRef = builder.interfaceRef<NodeView>('LineageNode');

export const SourceRef = builder.objectRef<LineageNodeRow>('Source');
export const DatasetVersionRef = builder.objectRef<LineageNodeRow>('DatasetVersion');
export const TransformationRef = builder.objectRef<LineageNodeRow>('Transformation');
export const TrainingRunRef = builder.objectRef<LineageNodeRow>('TrainingRun');
export const ModelVersionRef = builder.objectRef<LineageNodeRow>('ModelVersion');
export const EvalRunRef = builder.objectRef<LineageNodeRow>('EvalRun');
export const IncidentRef = builder.objectRef<LineageNodeRow>('Incident');

export const ActorRef = builder.objectRef<ActorRow>('Actor');
export const TeamRef = builder.objectRef<TeamRow>('Team');
export const CitationRef = builder.objectRef<CitationRow>('Citation');
export const ClaimRef = builder.objectRef<ClaimView>('Claim');
export const AliasRef = builder.objectRef<AliasRow>('Alias');
export const DisputeRef = builder.objectRef<DisputeView>('Dispute');
export const ExposureShareRef = builder.objectRef<On<ExposureShare>>('ExposureShare');
export const ExposureLossRef = builder.objectRef<On<ExposureLoss>>('ExposureLoss');
export const StageExposureRef = builder.objectRef<On<StageExposure>>('StageExposure');
export const MixtureDiffRowRef = builder.objectRef<On<MixtureDiffRow>>('MixtureDiffRow');
export const LineageEdgeRef = builder.objectRef<EdgeView>('LineageEdge');
export const CompositionRef = builder.objectRef<CompositionView>('Composition');

export { LINEAGE_TYPE } from './lineage-types.ts';

/** How a field `citation` is answered: null where there is none. */
export const cited = loadedWhereNamed(
  citationById,
  ({ citationId }: { citationId: bigint | null }) => citationId,
);
