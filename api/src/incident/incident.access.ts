// Who may do what to an incident that they can see.
import { may, type Permission, type Viewer } from '../access/viewer.ts';
import { type IncidentStatus, ruleFor, rulesFrom, type StatusRule } from './status.ts';

const ALLOWED: Permission = { allowed: true, reason: null };
const JUDGES = ['INVESTIGATOR', 'ADMINISTRATOR'];

/** Its team, investigators and administrators may edit an incident. */
export function mayEdit(viewer: Viewer, incident: { teamId: bigint }): Permission {
  const permission = may(viewer, 'write:incidents');
  if (!permission.allowed || viewer.kind === 'anonymous') return permission;
  if (JUDGES.includes(viewer.role) || viewer.teamIds.includes(incident.teamId)) return ALLOWED;
  return {
    allowed: false,
    reason: 'Only the team that filed it, investigators and administrators may edit it.',
  };
}

export interface Transition {
  to: IncidentStatus;
  allowed: boolean;
  reason: string | null;
  needsComment: boolean;
}

export function mayMove(viewer: Viewer, incident: { teamId: bigint }, rule: StatusRule): Permission {
  const edit = mayEdit(viewer, incident);
  if (!edit.allowed || viewer.kind === 'anonymous') return edit;
  if (rule.who === 'INVESTIGATOR' && !JUDGES.includes(viewer.role))
    return { allowed: false, reason: 'Only investigators and administrators may do this.' };
  return ALLOWED;
}

/** Where an incident can go from its status, with what stands in this viewer's way. */
export function transitions(
  viewer: Viewer,
  incident: { teamId: bigint; status: IncidentStatus },
): Transition[] {
  return rulesFrom(incident.status).map((rule) => ({
    to: rule.to,
    needsComment: rule.needsComment,
    ...mayMove(viewer, incident, rule),
  }));
}

export { ruleFor };
