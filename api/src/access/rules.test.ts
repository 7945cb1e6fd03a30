import { describe, expect, it } from 'vitest';
import { losesRights, RULES } from './rules.ts';
import { type Principal, ROLE_SCOPES, ROLES, type Role, readsEverything } from './viewer.ts';

const PAIRS = ROLES.flatMap((from) => ROLES.map((to) => [from, to] as const));
const reads = (role: Role) => readsEverything({ role } as Principal);
const changes = (loses: boolean) =>
  PAIRS.filter(([from, to]) => from !== to && losesRights(from, to) === loses).map((pair) =>
    pair.join(' to '),
  );

describe('whoever gets another role', () => {
  it('loses nothing by one that allows more, and by no other', () => {
    expect(changes(false)).toEqual([
      'VIEWER to REPORTER',
      'VIEWER to INVESTIGATOR',
      'VIEWER to AUDITOR',
      'VIEWER to ADMINISTRATOR',
      'REPORTER to INVESTIGATOR',
      'REPORTER to ADMINISTRATOR',
      'INVESTIGATOR to ADMINISTRATOR',
    ]);
    for (const role of ROLES) expect(losesRights(role, role)).toBe(false);
  });

  it.each(PAIRS)('from %s to %s loses a scope, a rule or sight nowhere unless that is said', (from, to) => {
    if (losesRights(from, to)) return;
    expect(ROLE_SCOPES[to]).toEqual(expect.arrayContaining([...ROLE_SCOPES[from]]));
    for (const { callers } of Object.values(RULES))
      expect(
        (callers as readonly string[]).includes(from) && !(callers as readonly string[]).includes(to),
      ).toBe(false);
    expect(reads(from) && !reads(to)).toBe(false);
  });
});
