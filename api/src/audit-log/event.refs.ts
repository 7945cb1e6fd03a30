import { builder } from '../graphql/builder.ts';
import { connectionOf } from '../graphql/connection.ts';
import type { EventRow } from './read-events.ts';

export const EventRef = builder.objectRef<EventRow>('Event');
export const EventConnection = connectionOf('Event', EventRef);
