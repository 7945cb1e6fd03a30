// Everybody who asks in these tests, and a second, independent saying of what each may see. It is written from
// LINEAGE and the brief, in TypeScript, and shares nothing with the SQL that it is held against.
import {
  ANONYMOUS,
  type Principal,
  ROLE_SCOPES,
  type Role,
  type Scope,
  type Viewer,
} from '../../../api/src/access/viewer.ts';

export const TEAMS = {
  common: { id: 1n, namespace: '', name: 'Default' },
  lab: { id: 2n, namespace: 'lab', name: 'Lab' },
  rival: { id: 3n, namespace: 'rival', name: 'Rival' },
} as const;
export type TeamName = keyof typeof TEAMS;

interface Person {
  id: bigint;
  role: Role;
  teams: readonly TeamName[];
}

const person = (id: bigint, role: Role, ...teams: TeamName[]): Person => ({ id, role, teams });

export const PEOPLE = {
  labViewer: person(10n, 'VIEWER', 'lab'),
  rivalViewer: person(11n, 'VIEWER', 'rival'),
  labReporter: person(12n, 'REPORTER', 'lab'),
  rivalInvestigator: person(13n, 'INVESTIGATOR', 'rival'),
  author: person(14n, 'REPORTER', 'lab'),
  named: person(15n, 'VIEWER', 'common'),
  auditor: person(16n, 'AUDITOR', 'common'),
  administrator: person(17n, 'ADMINISTRATOR', 'common'),
  both: person(18n, 'REPORTER', 'lab', 'rival'),
} as const satisfies Record<string, Person>;
export type PersonName = keyof typeof PEOPLE;

const session = (name: PersonName, scopes?: readonly Scope[]): Principal => {
  const { id, role, teams } = PEOPLE[name];
  return {
    kind: 'principal',
    actorId: id,
    actorKind: 'PERSON',
    name,
    role,
    teamIds: teams.map((team) => TEAMS[team].id),
    scopes: new Set(scopes ?? ROLE_SCOPES[role]),
    sessionId: null,
    tokenId: null,
  };
};

/** Whoever asks: people by session, tokens of each scope alone, and nobody. */
export const PRINCIPALS = {
  anonymous: ANONYMOUS,
  labViewer: session('labViewer'),
  rivalViewer: session('rivalViewer'),
  labReporter: session('labReporter'),
  rivalInvestigator: session('rivalInvestigator'),
  author: session('author'),
  named: session('named'),
  both: session('both'),
  auditor: session('auditor'),
  administrator: session('administrator'),
  tokenToRead: session('author', ['read']),
  tokenToFile: session('author', ['write:incidents']),
  tokenForLineage: session('author', ['write:lineage']),
  tokenForEvals: session('author', ['write:evals']),
  tokenToAudit: session('auditor', ['audit']),
  tokenToAdminister: session('administrator', ['admin']),
} as const satisfies Record<string, Viewer>;
export type PrincipalName = keyof typeof PRINCIPALS;
export const PRINCIPAL_NAMES = Object.keys(PRINCIPALS) as PrincipalName[];

/** Who may see a row, as the row says it. */
export interface Guard {
  visibility: 'PUBLIC' | 'MEMBERS' | 'TEAM' | 'RESTRICTED';
  team: TeamName;
  author: PersonName;
  audience: {
    named: readonly PersonName[];
    embargo: 'none' | 'past' | 'future';
    /** Whose the thing is that the row is said of, where that is somebody else's: they count as named. */
    owner?: PersonName;
  } | null;
}

export function sees(viewer: Viewer, guard: Guard): boolean {
  const embargoed = guard.audience?.embargo === 'future';
  const wide = guard.visibility === 'PUBLIC' || guard.visibility === 'MEMBERS';
  if (viewer.kind === 'anonymous' || !viewer.scopes.has('read'))
    return guard.visibility === 'PUBLIC' && !embargoed;
  if (viewer.role === 'AUDITOR' || viewer.role === 'ADMINISTRATOR') return true;
  if (wide && !embargoed) return true;
  if (PEOPLE[guard.author].id === viewer.actorId) return true;
  if (guard.visibility !== 'RESTRICTED' && viewer.teamIds.includes(TEAMS[guard.team].id)) return true;
  const { named = [], owner } = guard.audience ?? {};
  return [...named, ...(owner === undefined ? [] : [owner])].some(
    (name) => PEOPLE[name].id === viewer.actorId,
  );
}

/** Of all principals those who may see it, as bits in the order of PRINCIPAL_NAMES. */
export function whoSees(guard: Guard): number {
  return PRINCIPAL_NAMES.reduce(
    (bits, name, i) => (sees(PRINCIPALS[name], guard) ? bits | (1 << i) : bits),
    0,
  );
}

export const EVERYBODY = (1 << PRINCIPAL_NAMES.length) - 1;
