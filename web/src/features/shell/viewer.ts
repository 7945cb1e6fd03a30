import 'server-only';
import { cache } from 'react';
import { cameWithSession, currentSession } from '@/auth/session.ts';
import { query } from '@/graphql/execute.ts';
import { VIEWER } from './viewer-query.ts';

/**
 * Who looks: what the frame of every page needs to know. `ended` where the request came with a session that has ended, or that has ended since. Not
 * `reachable` where the API did not say who looks: then it is as the cookie has it, and `refusal` is why, where the API
 * said that.
 */
export interface ViewerState {
  signedIn: boolean;
  id: string | null;
  name: string | null;
  role: string | null;
  ended: boolean;
  reachable: boolean;
  refusal: string | null;
  /** Of what they were told, how much they have not marked as read. */
  unread: number;
}

export const loadViewer = cache(async (): Promise<ViewerState> => {
  const [session, cameWith, answer] = await Promise.all([currentSession(), cameWithSession(), query(VIEWER)]);
  if (answer.kind !== 'data') {
    return {
      signedIn: Boolean(session),
      id: session?.actor ?? null,
      name: session?.name ?? null,
      role: session?.role ?? null,
      ended: false,
      reachable: false,
      refusal: answer.kind === 'errors' ? answer.errors.map((error) => error.message).join(' ') : null,
      unread: 0,
    };
  }
  const { viewer } = answer.data;
  return {
    signedIn: viewer.signedIn,
    id: viewer.actor?.id ?? null,
    name: viewer.actor?.name ?? null,
    role: viewer.role ?? null,
    ended: cameWith && !viewer.signedIn,
    reachable: true,
    refusal: null,
    unread: viewer.unreadNotifications,
  };
});
