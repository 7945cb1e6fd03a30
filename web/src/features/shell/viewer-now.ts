import type { ViewerState } from './viewer.ts';

/**
 * The viewer with what was learnt since they were read: `named` where somebody was signed in at any time while this
 * page has been open, `lost` the viewer as last read when their session was found to have ended. `signedIn` stays as it
 * was read, so that nothing goes that they are typing in.
 */
export function viewerNow(
  read: ViewerState,
  { named, lost }: { named: boolean; lost: ViewerState | null },
): ViewerState {
  const ended = read === lost || (named && !read.signedIn && read.reachable);
  return ended && !read.ended ? { ...read, ended } : read;
}
