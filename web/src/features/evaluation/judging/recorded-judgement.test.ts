import { describe, expect, it } from 'vitest';
import type { RecordedJudgementFragment } from '../../../graphql/generated/graphql.ts';
import { figureWords, judgedBefore, judgementsOf, judgementWords } from './recorded-judgement.ts';

const said = (id: string, more: Partial<RecordedJudgementFragment> = {}): RecordedJudgementFragment => ({
  ...{ id, judged: true, rate: 0.5, sampleCount: 2, recordedAt: '2026-05-08T14:03:00.000Z' },
  ...{ retractedAt: null, retractionReason: null, retractedBy: null, condition: null },
  behavior: { name: 'blackmail', title: 'Blackmail' },
  grader: { name: 'ada', version: '1' },
  ...more,
});

describe('what people judged of a run', () => {
  it('is what was judged sample by sample, that which was taken back last', () => {
    const [stands, gone] = [said('stands'), said('gone', { retractedAt: '2026-05-09T00:00:00.000Z' })];
    expect(
      judgementsOf({ measurements: [said('log', { judged: false }), stands], retractedMeasurements: [gone] }),
    ).toEqual([stands, gone]);
  });

  it('is of one behaviour by one version of a grader, for whoever judges so once more', () => {
    const all = [
      said('mine'),
      said('other', { grader: { name: 'bea', version: '1' } }),
      said('older', { grader: { name: 'ada', version: '0' } }),
      said('else', { behavior: { name: 'sloth', title: 'Sloth' } }),
      said('hidden', { grader: null }),
    ];
    const by = { behavior: 'blackmail', grader: 'ada@1' };
    expect(judgedBefore(all, by).map(({ id }) => id)).toEqual(['mine']);
  });

  it('is said in words, with what came of it', () => {
    expect(judgementWords(said('one'))).toBe('what ada 1 judged of Blackmail');
    expect(judgementWords(said('two', { grader: null, condition: { name: 'control' } }))).toBe(
      'what somebody judged of Blackmail under control',
    );
    expect(figureWords(said('one'))).toBe('50% of 2 samples showed it');
    expect(figureWords(said('none', { rate: null, sampleCount: 0 }))).toBe('no sample told either way');
  });
});
