import { loadViewer } from '@/features/shell/viewer.ts';

/** Why the viewer can't change records, or null where they can try; the API decides in any case. */
export async function whyBlocked(): Promise<string | null> {
  const viewer = await loadViewer();
  return viewer.signedIn ? null : 'Sign in to correct or add records.';
}
