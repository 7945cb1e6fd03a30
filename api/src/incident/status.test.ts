import { describe, expect, it } from 'vitest';
import type { Principal, Role } from '../access/viewer.ts';
import { ROLE_SCOPES } from '../access/viewer.ts';
import { mayEdit, transitions } from './incident.access.ts';
import { INCIDENT_STATUSES, ruleFor, rulesFrom, STATUS_RULES } from './status.ts';

const person = (role: Role, teamIds: bigint[]): Principal => ({
  kind: 'principal',
  actorId: 1n,
  actorKind: 'PERSON',
  name: 'Somebody',
  role,
  teamIds,
  scopes: new Set(ROLE_SCOPES[role]),
  sessionId: null,
  tokenId: null,
});

describe('the life of an incident', () => {
  it('leads from a draft through every step to closed, and back when it regressed', () => {
    const life = [
      'DRAFT',
      'SUBMITTED',
      'TRIAGED',
      'INVESTIGATING',
      'MITIGATED',
      'RESOLVED',
      'CLOSED',
    ] as const;
    life.slice(1).forEach((to, i) => {
      expect(ruleFor(life[i]!, to)).not.toBeNull();
    });
    for (const from of ['MITIGATED', 'RESOLVED', 'CLOSED'] as const)
      expect(ruleFor(from, 'INVESTIGATING')?.needsComment).toBe(true);
  });
  it('has each step once, none to itself or back to a draft, and no end without a way on', () => {
    const steps = STATUS_RULES.map((r) => `${r.from} ${r.to}`);
    expect(new Set(steps).size).toBe(steps.length);
    expect(STATUS_RULES.some((r) => r.from === r.to || r.to === 'DRAFT')).toBe(false);
    for (const status of INCIDENT_STATUSES) expect(rulesFrom(status).length).toBeGreaterThan(0);
  });
  it('lets a reporter submit but not judge, and says why', () => {
    const reporter = person('REPORTER', [7n]);
    expect(transitions(reporter, { teamId: 7n, status: 'DRAFT' }).every((t) => t.allowed)).toBe(true);
    const triage = transitions(reporter, { teamId: 7n, status: 'SUBMITTED' }).find((t) => t.to === 'TRIAGED');
    expect(triage).toMatchObject({ allowed: false, reason: expect.stringContaining('investigators') });
  });
  it("refuses another team's reporter, a viewer and an anonymous caller", () => {
    expect(mayEdit(person('REPORTER', [8n]), { teamId: 7n }).allowed).toBe(false);
    expect(mayEdit(person('INVESTIGATOR', [8n]), { teamId: 7n }).allowed).toBe(true);
    expect(mayEdit(person('VIEWER', [7n]), { teamId: 7n }).allowed).toBe(false);
    expect(mayEdit({ kind: 'anonymous' }, { teamId: 7n }).allowed).toBe(false);
  });
});
