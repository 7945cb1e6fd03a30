import { describe, expect, it } from 'vitest';
import { mayDisable, mayEnable, mayGrant, mayLeaveTeam, mayResetPassword, mayTakeRole } from './members.ts';
import { type Principal, ROLE_SCOPES, ROLES } from './viewer.ts';

const member = { kind: 'PERSON', role: 'ADMINISTRATOR', disabledAt: null } as const;
const disabled = { ...member, disabledAt: new Date(0) };

describe('the rules on members', () => {
  it('keep the last administrator, whichever way they would be lost', () => {
    expect(mayDisable(member, 1).allowed).toBe(false);
    expect(mayDisable(member, 2).allowed).toBe(true);
    for (const role of ROLES.filter((one) => one !== 'ADMINISTRATOR')) {
      expect(mayTakeRole(member, role, 1).allowed).toBe(false);
      expect(mayTakeRole(member, role, 2).allowed).toBe(true);
    }
  });

  it('let a disabled or serving administrator go, for they are none who could sign in', () => {
    expect(mayTakeRole(disabled, 'VIEWER', 1).allowed).toBe(true);
    expect(mayDisable({ ...member, kind: 'SERVICE' }, 1).allowed).toBe(true);
  });

  it('do nothing twice', () => {
    expect(mayDisable(disabled, 5).allowed).toBe(false);
    expect(mayEnable(disabled).allowed).toBe(true);
    expect(mayEnable(member).allowed).toBe(false);
    expect(mayTakeRole(member, 'ADMINISTRATOR', 5).allowed).toBe(false);
  });

  it('let a password be reset for people who can sign in by one', () => {
    const email = 'somebody@example.org';
    expect(mayResetPassword({ ...member, email }).allowed).toBe(true);
    expect(mayResetPassword({ ...member, email: null }).allowed).toBe(false);
    expect(mayResetPassword({ ...disabled, email }).allowed).toBe(false);
    expect(mayResetPassword({ ...member, kind: 'SERVICE', email }).allowed).toBe(false);
  });

  it('leave nobody without a team', () => {
    expect([mayLeaveTeam(1).allowed, mayLeaveTeam(2).allowed]).toEqual([false, true]);
  });

  it('let a credential give a role only where it has all that the role allows', () => {
    const by = (scopes: readonly string[]) => ({ scopes: new Set(scopes) }) as unknown as Principal;
    for (const role of ROLES) {
      expect(mayGrant(by(ROLE_SCOPES[role]), role).allowed).toBe(true);
      for (const lacking of ROLE_SCOPES[role])
        expect(mayGrant(by(ROLE_SCOPES[role].filter((one) => one !== lacking)), role).allowed).toBe(false);
    }
  });
});
