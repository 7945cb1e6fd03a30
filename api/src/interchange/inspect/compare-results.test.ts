import { describe, expect, it } from 'vitest';
import { processorSeconds } from '../../platform/processor-time-fixture.ts';
import { SAMPLE, SCORE, scoreOf, type Value } from '../log-fixture.ts';
import { compareResults } from './compare-results.ts';
import type { InspectSample, InspectScore } from './inspect-log.ts';

function sample(
  id: string,
  epoch: number,
  values: Record<string, Value>,
  more: Partial<InspectSample> = {},
): InspectSample {
  return {
    ...SAMPLE,
    id,
    epoch,
    scores: Object.fromEntries(Object.entries(values).map(([scorer, value]) => [scorer, scoreOf(value)])),
    ...more,
  };
}

/** Samples of one scorer and epoch. */
const of = (...values: Value[]) => values.map((value, i) => sample(String(i), 1, { match: value }));

function stated(value: number | null, more: Partial<InspectScore> = {}): InspectScore {
  return { ...SCORE, value, scoredSamples: null, unscoredSamples: null, ...more };
}

const NOTHING_SAID = { saidToBeWanted: null, partsCut: false };
const counts = { totalSamples: null, completedSamples: null };
const compare = (scores: InspectScore[], samples: InspectSample[], known = NOTHING_SAID) =>
  compareResults({ ...counts, scores }, samples, known);

describe('figures of the results', () => {
  it('are compared in no time where verdicts are long rows of digits and no numbers', async () => {
    const samples = of(...Array.from({ length: 2_000 }, () => `${'1'.repeat(999)}x`));
    const seconds = await processorSeconds(() => compare([stated(1)], samples));
    expect(seconds).toBeLessThan(2);
  });

  it('are told with the score, what is stated and what is found, where the samples give another', () => {
    expect(compare([stated(1)], of('C', 'I', 'P', 'N'))).toEqual([
      'The results state accuracy 1 of match; the 4 samples with a verdict that the log holds give 0.375.',
    ]);
    expect(compare([stated(0.5, { metric: 'pkg/mean' })], of(3, 4.5, true, false))).toEqual([
      'The results state pkg/mean 0.5 of match; the 4 samples with a verdict that the log holds give 2.125.',
    ]);
    expect(compare([stated(1)], [sample('1', 1, {})])).toEqual([
      'The results state accuracy 1 of match; no sample of the log has a verdict of it.',
    ]);
  });

  it('are those of numbers and truth values also where these are written as text', () => {
    expect(compare([stated(1)], of('1.0', '0', 'Yes', 'FALSE'))).toEqual([
      'The results state accuracy 1 of match; the 4 samples with a verdict that the log holds give 0.5.',
    ]);
    // What a word stands for that is none of these, nobody knows.
    expect(compare([stated(1)], of('1.0', 'mostly', '0x1', ''))).toEqual([]);
  });

  it('are told to mislead where they count as 0 what is no number', () => {
    const misleads = (figure: string, counts: string, others = '') => [
      `The ${figure} misleads: it counts ${counts}, as Inspect does with what it cannot convert.${others}`,
    ];
    expect(compare([stated(0.5)], of('C', 'C', 'mostly', 'hardly'))).toEqual(
      misleads(
        'accuracy 0.5 of match',
        '2 of 4 verdicts as 0 that are no number, such as "mostly"',
        ' The others give 1.',
      ),
    );
    expect(compare([stated(0, { metric: 'pkg/mean' })], of('pass', 'pass'))).toEqual(
      misleads('pkg/mean 0 of match', '2 of 2 verdicts as 0 that are no number, such as "pass"'),
    );
    expect(compare([stated(0)], of({ a: 1 }, { a: 1 }))).toEqual(
      misleads(
        'accuracy 0 of match',
        '2 of 2 verdicts as 0 that are no number, such as one of several values',
      ),
    );
    const epochs = ['C', 'mostly'].map((match, i) => sample('a', i + 1, { match }));
    expect(compare([stated(0.5)], epochs)).toEqual(
      misleads('accuracy 0.5 of match', '1 of 2 verdicts as 0 that are no number, such as "mostly"'),
    );
  });

  it('are not where what is no number changes nothing, was left out, or may be another figure to the scorer', () => {
    expect(compare([stated(0)], of('I', 'hardly'))).toEqual([]);
    expect(compare([stated(1)], of('C', 'mostly'))).toEqual([]);
    expect(compare([stated(0.75)], of('C', 'mostly'))).toEqual([]);
    const failed = sample('x', 1, { match: 'mostly' }, { error: 'boom' });
    expect(compare([stated(0.5)], [...of('C', 'I'), failed])).toEqual([]);
    expect(compare([stated(1 / 3)], [...of('C', 'I'), failed])).toHaveLength(1);
  });

  it('are of each value of a scorer, though two of them end alike, and as the scorer is called', () => {
    const values = of({ 'a/match': 1, 'b/match': 0 });
    expect(compare([stated(1, { name: 'a/match' }), stated(0.9, { name: 'b/match' })], values)).toEqual([
      'The results state accuracy 0.9 of match (b/match); the 1 samples with a verdict that the log holds give 0.',
    ]);
  });

  it.each<[string, InspectScore, InspectSample[]]>([
    ['letters', stated(0.375), of('C', 'I', 'P', 'N')],
    ['numbers', stated(2.125, { metric: 'mean' }), of(3, 4.5, true, false)],
    ['sums in another order', stated(0.1 + 0.2 + 0.3, { metric: 'mean' }), of(0.3 * 3, 0.2 * 3, 0.1 * 3)],
    ['numbers of half the precision', stated(Math.fround(1 / 3)), of('C', 'I', 'I')],
    [
      'a scorer that samples name without its package',
      stated(0.5, { scorer: 'a/match', name: 'a/match' }),
      of(1, 0),
    ],
    ['NaN left out, as today', stated(1), of('C', null)],
    ['no value', stated(null), of('C', 'I')],
    ['a metric that is no mean', stated(7, { metric: 'stderr' }), of('C', 'I')],
    ['verdicts that are no figures', stated(7), of('C', 'fair')],
    ['verdicts of several parts', stated(7), of({ a: 1 }, { a: 0 })],
  ])('are taken for right: %s', (_, score, samples) => {
    expect(compare([score], samples)).toEqual([]);
  });

  it('are means over the epochs of each item first', () => {
    const samples = [
      sample('a', 1, { match: 'C' }),
      sample('a', 2, { match: 'C' }),
      sample('a', 3, { match: 'C' }),
      sample('b', 1, { match: 'I' }),
    ];
    expect(compare([stated(0.5)], samples)).toEqual([]);
    expect(compare([stated(0.5, { reducer: 'mean' })], samples)).toEqual([]);
    expect(compare([stated(0.75)], samples)).toHaveLength(1);
  });

  it('reduced in a way of their own are compared only where there is nothing to reduce', () => {
    const reduced = [stated(0.75, { reducer: 'max' }), stated(0.9, { reducer: 'pass_at_2' })];
    expect(compare(reduced, of('C', 'I'))).toEqual([expect.stringContaining('accuracy 0.75 of match')]);
    const epochs = [sample('a', 1, { match: 'C' }), sample('a', 2, { match: 'I' })];
    expect(compare(reduced, epochs)).toEqual([]);
  });

  it('may or may not count samples that failed or were invalidated', () => {
    const samples = [
      ...of('C', 'I'),
      sample('x', 1, { match: 'C' }, { error: 'boom' }),
      sample('y', 1, { match: 'C' }, { invalidated: true }),
    ];
    for (const right of [0.75, 2 / 3, 0.5]) expect(compare([stated(right)], samples)).toEqual([]);
    expect(compare([stated(0.6)], samples)).toHaveLength(1);
  });

  it('are of a part where the entry has another name than its scorer', () => {
    const parts = (name: string, value: number) => stated(value, { name, metric: 'mean' });
    const samples = of({ harmful: 1, verdict: 1 }, { harmful: 0, verdict: null });
    expect(compare([parts('harmful', 0.5), parts('verdict', 1)], samples)).toEqual([]);
    expect(compare([parts('harmful', 1)], samples)).toEqual([
      'The results state mean 1 of match (harmful); the 2 samples with a verdict that the log holds give 0.5.',
    ]);
    expect(compare([parts('harmful', 1)], samples, { ...NOTHING_SAID, partsCut: true })).toEqual([]);
    expect(compare([parts('elsewhere', 1)], samples)).toEqual([]);
  });

  it('are left alone where it would have to be guessed which of the samples’ scorers is meant', () => {
    expect(compare([stated(1, { scorer: 'other', name: 'other' })], of('C', 'I'))).toEqual([]);
    const twice = [
      stated(1, { scorer: 'a/match', name: 'a/match' }),
      stated(0, { scorer: 'b/match', name: 'b/match' }),
    ];
    expect(compare(twice, of('C', 'I'))).toEqual([]);
  });

  it('are compared in one pass, though each sample and the results name scorers of their own', () => {
    const samples = Array.from({ length: 10_000 }, (_, i) => sample(String(i), 1, { [`s${i}`]: 'C' }));
    const scores = samples.map((_, i) => stated(0, { scorer: `s${i}`, name: `s${i}` }));
    // Samples times scores would be five seconds.
    const begun = process.cpuUsage();
    const warnings = compare(scores, samples);
    expect(process.cpuUsage(begun).user).toBeLessThan(2_500_000);
    expect(warnings).toHaveLength(51);
    expect(warnings.at(-1)).toBe('9950 more figures differ from what the samples give.');
  });
});

describe('counts of the results', () => {
  const withCounts = (
    totalSamples: number | null,
    completedSamples: number | null,
    samples: InspectSample[],
    saidToBeWanted: number | null = null,
  ) =>
    compareResults({ totalSamples, completedSamples, scores: [] }, samples, {
      ...NOTHING_SAID,
      saidToBeWanted,
    });
  const three = [...of('C', 'I'), sample('x', 1, {}, { error: 'boom' })];

  it('are told where the log holds another number, unless that was said', () => {
    expect(withCounts(3, 2, three)).toEqual([]);
    expect(withCounts(null, null, three)).toEqual([]);
    expect(withCounts(4, 3, three)).toEqual([
      'The results state 4 samples in total; the log holds 3.',
      'The results state 3 samples completed; the log holds 2 that ended without an error.',
    ]);
    expect(withCounts(4, 2, three, 4)).toEqual([]);
  });

  it.each([
    [2, 2, 'epochs', []],
    [4, 0, 'samples', []],
    [3, 0, 'neither', ['The results state 3 samples scored by match; the log holds 4.']],
    [2, 5, 'neither', ['The results state 5 samples not scored by match; the log holds 1.']],
  ])('of scored and unscored samples, %i and %i, may count %s', (scoredSamples, unscoredSamples, _, told) => {
    const samples = ['a', 'b'].flatMap((id) => [1, 2].map((epoch) => sample(id, epoch, { match: 'C' })));
    const all = [
      ...samples,
      sample('c', 1, {}),
      ...(scoredSamples === 2 && unscoredSamples === 2 ? [sample('d', 1, {})] : []),
    ];
    expect(compare([stated(1, { scoredSamples, unscoredSamples })], all)).toEqual(told);
  });

  it('of a log without samples cannot be compared, which is said where there is something to compare', () => {
    const unsaid = ['The log holds no samples: what its results state could not be compared with them.'];
    expect(withCounts(3, 3, [])).toEqual(unsaid);
    expect(compare([stated(1)], [])).toEqual(unsaid);
    expect(withCounts(0, 0, [])).toEqual([]);
    expect(withCounts(null, null, [])).toEqual([]);
  });
});
