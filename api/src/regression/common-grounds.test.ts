import { describe, expect, it } from 'vitest';
import type { Guard } from '../access/audience-sight.ts';
import { commonGrounds, type Ground } from './common-grounds.ts';
import type { Sighted } from './tested-together.ts';

const guard = (more: Partial<Guard> = {}): Guard => ({
  ...{ visibility: 'MEMBERS', teamId: 1n, actorId: 10n, embargoed: false, named: [] },
  ...more,
});
const TEAM = guard({ visibility: 'TEAM' });
const teams = new Map([[10n, [1n]]]);

const [OWN, BASELINE, OTHER] = [5n, 6n, 7n];
const measured = (guards: Guard[]): Sighted => ({ measurementId: 1n, evalRunId: OWN, guards, ways: [] });
const testedOn = (id: bigint, evalRunId: bigint, guards: Guard[], of = id): Ground => ({
  ...{ kind: 'TESTED_ON' as const, id, evalRunId, of, guards },
});
const file = (id: bigint, evalRunId: bigint, guards: Guard[]): Ground => ({
  ...testedOn(id, evalRunId, guards),
  kind: 'IMPORT',
});
const grounds = (one: Sighted, ...all: Ground[]) =>
  commonGrounds([one], [BASELINE], all, teams).get(one.measurementId);

describe('what a verdict rests on', () => {
  it('is what everybody sees who sees the measurement, with all that it is told with', () => {
    const all = [testedOn(1n, OWN, [guard(), guard()]), testedOn(2n, BASELINE, [guard(), TEAM])];
    expect(grounds(measured([guard()]), ...all)).toEqual({ testedOnIds: [], importIds: [] });
    expect(grounds(measured([guard(), TEAM]), ...all)).toEqual({ testedOnIds: [1n, 2n], importIds: [] });
  });

  it('is nothing where one side says nothing, and nothing of a run that is not compared', () => {
    const own = [testedOn(1n, OWN, [guard()]), file(3n, OWN, [guard()])];
    expect(grounds(measured([guard()]), ...own)).toEqual({ testedOnIds: [], importIds: [] });
    const others = [testedOn(2n, OTHER, [guard()]), file(4n, BASELINE, [guard()])];
    expect(grounds(measured([guard()]), ...own, ...others)).toEqual({ testedOnIds: [], importIds: [3n, 4n] });
  });

  it('is the first of what says the same of a run, of what all see', () => {
    const all = [testedOn(9n, BASELINE, [guard()], 20n), testedOn(4n, OWN, [guard()], 21n)];
    const again = [testedOn(3n, OWN, [TEAM], 21n), testedOn(8n, OWN, [guard()], 21n)];
    expect(grounds(measured([guard()]), ...all, ...again)?.testedOnIds).toEqual([4n, 9n]);
  });

  it('is a file once that both were read from', () => {
    const both = [file(3n, OWN, [guard()]), file(3n, BASELINE, [guard()])];
    expect(grounds(measured([guard()]), ...both)?.importIds).toEqual([3n]);
  });
});
