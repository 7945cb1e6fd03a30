// Mutants of what is decided of a thing beside its visibility: who edits, moves and shares it, and is told of its readers.
import {
  type Permission,
  type Principal,
  type Role,
  SCOPES,
  type Viewer,
} from '../../api/src/access/viewer.ts';
import type { StatusRule } from '../../api/src/incident/status.ts';

export const RIGHTS = ['mayEdit', 'mayMove', 'mayShare', 'mayReadReveals', 'mayReadImportReveals'] as const;
export type Right = (typeof RIGHTS)[number];

/** As the five are called: what each is given beside the viewer, and what it answers. */
type Judge = (
  viewer: Viewer,
  thing: { teamId: bigint; actorId: bigint },
  rule: StatusRule,
) => Permission | boolean;

export interface RightMutant {
  name: string;
  right: Right;
  of(original: Judge): Judge;
}

const judged = (name: string, verdict: (allowed: boolean) => boolean) => ({
  name,
  of:
    (original: Judge): Judge =>
    (...asked) => {
      const was = original(...asked);
      if (typeof was === 'boolean') return verdict(was);
      const allowed = verdict(was.allowed);
      return { allowed, reason: allowed ? null : (was.reason ?? 'No.') };
    },
});

const asked = (name: string, as: (viewer: Principal, teamId: bigint) => Principal) => ({
  name,
  of:
    (original: Judge): Judge =>
    (viewer, thing, rule) =>
      original(viewer.kind === 'anonymous' ? viewer : as(viewer, thing.teamId), thing, rule),
});

const inRole = (role: Role, other: Role) =>
  asked(`${role.toLowerCase()}s as ${other.toLowerCase()}s`, (viewer) =>
    viewer.role === role ? { ...viewer, role: other } : viewer,
  );

const NOBODY = judged('nobody', () => false);
const EVERYBODY = judged('everybody', () => true);
const TURNED_ROUND = judged('the other way round', (allowed) => !allowed);
const OF_NO_TEAM = asked('of no team', (viewer) => ({ ...viewer, teamIds: [] }));
const OF_EVERY_TEAM = asked('of every team', (viewer, teamId) => ({ ...viewer, teamIds: [teamId] }));
const FOR_NOTHING = asked('by a token for nothing', (viewer) => ({ ...viewer, scopes: new Set() }));
const FOR_EVERYTHING = asked('by a token for everything', (viewer) => ({
  ...viewer,
  scopes: new Set(SCOPES),
}));

const COMMON = [NOBODY, EVERYBODY, TURNED_ROUND, OF_NO_TEAM, FOR_NOTHING];
const TOLD = [
  ...[...COMMON, OF_EVERY_TEAM, FOR_EVERYTHING],
  inRole('AUDITOR', 'VIEWER'),
  inRole('ADMINISTRATOR', 'VIEWER'),
  inRole('VIEWER', 'AUDITOR'),
  inRole('REPORTER', 'AUDITOR'),
  inRole('INVESTIGATOR', 'AUDITOR'),
];

const step = (name: string, who: StatusRule['who']) => ({
  name,
  of:
    (original: Judge): Judge =>
    (viewer, thing, rule) =>
      original(viewer, thing, { ...rule, who }),
});
const owned = (name: string, actorId: (viewer: Principal) => bigint) => ({
  name,
  of:
    (original: Judge): Judge =>
    (viewer, thing, rule) =>
      original(viewer, viewer.kind === 'anonymous' ? thing : { ...thing, actorId: actorId(viewer) }, rule),
});

const MUTANTS: Readonly<Record<Right, readonly Omit<RightMutant, 'right'>[]>> = {
  mayEdit: [
    ...[...COMMON, OF_EVERY_TEAM, FOR_EVERYTHING],
    inRole('INVESTIGATOR', 'REPORTER'),
    inRole('ADMINISTRATOR', 'REPORTER'),
    inRole('REPORTER', 'INVESTIGATOR'),
    inRole('VIEWER', 'INVESTIGATOR'),
    inRole('AUDITOR', 'INVESTIGATOR'),
  ],
  // Whoever may not edit is refused before they are asked to move: a looser team or scope lets nobody else through.
  mayMove: [
    ...COMMON,
    inRole('INVESTIGATOR', 'REPORTER'),
    inRole('ADMINISTRATOR', 'REPORTER'),
    inRole('REPORTER', 'INVESTIGATOR'),
    step("every step an editor's", 'EDITOR'),
    step("every step an investigator's", 'INVESTIGATOR'),
  ],
  mayShare: [
    ...[...COMMON, OF_EVERY_TEAM, FOR_EVERYTHING],
    inRole('ADMINISTRATOR', 'REPORTER'),
    inRole('INVESTIGATOR', 'ADMINISTRATOR'),
    inRole('REPORTER', 'ADMINISTRATOR'),
    owned("nobody's own", () => 0n),
    owned("everybody's own", ({ actorId }) => actorId),
  ],
  mayReadReveals: TOLD,
  mayReadImportReveals: TOLD,
};

export const RIGHT_MUTANTS: readonly RightMutant[] = RIGHTS.flatMap((right) =>
  MUTANTS[right].map((mutant) => ({ ...mutant, right })),
);
