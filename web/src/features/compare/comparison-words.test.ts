import { describe, expect, it } from 'vitest';
import {
  boundsWords,
  comparedApart,
  differenceWords,
  pairedWords,
  pairingWords,
  pWords,
} from './comparison-words.ts';

describe('a comparison in words', () => {
  it('gives a difference its sign and its interval, and says where there is none', () => {
    const interval = { lower: 0.031, upper: 0.214, level: 0.95 };
    expect(differenceWords({ difference: 0.12, interval })).toBe(
      '+12 points (95% interval +3.1 to +21.4 points)',
    );
    expect(differenceWords({ difference: -0.12, interval: null })).toBe('−12 points, without an interval');
    expect(differenceWords({ difference: null, interval })).toBeNull();
  });

  it('tells a rate of the items compared from that of all that was measured', () => {
    expect(comparedApart(0.4, 0.5)).toBe(0.4);
    expect(comparedApart(0.4, null)).toBe(0.4);
    expect([comparedApart(0.5, 0.5), comparedApart(null, 0.5)]).toEqual([null, null]);
  });

  it('counts the items that a compared rate is of, and no k where items were scored more than once', () => {
    const single = { paired: true, itemsCompared: 80, midPValue: 0.2 };
    expect(pairedWords(single, 33 / 80)).toBe('33 of 80 items scored in both');
    expect(pairedWords({ ...single, midPValue: null }, 0.4)).toBe('mean over 80 items scored in both');
    expect(pairedWords({ ...single, paired: false }, 0.5)).toBeNull();
    expect(pairedWords(single, null)).toBeNull();
  });

  it('never writes a p of nothing', () => {
    expect([0.0312, 0.2, 0.0000001, 1, null].map(pWords)).toEqual(['0.031', '0.2', '< 0.0001', '1', null]);
  });

  it('tells whether items were compared with items, and how many there are', () => {
    const counted = { itemsInOne: 100, itemsInTwo: 90, itemsInBoth: 80 };
    expect(pairingWords({ pairing: 'Paired: item against item.', ...counted, itemsCompared: 78 })).toBe(
      'Paired: item against item. 80 items in both, of 100 and 90; 78 scored in both.',
    );
    expect(pairingWords({ pairing: 'Not paired: not comparable.' })).toBe('Not paired: not comparable.');
  });

  it('says of how many items of one name it is another input, and of how many that is not known', () => {
    const of = (itemsOfOtherInput: number, itemsOfUnknownInput: number) =>
      pairingWords({ pairing: 'Paired.', itemsInBoth: 80, itemsOfOtherInput, itemsOfUnknownInput });
    expect(of(0, 0)).toBe('Paired.');
    expect(of(2, 0)).toBe('Paired. 2 of these were given another input in each run.');
    expect(of(1, 3)).toBe(
      'Paired. 1 of these was given another input in each run. Of 3 of these it is not known whether they were given the same input.',
    );
    expect(of(0, 80)).toBe('Paired. Of none of these is it known whether they were given the same input.');
  });

  it('says between which differences the unscored leave it', () => {
    expect(boundsWords({ lower: -0.1, upper: 0.3 })).toBe(
      '−10 to +30 points, whatever the unscored and the grader errors were',
    );
    expect(boundsWords(null)).toBeNull();
  });
});
