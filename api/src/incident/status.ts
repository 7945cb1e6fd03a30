// The life of an incident as one table: the guard, the buttons' reasons and the documentation read it.

export const INCIDENT_STATUSES = [
  'DRAFT',
  'SUBMITTED',
  'TRIAGED',
  'INVESTIGATING',
  'MITIGATED',
  'RESOLVED',
  'CLOSED',
  'DUPLICATE',
  'REJECTED',
  'WITHDRAWN',
] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** Whoever may edit the incident, or only those who judge incidents: investigators and administrators. */
export type Who = 'EDITOR' | 'INVESTIGATOR';

export interface StatusRule {
  from: IncidentStatus;
  to: IncidentStatus;
  who: Who;
  needsComment: boolean;
}

const rule = (from: IncidentStatus, to: IncidentStatus, who: Who, needsComment = false): StatusRule => ({
  from,
  to,
  who,
  needsComment,
});

export const STATUS_RULES: readonly StatusRule[] = [
  rule('DRAFT', 'SUBMITTED', 'EDITOR'),
  rule('DRAFT', 'WITHDRAWN', 'EDITOR'),
  rule('SUBMITTED', 'TRIAGED', 'INVESTIGATOR'),
  rule('SUBMITTED', 'INVESTIGATING', 'INVESTIGATOR'),
  rule('SUBMITTED', 'DUPLICATE', 'INVESTIGATOR'),
  rule('SUBMITTED', 'REJECTED', 'INVESTIGATOR', true),
  rule('SUBMITTED', 'WITHDRAWN', 'EDITOR', true),
  rule('TRIAGED', 'INVESTIGATING', 'INVESTIGATOR'),
  rule('TRIAGED', 'DUPLICATE', 'INVESTIGATOR'),
  rule('TRIAGED', 'REJECTED', 'INVESTIGATOR', true),
  rule('TRIAGED', 'WITHDRAWN', 'EDITOR', true),
  rule('INVESTIGATING', 'MITIGATED', 'INVESTIGATOR'),
  rule('INVESTIGATING', 'RESOLVED', 'INVESTIGATOR', true),
  rule('INVESTIGATING', 'DUPLICATE', 'INVESTIGATOR'),
  rule('INVESTIGATING', 'REJECTED', 'INVESTIGATOR', true),
  rule('MITIGATED', 'RESOLVED', 'INVESTIGATOR'),
  rule('MITIGATED', 'INVESTIGATING', 'INVESTIGATOR', true),
  rule('RESOLVED', 'CLOSED', 'INVESTIGATOR'),
  rule('RESOLVED', 'INVESTIGATING', 'INVESTIGATOR', true),
  rule('CLOSED', 'INVESTIGATING', 'INVESTIGATOR', true),
  rule('DUPLICATE', 'TRIAGED', 'INVESTIGATOR', true),
  rule('REJECTED', 'TRIAGED', 'INVESTIGATOR', true),
  rule('WITHDRAWN', 'SUBMITTED', 'EDITOR', true),
];

export function rulesFrom(status: IncidentStatus): StatusRule[] {
  return STATUS_RULES.filter((r) => r.from === status);
}

export function ruleFor(from: IncidentStatus, to: IncidentStatus): StatusRule | null {
  return STATUS_RULES.find((r) => r.from === from && r.to === to) ?? null;
}
