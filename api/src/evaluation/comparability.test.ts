import { describe, expect, it } from 'vitest';
import { type Comparable, compare, namedGrader, namedVersion, onlyItemsDiffer } from './comparability.ts';
import { samplingSettings } from './sampling-settings.ts';

const base: Comparable = {
  behavior: { id: 1n, label: 'blackmail' },
  evaluationVersion: { id: 1n, label: 'agentic-misalignment 1.0' },
  condition: { id: 1n, label: 'replacement' },
  grader: { id: 1n, label: 'classifier 1' },
};

describe('comparability', () => {
  it('holds where evaluation version, condition and grader version are the same', () => {
    expect(compare(base, { ...base })).toEqual({ comparable: true, differences: [], unknowns: [] });
  });
  it('names each difference', () => {
    const other = { ...base, condition: null, grader: { id: 2n, label: 'classifier 2' } };
    expect(compare(base, other)).toEqual({
      comparable: false,
      differences: [
        'condition: replacement against not stated',
        'grader version: classifier 1 against classifier 2',
      ],
      unknowns: [],
    });
  });
  it('says nothing of a condition that has the same name in another evaluation version', () => {
    const other = {
      ...base,
      evaluationVersion: { id: 2n, label: 'agentic-misalignment 2.0' },
      condition: { id: 2n, label: 'replacement' },
    };
    expect(compare(base, other).differences).toEqual([
      'evaluation version: agentic-misalignment 1.0 against agentic-misalignment 2.0',
    ]);
    const further = { ...other, condition: { id: 3n, label: 'control' } };
    expect(compare(base, further).differences).toContain('condition: replacement against control');
  });
  it('does not hold between values that two versions of a rule read', () => {
    const by = (id: bigint) => ({ ...base, scoringRule: { id, label: `letters, version ${id}` } });
    expect(compare(by(1n), by(1n)).comparable).toBe(true);
    expect(compare(by(1n), by(2n)).differences).toEqual([
      'scoring rule: letters, version 1 against letters, version 2',
    ]);
    // A count from a publication states no rule.
    expect(compare(by(1n), base).comparable).toBe(true);
  });
  it('does not know of two runs of an evaluation whose version neither states, and tells a version from that', () => {
    const version = (id: bigint, name: string) => ({
      ...base,
      evaluationVersion: namedVersion({ id, evaluationName: 'MMLU', version: name }),
    });
    expect(compare(version(1n, 'unversioned'), version(1n, 'unversioned'))).toEqual({
      comparable: true,
      differences: [],
      unknowns: ['evaluation version: neither states one, so that it may differ'],
    });
    expect(compare(version(2n, '1'), version(2n, '1')).unknowns).toEqual([]);
    expect(compare(version(1n, 'unversioned'), version(2n, '1'))).toMatchObject({
      differences: ['evaluation version: MMLU unversioned against MMLU 1'],
      unknowns: [],
    });
  });
  it('is never claimed where nobody says who judged', () => {
    const unjudged = { ...base, grader: null };
    expect(compare(unjudged, unjudged).comparable).toBe(false);
  });
  it('does not know of a grader that asks a model which is not recorded', () => {
    const row = { id: 1n, graderName: 'judge', version: '1' };
    const silent = { ...base, grader: namedGrader({ ...row, kind: 'MODEL' }, null) };
    expect(compare(silent, silent)).toEqual({
      comparable: true,
      differences: [],
      unknowns: ['grader version: it asks a model, and which one is not recorded'],
    });
    const combined = { ...base, grader: namedGrader({ ...row, kind: 'COMBINED' }, null) };
    expect(compare(combined, combined)).toEqual({
      comparable: true,
      differences: [],
      unknowns: ['grader version: several judge together, and no one model is recorded for them'],
    });
    for (const [kind, judge] of [
      ['MODEL', {}],
      ['COMBINED', {}],
      ['CLASSIFIER', null],
      ['HUMAN', null],
    ] as const) {
      const known = { ...base, grader: namedGrader({ ...row, kind }, judge) };
      expect(compare(known, known).unknowns).toEqual([]);
    }
  });
  it('differs by sampling settings that both record, and does not know of what one does not', () => {
    const at = (temperature: number) => ({
      ...base,
      settings: samplingSettings({ generateConfig: { temperature } }),
    });
    expect(compare(at(0), at(0)).comparable).toBe(true);
    expect(compare(at(0), at(1))).toMatchObject({
      comparable: false,
      differences: ['temperature: 0 against 1'],
    });
    const without = { ...base, settings: null };
    expect(compare(at(0), without)).toEqual({
      comparable: true,
      differences: [],
      unknowns: ['sampling settings: recorded for one of them alone'],
    });
    expect(compare(without, without).unknowns).toEqual(['sampling settings: not recorded for either']);
  });
  it('differs by items, which alone leaves those in both to be compared', () => {
    const same = { one: 5, two: 5, both: 5, differing: 0, otherInputs: 0, unknownInputs: 0, byNumber: false };
    expect(compare(base, base, same).comparable).toBe(true);
    const subset = compare(base, base, { ...same, two: 3, both: 3 });
    expect(subset.differences).toEqual(['items: 5 against 3, of which 3 are in both']);
    expect(onlyItemsDiffer(subset)).toBe(true);
    const targets = compare({ ...base, grader: { id: 2n, label: 'other' } }, base, { ...same, differing: 2 });
    expect(targets.differences).toContain('items: 2 of the 5 in both have another target');
    expect(onlyItemsDiffer(targets)).toBe(false);
    expect(compare(base, base, null)).toMatchObject({
      comparable: true,
      unknowns: ['items: the samples are not recorded for both'],
    });
  });
  it('differs by what items of the same names were given, with counts, and does not know it where it is not told', () => {
    const items = {
      one: 5,
      two: 5,
      both: 5,
      differing: 3,
      otherInputs: 2,
      unknownInputs: 1,
      byNumber: false,
    };
    const found = compare(base, base, items);
    expect(found).toEqual({
      comparable: false,
      differences: [
        'items: 2 of the 5 in both have other inputs',
        'items: 1 of the 5 in both have another target alone',
      ],
      unknowns: ['items: whether they were given the same is not recorded for 1 of the 5 in both'],
    });
    expect(onlyItemsDiffer(found)).toBe(true);
    const unknown = { ...items, differing: 0, otherInputs: 0, unknownInputs: 5 };
    expect(compare(base, base, unknown)).toEqual({
      comparable: true,
      differences: [],
      unknowns: ['items: whether they were given the same is not recorded for 5 of the 5 in both'],
    });
    expect(compare(base, base, { ...unknown, unknownInputs: 0 }).unknowns).toEqual([]);
  });
  it('does not know that items are the same which are matched by their numbers alone', () => {
    const items = { one: 5, two: 5, both: 5, differing: 0, otherInputs: 0, unknownInputs: 0, byNumber: true };
    expect(compare(base, base, items)).toEqual({
      comparable: true,
      differences: [],
      unknowns: [
        'items: matched by their numbers alone, as neither what they were given nor what was wanted is recorded for both',
      ],
    });
  });
  it('differs by the tested dataset, and then leaves no items to be set against each other', () => {
    const on = (version: string | null) => ({
      ...base,
      testedOn: [{ id: version === null ? 0n : BigInt(version), name: 'facts', version, part: null }],
    });
    const items = {
      one: 5,
      two: 3,
      both: 3,
      differing: 0,
      otherInputs: 0,
      unknownInputs: 0,
      byNumber: false,
    };
    const found = compare(on('1'), on('2'), items);
    expect(found.differences).toEqual([
      'tested dataset: facts@1 against facts@2',
      'items: 5 against 3, of which 3 are in both',
    ]);
    expect(onlyItemsDiffer(found)).toBe(false);
    expect(compare(on('1'), on('1')).comparable).toBe(true);
    expect(compare(on('1'), on(null))).toMatchObject({ comparable: true, unknowns: [expect.any(String)] });
    expect(compare(on('1'), base)).toEqual({ comparable: true, differences: [], unknowns: [] });
  });
  it('differs by the scoring rule where both name one', () => {
    const ruled = (id: bigint) => ({ ...base, scoringRule: { id, label: `rule ${id}` } });
    expect(compare(ruled(1n), ruled(2n)).differences).toEqual(['scoring rule: rule 1 against rule 2']);
    expect(compare(ruled(1n), base)).toMatchObject({
      comparable: true,
      unknowns: ['scoring rule: stated for one of them alone'],
    });
  });
});
