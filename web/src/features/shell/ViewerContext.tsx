'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { ViewerState } from './viewer.ts';

const ViewerContext = createContext<ViewerState>({
  signedIn: false,
  name: null,
  role: null,
  ended: false,
  reachable: true,
  refusal: null,
  unread: 0,
});

/** Who looks, in client components. */
export const useViewer = (): ViewerState => useContext(ViewerContext);

export function ViewerProvider({ viewer, children }: { viewer: ViewerState; children: ReactNode }) {
  return <ViewerContext.Provider value={viewer}>{children}</ViewerContext.Provider>;
}
