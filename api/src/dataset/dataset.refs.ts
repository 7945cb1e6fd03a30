import { builder } from '../graphql/builder.ts';
import { connectionOf } from '../graphql/connection.ts';
import type { ContentMeasurementRow, ContentTagRow, DatasetRow } from './dataset.ts';

export const DatasetRef = builder.objectRef<DatasetRow>('Dataset');
export const ContentTagRef = builder.objectRef<ContentTagRow>('ContentTag');
export const ContentMeasurementRef = builder.objectRef<ContentMeasurementRow>('ContentMeasurement');
export const DatasetConnection = connectionOf('Dataset', DatasetRef);
