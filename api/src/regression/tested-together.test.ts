import { describe, expect, it } from 'vitest';
import type { Guard } from '../access/audience-sight.ts';
import { inGroups, type Sighted, testedTogether } from './tested-together.ts';

const guard = (more: Partial<Guard> = {}): Guard => ({
  ...{ visibility: 'MEMBERS', teamId: 1n, actorId: 10n, embargoed: false, named: [] },
  ...more,
});
const of = (measurementId: bigint, guards: Guard[], more: Partial<Sighted> = {}): Sighted => ({
  ...{ measurementId, evalRunId: measurementId, guards, ways: [] },
  ...more,
});
const teams = new Map([[10n, [1n]]]);
const tested = (...all: Sighted[]) =>
  [...testedTogether(all, teams)].map(([id, others]) => [id, [...others]]);

describe('what is tested together', () => {
  it('is of each what everybody sees who sees it', () => {
    const wide = of(1n, [guard()]);
    const team = of(2n, [guard(), guard({ visibility: 'TEAM' })]);
    const named = of(3n, [guard(), guard({ visibility: 'RESTRICTED', named: [11n] })]);
    expect(tested(wide, team, named)).toEqual([
      [1n, [1n]],
      [2n, [1n, 2n]],
      // Whoever is named may be of no team.
      [3n, [1n, 3n]],
    ]);
  });

  it('is all of one run that the same people see, also where that is nowhere said by its words', () => {
    const own = [guard({ embargoed: true }), guard({ visibility: 'RESTRICTED', named: [11n] })];
    expect(tested(of(1n, own), of(2n, [...own].reverse()))).toEqual([
      [1n, [1n, 2n]],
      [2n, [1n, 2n]],
    ]);
  });

  it('asks for the way to the family, unless both were measured in one run', () => {
    const ways = [guard({ visibility: 'TEAM' })];
    const one = of(1n, [guard()], { evalRunId: 5n, ways });
    const two = of(2n, [guard()], { evalRunId: 5n, ways });
    const other = of(3n, [guard()], { evalRunId: 6n, ways });
    expect(tested(one, two, other)).toEqual([
      [1n, [1n, 2n]],
      [2n, [1n, 2n]],
      [3n, [3n]],
    ]);
  });

  it('makes groups of those that are tested with the same', () => {
    const together = testedTogether(
      [of(1n, [guard()]), of(2n, [guard()]), of(3n, [guard({ visibility: 'TEAM' })])],
      teams,
    );
    expect(inGroups([1n, 3n, 2n], together)).toEqual([
      { ids: [1n, 2n], with: [1n, 2n] },
      { ids: [3n], with: [1n, 2n, 3n] },
    ]);
  });
});
