import { describe, expect, it } from 'vitest';
import { compareTestedOn, type TestedOn } from './tested-on.ts';

let ids = 0n;
const of = (name: string, version: string | null, part: string | null = null): TestedOn => {
  ids += 1n;
  return { id: ids, name, version, part };
};
const NOTHING = { differences: [], unknowns: [] };

describe('the datasets that two runs were tested on', () => {
  it('say nothing where one run names none, or both the same', () => {
    const facts = of('lab/facts', null);
    expect(compareTestedOn([], [facts])).toEqual(NOTHING);
    expect(compareTestedOn([facts], [])).toEqual(NOTHING);
    expect(compareTestedOn([facts], [facts])).toEqual(NOTHING);
  });

  it('differ by version where both state a fixed one, and by name', () => {
    expect(compareTestedOn([of('lab/facts', 'a')], [of('lab/facts', 'b')]).differences).toEqual([
      'tested dataset: lab/facts@a against lab/facts@b',
    ]);
    expect(compareTestedOn([of('lab/facts', null)], [of('lab/lies', 'b')]).differences).toEqual([
      'tested dataset: lab/facts against lab/lies@b',
    ]);
  });

  it('are not known to be the same where one states no version, or a name that may be the same elsewhere', () => {
    for (const [one, two] of [
      [of('lab/facts', 'a'), of('lab/facts', null)],
      [of('facts', null), of('lab/facts', null)],
      [of('facts', 'a'), of('Lab/Facts', 'a')],
    ] as const)
      expect(compareTestedOn([one], [two])).toEqual({
        differences: [],
        unknowns: [expect.stringMatching(/^tested dataset: .* not recorded whether they are the same$/)],
      });
  });

  it('differ by the part of one, where both say which', () => {
    const part = (said: string | null) => ({ ...of('lab/facts', 'a'), id: 1_000n, part: said });
    expect(compareTestedOn([part('split test')], [part('split train')]).differences).toEqual([
      'tested part of lab/facts@a: split test against split train',
    ]);
    expect(compareTestedOn([part('split test')], [part(null)])).toEqual(NOTHING);
  });

  it('are not known to differ by one of several that is named by one run alone', () => {
    const facts = of('lab/facts', 'a');
    expect(compareTestedOn([facts, of('lab/sums', 'b')], [facts])).toEqual({
      differences: [],
      unknowns: ['tested dataset: lab/sums@b in one of them alone'],
    });
  });
});
