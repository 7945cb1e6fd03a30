import { memberRights, type Rights, SEES_ALL, SEES_PUBLIC } from '../platform/rights.ts';
import { readsAsMember, readsEverything, type Viewer } from './viewer.ts';

/** What the database lets through for this viewer, whatever a statement forgets to ask. */
export function rightsOf(viewer: Viewer): Rights {
  if (!readsAsMember(viewer)) return SEES_PUBLIC;
  return readsEverything(viewer) ? SEES_ALL : memberRights(viewer.actorId, viewer.teamIds);
}
