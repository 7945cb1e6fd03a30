/** Enum values of incidents in the words of the screens, in the order in which they are offered. */

export const STATUSES = [
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
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export const SETTINGS = ['SAFETY_TEST', 'RED_TEAM', 'DEPLOYMENT', 'TRAINING'] as const;
export const VISIBILITIES = ['PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED'] as const;

export const SETTING_MEANINGS: Record<(typeof SETTINGS)[number], string> = {
  SAFETY_TEST: 'A test made to find out; no real user was involved.',
  RED_TEAM: 'Somebody tried to bring the behaviour about.',
  DEPLOYMENT: 'It happened with real users or real systems.',
  TRAINING: 'It was seen while the model was being trained.',
};

export const SEVERITY_MEANINGS: Record<(typeof SEVERITIES)[number], string> = {
  LOW: 'Unwanted, with little that could follow.',
  MEDIUM: 'Could mislead or harm in some uses.',
  HIGH: 'Would do serious harm if it happened in use.',
  CRITICAL: 'Does, or would at once do, grave harm.',
};

export const VISIBILITY_MEANINGS: Record<(typeof VISIBILITIES)[number], string> = {
  PUBLIC: 'Everyone, signed in or not',
  MEMBERS: 'Everyone who is signed in',
  TEAM: 'Your team',
  RESTRICTED: 'Only who is named',
};
