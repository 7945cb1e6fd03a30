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

  it('reads the same results without the settings around them, and repetitions as epochs', async () => {
    const { runs } = await planOf({
      version: 3,
      timestamp: '2025-01-15T10:30:00.000Z',
      results: [result(0), result(0)],
    });
    expect(runs[0]!.samples!.map(({ sampleId, epoch }) => [sampleId, epoch])).toEqual([
      ['0', 1],
      ['0', 2],
    ]);
    expect(runs[0]).toMatchObject({ epochs: 2, evaluation: { name: expect.stringMatching(/^promptfoo ~/) } });
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
