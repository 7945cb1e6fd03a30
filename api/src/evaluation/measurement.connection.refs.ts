import { connectionOf } from '../graphql/connection.ts';
import { MeasurementRef } from './evaluation.refs.ts';

export const MeasurementConnection = connectionOf('Measurement', MeasurementRef);
