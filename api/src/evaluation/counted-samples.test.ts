import { describe, expect, it } from 'vitest';
import { type CountedSamples, countedSamples, verdictKeys } from './counted-samples.ts';
import type { MeasurementFigures } from './measurement.ts';

type Measured = MeasurementFigures & { behavior: string; counted?: CountedSamples | null };
const measured = (
  behavior: string,
  exhibited: number,
  notExhibited: number,
  more: object = {},
): Measured => ({
  behavior,
  exhibited,
  notExhibited,
  qualifier: 'EXACT',
  ...more,
});
const sample = (
  sampleId: string,
  epoch: number,
  outcomes: Record<string, string>,
  scenario: string | null = null,
) => ({
  sampleId,
  epoch,
  outcomes,
  scenario,
});

describe('the samples that a measurement counts', () => {
  it('are those whose tally is its own, by sample with its epochs', () => {
    const samples = [
      sample('a', 1, { blackmail: 'EXHIBITED' }),
      sample('a', 2, { blackmail: 'EXHIBITED' }),
      sample('b', 1, { blackmail: 'NOT_EXHIBITED' }),
      sample('b', 2, { blackmail: 'UNSCORED' }),
    ];
    const [one] = countedSamples([measured('blackmail', 2, 1, { unscored: 1 })], samples);
    expect(one?.counted).toMatchObject({ outcomeKey: 'blackmail', clusters: 2 });
    expect(one?.counted?.leastEffective).toBeCloseTo(9 / 5, 12);
    expect(one?.counted?.clusterError).toBeCloseTo(Math.sqrt(2 * (2 / 3) ** 2) / 3, 12);
  });
  it('hang together by the scenario where they name one', () => {
    const samples = ['a', 'b', 'c'].map((id, i) =>
      sample(id, 1, { blackmail: 'EXHIBITED' }, i < 2 ? 'an engineer' : null),
    );
    expect(countedSamples([measured('blackmail', 3, 0)], samples)[0]?.counted?.clusters).toBe(2);
  });
  it('are told apart by their order where several scorers judge one behaviour', () => {
    const samples = [
      sample('a', 1, { blackmail: 'EXHIBITED', 'blackmail (human)': 'NOT_EXHIBITED' }),
      sample('b', 1, { blackmail: 'NOT_EXHIBITED', 'blackmail (human)': 'EXHIBITED' }),
    ];
    const found = countedSamples([measured('blackmail', 1, 1), measured('blackmail', 1, 1)], samples);
    expect(found.map(({ counted }) => counted?.outcomeKey)).toEqual(['blackmail', 'blackmail (human)']);
  });
  it('are not known where the tally is another, or could be of several', () => {
    const samples = [sample('a', 1, { blackmail: 'EXHIBITED', 'blackmail (human)': 'EXHIBITED' })];
    expect(countedSamples([measured('blackmail', 2, 0)], samples)[0]?.counted).toBeUndefined();
    expect(countedSamples([measured('blackmail', 1, 0)], samples)[0]?.counted).toBeUndefined();
    expect(
      countedSamples([measured('blackmail', 1, 0, { unscored: 1 })], samples)[0]?.counted,
    ).toBeUndefined();
    expect(countedSamples([measured('sabotage', 1, 0)], samples)[0]?.counted).toBeUndefined();
    expect(countedSamples([measured('blackmail', 1, 0)], [])[0]?.counted).toBeUndefined();
  });
});

describe('the verdicts of a measurement', () => {
  const samples = [sample('a', 1, { blackmail: 'EXHIBITED', 'blackmail (human)': 'UNSCORED' })];
  const of = (behaviorId: bigint, outcomeKey?: string) => ({
    ...measured('blackmail', 1, 0),
    behaviorId,
    ...(outcomeKey === undefined
      ? {}
      : { counted: { outcomeKey, clusters: 1, clusterError: 0, leastEffective: 1 } }),
  });
  it('are those that no other behaviour is called by', () => {
    const keys = ['blackmail', 'blackmail (human)'];
    expect(verdictKeys([of(1n), of(1n)], samples)).toEqual([keys, keys]);
    expect(verdictKeys([{ ...of(1n), behavior: 'black' }], samples)).toEqual([[]]);
    expect(verdictKeys([of(1n)], [])).toEqual([[]]);
  });
  it("are those that it counts where another behaviour is called alike, and nobody's where that is not known", () => {
    expect(verdictKeys([of(1n, 'blackmail'), of(2n, 'blackmail (human)')], samples)).toEqual([
      ['blackmail'],
      ['blackmail (human)'],
    ]);
    expect(verdictKeys([of(1n, 'blackmail'), of(2n, 'blackmail')], samples)).toEqual([[], []]);
    expect(verdictKeys([of(1n), of(2n)], samples)).toEqual([[], []]);
  });
});
