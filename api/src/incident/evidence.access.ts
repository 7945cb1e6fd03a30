// Who is told who has read restricted evidence.
import type { Viewer } from '../access/viewer.ts';

/** Auditors, administrators, and the team of the incident. */
export function mayReadReveals(viewer: Viewer, incident: { teamId: bigint }): boolean {
  if (viewer.kind === 'anonymous' || !viewer.scopes.has('read')) return false;
  return (
    viewer.role === 'AUDITOR' || viewer.role === 'ADMINISTRATOR' || viewer.teamIds.includes(incident.teamId)
  );
}
