import { describe, expect, it } from 'vitest';
import { planOf, planOfBytes } from '../formats/file-fixture.ts';
import type { ImportPlan } from '../planned.ts';

interface Assertion {
  type: string;
  [field: string]: unknown;
}
const judged = (assertion: Assertion, more: object = {}) => ({ pass: true, score: 1, assertion, ...more });
const result = (components: readonly object[] | null, fields: object = {}) => ({
  promptIdx: 0,
  testIdx: 0,
  promptId: 'p1',
  provider: { id: 'lab:m-1' },
  vars: { name: 'somebody' },
  success: true,
  failureReason: 0,
  score: 1,
  namedScores: {},
  ...(components === null ? {} : { gradingResult: { pass: true, score: 1, componentResults: components } }),
  ...fields,
});
const runOf = async (...results: readonly object[]) =>
  (await planOf({ results: { version: 3, results, stats: {} } })).runs[0]!;
const graderOf = ({ graders, scores }: ImportPlan, metric: string) => {
  const { grader } = scores.find((score) => score.metric === metric)!;
  return grader === null ? null : graders[grader]!;
};
const RUBRIC = {
  type: 'llm-rubric',
  value: 'is kind',
  provider: 'lab:judge',
  rubricPrompt: 'Grade {{output}}',
};

describe('who judged the results of promptfoo', () => {
  it('is a model, by its provider and prompt, where an assertion asks one', async () => {
    const run = await runOf(result([judged(RUBRIC)]));
    expect(graderOf(run, 'pass rate')).toEqual({
      name: 'promptfoo/success',
      version: expect.stringMatching(/^[0-9a-f]{12}$/),
      kind: 'MODEL',
      prompt: 'Grade {{output}}',
      parser: null,
      model: { name: 'lab:judge', version: 'unspecified' },
    });
    expect(graderOf(run, 'mean score')).toMatchObject({ name: 'promptfoo/score', kind: 'MODEL' });
    expect(run.metadata.graders).toMatchObject([
      { scorer: 'promptfoo/success', model: 'lab:judge', params: { assertions: [{ type: 'llm-rubric' }] } },
      { scorer: 'promptfoo/score', model: 'lab:judge' },
    ]);
  });

  it.each([
    ['llm-rubric', 'MODEL'],
    ['not-g-eval', 'MODEL'],
    ['promptfoo:redteam:harmful', 'MODEL'],
    ['trajectory:goal-success', 'MODEL'],
    ['similar:cosine', 'CLASSIFIER'],
    ['moderation', 'CLASSIFIER'],
    ['javascript', 'UNKNOWN'],
    ['not-webhook', 'UNKNOWN'],
    ['an-assertion-of-tomorrow', 'UNKNOWN'],
    ['human', 'HUMAN'],
  ])('%s is of the kind %s', async (type, kind) => {
    expect(graderOf(await runOf(result([judged({ type })])), 'pass rate')).toMatchObject({ kind });
  });

  it('is nobody where code alone compared: such a run names no graders', async () => {
    const code = ['contains', 'not-equals', 'regex', 'latency', 'is-json'].map((type) => judged({ type }));
    const run = await runOf(result(code));
    expect(run.graders).toEqual([]);
    expect(run.metadata).not.toHaveProperty('graders');
  });

  it('is several where code and a model judged, and of each metric those that bear its name', async () => {
    const run = await runOf(
      result(
        [
          judged({ ...RUBRIC, metric: 'kindness' }),
          judged({ type: 'contains', metric: 'form' }),
          judged({ type: 'javascript' }, { namedScores: { own: 0.5 } }),
          judged({ type: 'g-eval', metric: 'tone in {{language}}' }),
        ],
        { namedScores: { kindness: 1, form: 1, own: 0.5, 'tone in Welsh': 1, odd: 0 } },
      ),
    );
    expect(graderOf(run, 'pass rate')).toMatchObject({ kind: 'COMBINED', model: null });
    const kindOf = (metric: string) => graderOf(run, `mean namedScores/${metric}`);
    expect(kindOf('kindness')).toMatchObject({ name: 'promptfoo/kindness', kind: 'MODEL' });
    expect(kindOf('form')).toMatchObject({ name: 'promptfoo/form', kind: 'STRING_MATCH', model: null });
    expect(kindOf('own')).toMatchObject({ kind: 'UNKNOWN' });
    expect(kindOf('tone in Welsh')).toMatchObject({ kind: 'MODEL', model: null });
    // Of a run that names graders, what none is known of is not taken for computed.
    expect(kindOf('odd')).toBeNull();
  });

  it('is told by the test where the result was not graded, within sets too, and its settings stay in the file', async () => {
    const provider = { id: 'lab:judge', config: { apiKey: 'marked' } };
    const testCase = {
      vars: {},
      assert: [{ type: 'assert-set', metric: 'tone', assert: [{ type: 'llm-rubric', value: 'marked too' }] }],
      options: { provider },
    };
    const error = result(null, { testCase, success: false, failureReason: 2, error: 'API error' });
    const graded = result([judged({ type: 'llm-rubric' })], { testCase, namedScores: { tone: 1 } });
    const run = await runOf(error, graded);
    expect(graderOf(run, 'pass rate')).toMatchObject({ kind: 'MODEL', model: { name: 'lab:judge' } });
    expect(graderOf(run, 'mean namedScores/tone')).toMatchObject({ model: { name: 'lab:judge' } });
    expect(JSON.stringify(run)).not.toContain('marked');
    const alone = await runOf(error);
    expect(graderOf(alone, 'pass rate')).toMatchObject({ model: { name: 'lab:judge' } });
  });

  it('is told by the order of the assertions where a program states none in its result', async () => {
    const program = (score: number, more: object = {}) => ({ pass: score > 0, score, ...more });
    const code = judged({ type: 'contains' });
    const assert = [
      { type: 'javascript', metric: 'form' },
      { type: 'assert-set', metric: 'set', assert: [{ type: 'python' }, { type: 'equals' }] },
      { type: 'contains' },
    ];
    const inSet = [program(1), judged({ type: 'equals' })];
    const components = [
      program(0.5, { namedScores: { own: 0.5 } }),
      program(1, { componentResults: inSet }),
      ...inSet,
      code,
    ];
    const run = await runOf(
      result(components, { testCase: { vars: {}, assert }, namedScores: { form: 0.5, own: 0.5, set: 1 } }),
    );
    expect(graderOf(run, 'pass rate')).toMatchObject({ kind: 'COMBINED' });
    for (const metric of ['form', 'own'])
      expect(graderOf(run, `mean namedScores/${metric}`)).toMatchObject({ kind: 'UNKNOWN' });
    expect(graderOf(run, 'mean namedScores/set')).toMatchObject({ kind: 'COMBINED' });
    // Of a file that says nothing of it, nothing is known.
    expect(graderOf(await runOf(result([program(1), code])), 'pass rate')).toMatchObject({
      kind: 'COMBINED',
    });
    expect(graderOf(await runOf(result([program(1)])), 'pass rate')).toMatchObject({ kind: 'UNKNOWN' });
  });

  it('is told in a file of lines as in one document', async () => {
    const line = JSON.stringify(result([judged(RUBRIC)]));
    const { runs } = await planOfBytes(`${line}\n${line}\n`);
    expect(graderOf(runs[0]!, 'pass rate')).toMatchObject({ kind: 'MODEL', model: { name: 'lab:judge' } });
  });

  it('takes of a provider for each purpose the one of the assertion', async () => {
    const options = { provider: { text: { id: 'lab:judge' }, embedding: 'lab:vectors' } };
    const asked = async (type: string) =>
      graderOf(await runOf(result([judged({ type })], { testCase: { options } })), 'pass rate')?.model?.name;
    expect(await asked('llm-rubric')).toBe('lab:judge');
    expect(await asked('similar')).toBe('lab:vectors');
    expect(await asked('moderation')).toBeUndefined();
  });

  it('is another version by another type, provider or prompt, and the same whatever a test asks for', async () => {
    const versionOf = async (...assertions: Assertion[]) =>
      graderOf(await runOf(...assertions.map((one) => result([judged(one)]))), 'pass rate')!.version;
    const one = await versionOf(RUBRIC);
    expect(await versionOf({ ...RUBRIC, value: 'is brief' }, RUBRIC)).toBe(one);
    for (const other of [{ type: 'g-eval' }, { provider: 'lab:other' }, { rubricPrompt: 'Else' }])
      expect(await versionOf({ ...RUBRIC, ...other })).not.toBe(one);
  });

  it('says that the model is not known where no provider is stated, for what promptfoo takes then depends', async () => {
    const { runs, report } = await planOf({
      results: { results: [result([judged({ type: 'llm-rubric' })])], stats: {} },
    });
    expect(graderOf(runs[0]!, 'pass rate')).toMatchObject({ kind: 'MODEL', model: null });
    expect(report.warnings.join(' ')).toMatch(/which model judged for llm-rubric is not known/i);
  });

  it('keeps no more of a result than is kept of one value, however many assertions it has', async () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      judged({ type: 'llm-rubric', rubricPrompt: `${i} ${'x'.repeat(100_000)}` }),
    );
    const run = await runOf(result([judged(RUBRIC), ...many]));
    expect(graderOf(run, 'pass rate')).toMatchObject({ kind: 'MODEL' });
    expect(run.metadata.graders).toHaveLength(2);
    expect(JSON.stringify(run.metadata).length).toBeLessThan(10_000);
  });
});
