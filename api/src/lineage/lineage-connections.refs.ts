// The connections of lineage nodes, shared by every slice that lists them.
import { connectionOf } from '../graphql/connection.ts';
import {
  DatasetVersionRef,
  EvalRunRef,
  IncidentRef,
  LineageNodeRef,
  ModelVersionRef,
  SourceRef,
} from './lineage.refs.ts';

export const SourceConnection = connectionOf('Source', SourceRef);
export const DatasetVersionConnection = connectionOf('DatasetVersion', DatasetVersionRef);
export const ModelVersionConnection = connectionOf('ModelVersion', ModelVersionRef);
export const EvalRunConnection = connectionOf('EvalRun', EvalRunRef);
export const IncidentConnection = connectionOf('Incident', IncidentRef);
export const LineageNodeConnection = connectionOf('LineageNode', LineageNodeRef, 'LineageNodeConnectionEdge');
