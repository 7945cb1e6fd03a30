import { describe, expect, it } from 'vitest';
import type { ImportReport } from './import.ts';
import { asWrittenToday } from './older-report.ts';
import { changesOfReport } from './reading-changes.ts';
import { withRules } from './told-by-rules.ts';
import { toldTo } from './told-report.ts';

const ANONYMOUS = { kind: 'anonymous' } as const;

const CONFIRMED =
  'The log names the model that grades openai/x: it is recorded as model:hidden-judge@2, as a person of your team confirmed that name to mean.';
const AMBIGUOUS =
  'Several teams have a rule for the same scorer (hidden-rule, version 1; other, version 2): none was applied. Score the run by the one that you mean.';
const OLDER: ImportReport = {
  kept: [
    { field: 'eval.task', how: 'name of the evaluation' },
    {
      field: 'samples[].scores.match',
      how: 'measured as lying by the rule hidden-rule, version 1 (built in)',
    },
  ],
  leftOut: [],
  warnings: [
    CONFIRMED,
    AMBIGUOUS,
    '1 × "P" by match means nothing to the mapping hidden-rule, version 1: counted as unscored.',
    'The mapping hidden-rule, version 1 has no behaviour for the arguments of this task.',
    'The run is unfinished.',
  ],
  recordedBefore: null,
};

describe('a report from before what rests on the record stood apart', () => {
  const told = asWrittenToday(OLDER);

  it('names no rule, and keeps apart what the sender alone is told', () => {
    expect(told.warningsOfRecord).toEqual([CONFIRMED]);
    expect(withRules(told).warningsOfRecord).toEqual([CONFIRMED, AMBIGUOUS]);
    const whole = withRules(told);
    expect(whole.warnings).toEqual([
      '1 × "P" by match means nothing to the scoring rule: counted as unscored.',
      'The scoring rule has no behaviour for the arguments of this task.',
      'The run is unfinished.',
    ]);
    expect(whole.kept.map(({ how }) => how)).toEqual([
      'name of the evaluation',
      'measured as a behaviour, by a scoring rule',
    ]);
    expect(JSON.stringify(toldTo(ANONYMOUS, 1n, OLDER, () => false))).not.toContain('hidden');
  });

  it('tells nobody but the sender what a rule made of the file, of which it was not recorded which it is', () => {
    expect(told.kept.map(({ how }) => how)).toEqual(['name of the evaluation']);
    expect(told.warnings).toEqual(['The run is unfinished.']);
    expect(told.byRules).toMatchObject(Array(2).fill({ version: null, behaviors: null }));
  });

  it.each([
    AMBIGUOUS,
    'No sample of this log has a score by hidden_scorer.',
    'Its model, evaluation or a behaviour is seen by fewer people, so the eval run is visible as TEAM.',
  ])('does not tell others that there was something of rules to be told: %s', (said) => {
    const plain = { ...OLDER, kept: [], warnings: ['The run is unfinished.'] };
    const rule = {
      version: '1',
      behaviors: ['2'],
      kept: [],
      warnings: [],
      warningsOfRecord: [],
      reads: [],
      covers: [],
    };
    for (const kept of [
      { ...plain, warnings: [said, ...plain.warnings] },
      { ...plain, warningsOfRecord: [said] },
      { ...plain, warningsOfRecord: [said], byRules: [rule] },
    ]) {
      expect(toldTo(ANONYMOUS, 1n, kept, () => false)).toEqual(toldTo(ANONYMOUS, 1n, plain, () => false));
      expect(withRules(asWrittenToday(kept)).warningsOfRecord).toEqual([said]);
      expect(asWrittenToday(asWrittenToday(kept))).toEqual(asWrittenToday(kept));
    }
  });

  it('is left as it is where it is of today', () => {
    expect(asWrittenToday(told)).toEqual(told);
    expect(asWrittenToday({ ...told, warnings: [], warningsOfRecord: [] })).not.toHaveProperty('warnings.0');
  });

  it('says nothing otherwise than the same of today, and its rule is in no change', () => {
    expect(changesOfReport(OLDER, told)).toEqual([]);
  });
});
