// Who may be changed how: rules on members, without I/O. The pages' "disabled because…" reads the same rules.
import { type Permission, type Principal, ROLE_SCOPES, type Role } from './viewer.ts';

export interface MemberFacts {
  kind: 'PERSON' | 'SERVICE' | 'SYSTEM';
  role: Role;
  disabledAt: Date | null;
}

const ALLOWED: Permission = { allowed: true, reason: null };
const because = (reason: string): Permission => ({ allowed: false, reason });

export const isActiveAdministrator = (member: MemberFacts): boolean =>
  member.kind === 'PERSON' && member.role === 'ADMINISTRATOR' && member.disabledAt === null;

const LAST = 'This is the last administrator: make somebody else one first.';

/** `administrators` counts the persons who administer now, the member included. */
export function mayDisable(member: MemberFacts, administrators: number): Permission {
  if (member.disabledAt !== null) return because('The account is disabled already.');
  return isActiveAdministrator(member) && administrators <= 1 ? because(LAST) : ALLOWED;
}

export function mayEnable(member: MemberFacts): Permission {
  return member.disabledAt === null ? because('The account is not disabled.') : ALLOWED;
}

export function mayTakeRole(member: MemberFacts, role: Role, administrators: number): Permission {
  if (role === member.role) return because('This is their role already.');
  const loses = isActiveAdministrator(member) && role !== 'ADMINISTRATOR';
  return loses && administrators <= 1 ? because(LAST) : ALLOWED;
}

/** By whatever way they signed in until now: a password is of use to whoever has an address to name with it. */
export function mayResetPassword(member: MemberFacts & { email: string | null }): Permission {
  if (member.kind !== 'PERSON') return because('A program has tokens and no password.');
  if (member.disabledAt !== null) return because('The account is disabled: enable it first.');
  return member.email === null ? because('The account has no e-mail address to sign in with.') : ALLOWED;
}

/** Whoever gives a role must have all that it allows: a token could else make an account that may do more than it. */
export function mayGrant(by: Principal, role: Role): Permission {
  const lacking = ROLE_SCOPES[role].filter((scope) => !by.scopes.has(scope));
  return lacking.length === 0
    ? ALLOWED
    : because(`You may not make anybody ${role.toLowerCase()}: you lack ${lacking.join(', ')}.`);
}

/** What somebody asserts is asserted for a team, so nobody is without one. */
export function mayLeaveTeam(teams: number): Permission {
  return teams > 1 ? ALLOWED : because('This is their only team: add them to another first.');
}
