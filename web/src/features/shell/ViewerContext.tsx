'use client';

import { createContext, type ReactNode, useContext } from 'react';
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

export function ViewerProvider({ viewer: read, children }: { viewer: ViewerState; children: ReactNode }) {
  const viewer = useFollowedViewer(read);
  return <ViewerContext.Provider value={viewer}>{children}</ViewerContext.Provider>;
}
