import { builder } from '../graphql/builder.ts';
import { connectionOf } from '../graphql/connection.ts';
import type { ModelRow } from './model.ts';

export const ModelRef = builder.objectRef<ModelRow>('Model');
export const ModelConnection = connectionOf('Model', ModelRef);
