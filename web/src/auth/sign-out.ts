'use client';

import { paths } from '../navigation/paths.ts';
import { forgetAllDrafts } from './kept-drafts.ts';

/** What came of signing out; `session open` where the web was reached and the API did not end the session. */
export type SignedOut = 'signed out' | 'session open' | 'unreachable';

/**
 * Ends the session at the API, clears the cookie, and starts afresh, so that no page of before stays behind; `anyway`
 * only clears the cookie.
 */
export async function signOutHere({ anyway = false } = {}): Promise<SignedOut> {
  const address = `/api/auth/end-session${anyway ? '?anyway=1' : ''}`;
  const response = await fetch(address, { method: 'POST' }).catch(() => null);
  if (!response?.ok) return response?.status === 502 ? 'session open' : 'unreachable';
  forgetAllDrafts();
  window.location.assign(paths.home());
  return 'signed out';
}
