import { describe, expect, it } from 'vitest';
import { chooseRules, isAbout, statusOf } from './scoring-rule.ts';

const candidate = (id: bigint, namespace: string, own: boolean, scorer = 'judge', part?: string) => ({
  id,
  namespace,
  own,
  definition: {
    behavior: 'lying',
    scorer,
    ...(part === undefined ? {} : { part }),
    exhibited: { oneOf: ['C'] },
    notExhibited: { oneOf: ['I'] },
  },
});
const ids = (all: { id: bigint }[]) => all.map((one) => one.id);

describe('chooseRules', () => {
  it("takes an own team's rule before the common one, and that before another team's", () => {
    const own = candidate(1n, 'lab', true);
    const common = candidate(2n, '', false);
    const other = candidate(3n, 'other', false);
    expect(ids(chooseRules([other, common, own]).used)).toEqual([1n]);
    expect(ids(chooseRules([other, common]).used)).toEqual([2n]);
    expect(ids(chooseRules([other]).used)).toEqual([3n]);
  });

  it('applies none of the rules of two other teams for one scorer, and tells them', () => {
    const chosen = chooseRules([candidate(1n, 'a', false), candidate(2n, 'b', false)]);
    expect(chosen.used).toEqual([]);
    expect(ids(chosen.ambiguous)).toEqual([1n, 2n]);
  });

  it('decides for each scorer, and each part of it, by itself', () => {
    const all = [
      candidate(1n, 'lab', true, 'judge', 'harmful'),
      candidate(2n, '', false, 'pkg/judge', 'harmful'),
      candidate(3n, '', false, 'judge', 'verdict'),
      candidate(4n, '', false, 'match'),
    ];
    expect(ids(chooseRules(all).used)).toEqual([1n, 3n, 4n]);
  });

  it('has no rule stand back for one of another scorer whose name ends alike', () => {
    const all = [
      candidate(1n, '', false, 'success'),
      candidate(2n, 'lab', true, 'namedScores/success'),
      candidate(3n, '', false, 'namedScores/success'),
      candidate(4n, 'lab', true, 'other/success'),
    ];
    expect(ids(chooseRules(all).used)).toEqual([1n, 2n, 4n]);
  });
});

describe('isAbout', () => {
  it('knows a task by its whole name and without its package, and by no other package', () => {
    expect(isAbout('sums', 'inspect_evals/sums')).toBe(true);
    expect(isAbout('inspect_evals/sums', 'inspect_evals/sums')).toBe(true);
    expect(isAbout('other/sums', 'inspect_evals/sums')).toBe(false);
    expect(isAbout('inspect_evals/sums', 'sums')).toBe(false);
  });
});

describe('statusOf', () => {
  const version = { retractedAt: null, superseded: false, builtIn: false, confirmedAt: null };
  it('is told by what was done to a version, the last first', () => {
    const at = new Date();
    expect(statusOf(version)).toBe('PROPOSED');
    expect(statusOf({ ...version, builtIn: true })).toBe('BUILT_IN');
    expect(statusOf({ ...version, confirmedAt: at })).toBe('CONFIRMED');
    expect(statusOf({ ...version, confirmedAt: at, superseded: true })).toBe('SUPERSEDED');
    expect(statusOf({ ...version, confirmedAt: at, superseded: true, retractedAt: at })).toBe('RETRACTED');
  });
});
