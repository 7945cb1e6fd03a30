// Who is told who has read the restricted file of an import.
import type { Viewer } from '../access/viewer.ts';

/** Auditors, administrators, and the team that sent the file. */
export function mayReadImportReveals(viewer: Viewer, file: { teamId: bigint }): boolean {
  if (viewer.kind === 'anonymous' || !viewer.scopes.has('read')) return false;
  return viewer.role === 'AUDITOR' || viewer.role === 'ADMINISTRATOR' || viewer.teamIds.includes(file.teamId);
}
