import { describe, expect, it } from 'vitest';
import { type Guard, seenWherever, widestWithin } from './audience-sight.ts';

const WORDS = ['PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED'] as const;
const PEOPLE = [1n, 2n, 3n, 4n];
const TEAM_IDS = [10n, 20n];
/** One is in both teams, two in the first, three in the second, four in none. */
const TEAMS = new Map([
  [1n, [10n, 20n]],
  [2n, [10n]],
  [3n, [20n]],
]);

/** What the predicate says of one person; null is somebody who is not signed in. */
function sees(person: bigint | null, guard: Guard): boolean {
  if (guard.visibility === 'PUBLIC' && !guard.embargoed) return true;
  if (person === null) return false;
  if (guard.visibility === 'MEMBERS' && !guard.embargoed) return true;
  return (
    person === guard.actorId ||
    guard.named.includes(person) ||
    (guard.visibility !== 'RESTRICTED' && (TEAMS.get(person) ?? []).includes(guard.teamId))
  );
}

const EVERY_GUARD: Guard[] = WORDS.flatMap((visibility) =>
  TEAM_IDS.flatMap((teamId) =>
    [1n, 3n].flatMap((actorId) =>
      [[], [4n], [2n]].flatMap((named) =>
        [false, true].map((embargoed) => ({ visibility, teamId, actorId, named, embargoed })),
      ),
    ),
  ),
);
const EVERYBODY = [null, ...PEOPLE];

describe('whoever sees the one', () => {
  it('sees the other wherever that is said, now and when an embargo on the one has ended: of every two', () => {
    let said = 0;
    for (const narrow of EVERY_GUARD)
      for (const wide of EVERY_GUARD) {
        if (!seenWherever(narrow, wide, TEAMS)) continue;
        said += 1;
        for (const now of [narrow, { ...narrow, embargoed: false }])
          for (const person of EVERYBODY)
            if (sees(person, now)) expect([narrow, wide, sees(person, wide)]).toEqual([narrow, wide, true]);
      }
    expect(said).toBeGreaterThan(EVERY_GUARD.length);
  });

  it('sees it where both are the same and nothing is shared', () => {
    for (const guard of EVERY_GUARD.filter((one) => !one.embargoed && one.named.length === 0)) {
      const author = (TEAMS.get(guard.actorId) ?? []).includes(guard.teamId);
      if (author || guard.visibility !== 'TEAM') expect(seenWherever(guard, guard, TEAMS)).toBe(true);
    }
  });

  it('does not where the author has left the team', () => {
    const guard: Guard = { visibility: 'TEAM', teamId: 10n, actorId: 3n, named: [], embargoed: false };
    expect(seenWherever(guard, { ...guard, actorId: 1n }, TEAMS)).toBe(false);
  });
});

describe('the widest of a new row', () => {
  const by = { teamId: 10n, actorId: 1n };

  it('shows it to nobody who may not see one of the others, of every two others', () => {
    for (const one of EVERY_GUARD)
      for (const two of EVERY_GUARD) {
        const found = widestWithin(by, [one, two], TEAMS);
        // Whoever writes it has seen what it rests on.
        for (const person of EVERYBODY)
          if (person !== by.actorId && sees(person, found))
            expect(sees(person, one) && sees(person, two)).toBe(true);
      }
  });

  it('is no narrower than they are', () => {
    const open: Guard = { visibility: 'PUBLIC', teamId: 20n, actorId: 3n, named: [], embargoed: false };
    expect(widestWithin(by, [open], TEAMS).visibility).toBe('PUBLIC');
    expect(widestWithin(by, [open, { ...open, visibility: 'MEMBERS' }], TEAMS).visibility).toBe('MEMBERS');
    expect(widestWithin(by, [{ ...open, visibility: 'TEAM', teamId: 10n }], TEAMS).visibility).toBe('TEAM');
    expect(widestWithin(by, [{ ...open, visibility: 'TEAM' }], TEAMS).visibility).toBe('RESTRICTED');
  });
});
