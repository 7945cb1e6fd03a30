import { describe, expect, it } from 'vitest';
import { planOf, planOfBytes, refusalOf } from '../formats/file-fixture.ts';

const result = (testIdx: number, fields: object = {}) => ({
  promptIdx: 0,
  testIdx,
  promptId: 'p1',
  provider: { id: 'openai:m-1', label: '' },
  prompt: { raw: 'a long prompt', label: 'greeting' },
  vars: { name: 'somebody' },
  response: { output: 'a long answer' },
  success: true,
  failureReason: 0,
  score: 1,
  namedScores: { kindness: 0.5 },
  ...fields,
});

const RESULTS = [
  result(0),
  result(1, { success: false, failureReason: 1, score: 0, error: 'Expected output to contain x' }),
  result(2, { success: false, failureReason: 2, score: 0, error: 'API error: 500' }),
  result(0, { provider: { id: 'openai:m-2' } }),
];
const FILE = {
  evalId: 'eval-abc',
  results: {
    version: 3,
    timestamp: '2025-01-15T10:30:00.000Z',
    prompts: [],
    results: RESULTS,
    stats: { successes: 2 },
  },
  config: { description: 'Greetings', providers: [{ id: 'openai:m-1', config: { apiKey: 'marked' } }] },
  shareableUrl: null,
};

describe('results of promptfoo', () => {
  it('tell what was given by variables and prompt, and by the variables alone where a conversation goes on', async () => {
    const of = async (fields: object) => {
      const results = [result(0, fields)];
      const plan = await planOf({ ...FILE, results: { ...FILE.results, results } });
      return plan.runs[0]!.samples![0]!.inputDigest;
    };
    const plain = await of({ vars: { a: 1, b: 2 } });
    expect(plain).toMatch(/^variables:[0-9a-f]{64}$/);
    expect(await of({ vars: { b: 2, a: 1 }, success: false })).toBe(plain);
    expect(await of({ vars: { a: 1, b: 3 } })).not.toBe(plain);
    // The id of a prompt with a name is made of the name.
    expect(await of({ vars: { a: 1, b: 2 }, prompt: { raw: 'edited', label: 'greeting' } })).not.toBe(plain);
    const said = (raw: string) =>
      of({ vars: { a: 1, _conversation: [raw] }, prompt: { raw, label: 'greeting' } });
    expect(await said('what it said once')).toBe(await said('what it said again'));
    expect(await of({ prompt: { raw: '[prompt stripped]', label: 'greeting' } })).toBeUndefined();
    expect(await of({ prompt: { label: 'greeting' } })).toBeUndefined();
    expect(await of({ vars: {} })).toBeUndefined();
  });

  it('makes one run a provider and prompt, and scores what was judged alone', async () => {
    const { format, runs } = await planOf(FILE);
    expect(format).toBe('promptfoo');
    expect(runs).toHaveLength(2);
    expect(runs[0]).toMatchObject({
      evaluation: { name: 'Greetings', version: 'unversioned' },
      model: { name: 'openai:m-1', version: 'unspecified' },
      conditions: [{ name: expect.stringMatching(/^prompt greeting ~/), factors: { promptId: 'p1' } }],
      startedAt: new Date('2025-01-15T10:30:00Z'),
      measurements: [],
      sampleCount: 3,
    });
    expect(runs[0]!.scores).toMatchObject([
      { metric: 'pass rate', value: 0.5, sampleCount: 2, unscored: 1, standardError: null },
      { metric: 'mean score', value: 0.5, sampleCount: 2, unscored: 1 },
      { metric: 'mean namedScores/kindness', value: 0.5, sampleCount: 2 },
    ]);
    expect(runs[0]!.samples!.map((sample) => [sample.scores.success, sample.error])).toEqual([
      [{ value: true, parts: null, answer: null }, null],
      [{ value: false, parts: null, answer: null }, null],
      [{ value: null, parts: null, answer: null }, 'API error: 500'],
    ]);
  });

  it('keeps nothing of the settings, which may hold credentials, nor of what was said', async () => {
    const plan = await planOf(FILE);
    expect(JSON.stringify(plan)).not.toMatch(/marked|a long/);
    expect(plan.report.leftOut).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          field: 'config.providers',
          reason: expect.stringContaining('credentials'),
        }),
        expect.objectContaining({ field: 'results[].response', count: 4 }),
        expect.objectContaining({ field: 'results.stats' }),
      ]),
    );
  });

  it('reads the same results without the settings around them', async () => {
    const { runs } = await planOf({
      version: 3,
      timestamp: '2025-01-15T10:30:00.000Z',
      results: [result(0)],
    });
    expect(runs[0]).toMatchObject({
      evaluation: { name: expect.stringMatching(/^promptfoo ~/) },
      sampleCount: 1,
    });
  });

  it('takes repetitions of a test for its epochs, though each is counted as a further test', async () => {
    const test = (name: string, value: string, description?: string) => ({
      vars: { name },
      testCase: { vars: { name }, assert: [{ type: 'contains', value }], description },
    });
    const repeated = [test('a', 'x', 'Greets a'), test('a', 'x', 'Greets a'), test('b', 'x'), test('a', 'y')];
    const read = async (results: readonly object[]) =>
      (await planOf({ results: { results, stats: {} } })).runs[0]!;
    const run = await read(repeated.map((one, i) => result(i, one)));
    const ids = run.samples!.map(({ sampleId }) => sampleId);
    expect(run.epochs).toBe(2);
    expect(run.samples!.map(({ epoch }) => epoch)).toEqual([1, 2, 1, 1]);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^Greets a ~[0-9a-f]{12}$/);
    expect(ids[2]).toMatch(/^test ~[0-9a-f]{12}$/);
    // In another order, and asked by another judge, an item is the same.
    const again = await read([...repeated].reverse().map((one, i) => result(i, one)));
    expect(again.samples!.map(({ sampleId }) => sampleId)).toEqual([...ids].reverse());
  });

  it('knows a test by its number where what it asks is not in the file', async () => {
    const stripped = { vars: {}, testCase: { assert: [{ type: 'contains', value: 'x' }] } };
    const large = { vars: { name: 'x'.repeat(200_000) } };
    const { runs } = await planOf({
      results: { results: [result(4, stripped), result(5, large)], stats: {} },
    });
    expect(runs[0]!.samples!.map(({ sampleId }) => sampleId)).toEqual(['4', '5']);
  });

  it('takes two providers of one name for two runs, by their settings or their place, and keeps no settings', async () => {
    const configured = (temperature: number, apiKey = 'marked') => ({
      provider: { id: 'openai:m-1', config: { temperature, apiKey } },
    });
    const read = async (...results: readonly object[]) =>
      (await planOf({ results: { results, stats: {} } })).runs;
    const settings = await read(result(0, configured(0)), result(0, configured(1)));
    expect(settings.map((run) => run.epochs)).toEqual([1, 1]);
    expect(new Set(settings.map((run) => run.conditions[0]!.name)).size).toBe(2);
    expect(new Set(settings.map((run) => run.runIdentity)).size).toBe(2);
    expect(JSON.stringify(settings)).not.toContain('marked');
    const [other] = await read(result(0, configured(0, 'of another person')));
    expect(other!.conditions).toEqual(settings[0]!.conditions);

    const places = await read(result(0), result(0, { promptIdx: 1 }));
    expect(places.map((run) => run.conditions[0]!.factors.promptIdx)).toEqual([0, 1]);
    expect(new Set(places.map((run) => run.runIdentity)).size).toBe(2);
    const [alone] = await read(result(0));
    expect(alone!.conditions[0]!.factors).not.toHaveProperty('promptIdx');
  });

  it('takes the failure of a grader for no verdict, and that of a call before failures had reasons', async () => {
    const failed = { success: false, failureReason: 1, score: 0 };
    const part = (type: string, more: object) => ({
      pass: false,
      score: 0,
      assertion: { type, metric: type },
      ...more,
    });
    const broken = part('llm-rubric', { metadata: { graderError: true } });
    const graded = (components: object[], more: object = {}) => ({
      ...failed,
      namedScores: { 'llm-rubric': 0, contains: 0 },
      gradingResult: { pass: false, score: 0, componentResults: components },
      ...more,
    });
    const testCase = { vars: { name: 'x' }, assert: [{ type: 'llm-rubric' }, { type: 'contains' }] };
    const { runs, report } = await planOf({
      results: {
        results: [
          result(0, graded([broken])),
          result(1, graded([broken, part('contains', { pass: true, score: 1 })])),
          // What code refused is refused, whatever the grader would have said.
          result(2, graded([broken, part('contains', {})], { testCase })),
          result(3, graded([broken, part('contains', {})], { testCase: { ...testCase, threshold: 0.5 } })),
          result(4, { ...failed, failureReason: undefined, error: 'API error: 500', namedScores: {} }),
          result(5, { ...failed, failureReason: undefined, gradingResult: { pass: false, score: 0 } }),
          // A person has the last word.
          result(6, graded([part('human', { pass: false }), broken])),
        ],
        stats: {},
      },
    });
    const values = (name: string) =>
      runs[0]!.samples!.map(({ scores }) => (scores[name] as { value: unknown } | undefined)?.value);
    expect(values('success')).toEqual([null, null, false, null, null, false, false]);
    expect(values('score')).toEqual([null, null, null, null, null, 0, 0]);
    expect(values('namedScores/llm-rubric').slice(0, 2)).toEqual([null, null]);
    expect(values('namedScores/contains').slice(1, 3)).toEqual([0, 0]);
    expect(runs[0]!.samples!.map(({ error }) => error !== null)).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(runs[0]!.scores[0]).toMatchObject({ value: 0, sampleCount: 3, unscored: 4 });
    expect(report.warnings.join(' ')).toMatch(/grader failed/);
  });

  it('are known by the names and runs that the first reader made of them, which say nothing of the content', async () => {
    const set = (temperature: number) => ({
      provider: { id: 'openai:m-1', config: { temperature } },
      vars: { name: 'ann' },
    });
    const of = (...results: object[]) => planOf({ ...FILE, results: { ...FILE.results, results } });
    const { runs, report } = await of(result(0, set(0)), result(1, set(0)), result(0, set(1)));
    const item = expect.stringMatching(/^test ~/);
    expect(runs.map(({ samples }) => samples!.map((one) => [one.sampleId, one.epoch, one.formerly]))).toEqual(
      [
        [
          [item, 1, { sampleId: '0', epoch: 1 }],
          [item, 2, { sampleId: '1', epoch: 1 }],
        ],
        // It was of one run with the first, and so its second epoch.
        [[item, 1, { sampleId: '0', epoch: 2 }]],
      ],
    );
    expect(report.kept.map(({ field }) => field)).toContain('results[].testIdx');
    // As the first reader told them apart: by no settings. Of a file without any, it is what tells it today.
    const plain = (await of(result(0, { vars: {} }))).runs[0]!;
    expect(runs.map((run) => run.formerIdentities)).toEqual([[plain.runIdentity], [plain.runIdentity]]);
    expect(plain).not.toHaveProperty('formerIdentities');
    expect(plain.samples![0]).not.toHaveProperty('formerly');
    // Another number of the same test is no other content.
    const renumbered = (await of(result(7, set(1)))).runs[0]!;
    expect(renumbered.samples![0]!.formerly).toEqual({ sampleId: '7', epoch: 1 });
    expect(renumbered.contentDigest).toBe(runs[1]!.contentDigest);
  });

  it('reads results that are written a line each', async () => {
    const lines = RESULTS.map((one) => `${JSON.stringify(one)}\n`).join('');
    const { format, runs, report } = await planOfBytes(lines);
    expect(format).toBe('promptfoo');
    expect(runs.map((run) => [run.model.name, run.sampleCount])).toEqual([
      ['openai:m-1', 3],
      ['openai:m-2', 1],
    ]);
    expect(report.leftOut).toContainEqual(expect.objectContaining({ field: 'results[].response', count: 4 }));
  });

  it('refuses a file without a result of a provider', async () => {
    const empty = { ...FILE, results: { ...FILE.results, results: [] } };
    expect((await refusalOf(JSON.stringify(empty))).message).toMatch(/no result that names its provider/);
  });

  describe('that are described in no words', () => {
    const test = (name: string, value = 'x') => ({ vars: { name }, assert: [{ type: 'contains', value }] });
    const suite = (...tests: (ReturnType<typeof test> | undefined)[]) =>
      planOf({
        ...FILE,
        config: {},
        results: {
          ...FILE.results,
          results: tests.map((testCase, testIdx) => result(testIdx, { vars: testCase?.vars, testCase })),
        },
      });
    const nameOf = async (plan: ReturnType<typeof suite>) => (await plan).runs[0]!.evaluation.name;

    it('are of an evaluation that is named by its tests, so that two suites are not one', async () => {
      const one = await nameOf(suite(test('ann'), test('bob')));
      expect(one).toMatch(/^promptfoo ~[0-9a-f]{8}$/);
      // In whatever order, and however often each is asked.
      expect(await nameOf(suite(test('bob'), test('ann'), test('bob')))).toBe(one);
      expect(await nameOf(suite(test('ann'), test('cid')))).not.toBe(one);
      expect(await nameOf(suite(test('ann'), test('bob', 'y')))).not.toBe(one);
    });

    it('are called promptfoo alone where the file does not hold the tests, and the report says so', async () => {
      const plan = suite(test('ann'), undefined);
      expect(await nameOf(plan)).toBe('promptfoo');
      expect((await plan).report.warnings.join(' ')).toMatch(/may be of unlike tests/);
      const told = await suite(test('ann'));
      expect(told.report.warnings.join(' ')).not.toMatch(/unlike tests/);
    });

    it('keep the words where there are any, whatever the tests', async () => {
      const { runs } = await planOf({
        ...FILE,
        results: { ...FILE.results, results: [result(0, { testCase: test('ann') })] },
      });
      expect(runs[0]!.evaluation.name).toBe('Greetings');
    });
  });
});
