'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { forgetDraftsOfOthers } from '@/auth/kept-drafts.ts';
import { useFollowedViewer } from './follow-viewer.ts';
import type { ViewerState } from './viewer.ts';

const ViewerContext = createContext<ViewerState>({
  signedIn: false,
  id: null,
  name: null,
  role: null,
  ended: false,
  reachable: true,
  refusal: null,
  unread: 0,
});

/** Who looks, in client components. */
export const useViewer = (): ViewerState => useContext(ViewerContext);

/**
 * Whose what is typed in a form is: of whoever is signed in, also once their session has ended while they type; null
 * where nobody is.
 */
export function useDraftOwner(): string | null {
  const { id, ended } = useViewer();
  const now = ended ? null : id;
  const [last, setLast] = useState(now);
  if (now !== null && now !== last) setLast(now);
  return now ?? last;
}

export function ViewerProvider({ viewer: read, children }: { viewer: ViewerState; children: ReactNode }) {
  const viewer = useFollowedViewer(read);
  const signedIn = read.signedIn ? read.id : null;
  useEffect(() => {
    if (signedIn !== null) forgetDraftsOfOthers(signedIn);
  }, [signedIn]);
  return <ViewerContext.Provider value={viewer}>{children}</ViewerContext.Provider>;
}
