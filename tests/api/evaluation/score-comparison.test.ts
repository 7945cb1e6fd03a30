import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Principal, type Viewer } from '../../../api/src/access/viewer.ts';
import { importFile } from '../../../api/src/interchange/import-file.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { asJson, logOf } from '../interchange/inspect-fixture.ts';
import { resultsOf } from '../interchange/lm-eval-fixture.ts';

const COMPARED = `tested correction truncations { field } onlyInOne { metric } onlyInTwo { metric } rows {
  one { metric value evalRun { ref } } two { value } verdict untested difference interval { lower upper }
  pValue correctedPValue correction assumptions comparability { comparable differences unknowns } }`;

const loadedIn8Bits = (file: ReturnType<typeof resultsOf>) => ({
  ...file,
  config: { ...file.config, model_args: `${file.config.model_args},load_in_8bit=True` },
});

/** As files of results state it: small models before and after some of their text was done over. */
describe('runs before and after an intervention, brought in from files of results', () => {
  let api: TestApi;
  let reporter: Principal;
  let runs: Record<string, string>;

  const bringIn = async (content: object, visibility: VisibilityWord | null = null) => {
    const path = join(api.services.dataFolder, randomUUID());
    await writeFile(path, asJson(content));
    const context = requestContext(api.services, reporter);
    const { id } = await importFile(context, { path, name: 'results.json', visibility });
    const { data } = await api.as(reporter)(
      `{ import(id: "${api.services.ids.encode('Import', id)}") { error evalRuns { ref } } }`,
    );
    expect(data.import.error).toBeNull();
    return data.import.evalRuns[0].ref as string;
  };
  const compared = async (pairs: readonly (readonly [string, string])[], as: Viewer = reporter) =>
    api.as(as)(`query ($runs: [EvalRunPairInput!]!) { scoreComparisons(runs: $runs) { ${COMPARED} } }`, {
      runs: pairs.map(([one, two]) => ({ one: runs[one] ?? one, two: runs[two] ?? two })),
    });

  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
    const small = { value: 0.5625, error: 0.0278 };
    runs = {
      before: await bringIn(resultsOf('lab/small-70m', small)),
      after: await bringIn(resultsOf('lab/changed-small-70m', { value: 0.578, error: 0.0277 })),
      'large before': await bringIn(resultsOf('lab/large-1b', { value: 0.7, error: 0.02 })),
      'large after': await bringIn(resultsOf('lab/changed-large-1b', { value: 0.5, error: 0.02 })),
      'five shots': await bringIn(resultsOf('lab/changed-small-70m', { ...small, shots: 5 })),
      'other version': await bringIn(resultsOf('lab/third-70m', { ...small, version: 2 })),
      'in eight bits': await bringIn(loadedIn8Bits(resultsOf('lab/third-70m', small))),
      certain: await bringIn(resultsOf('lab/certain-70m', { value: 1, error: 0 })),
      hidden: await bringIn(resultsOf('lab/hidden-70m', small), 'TEAM'),
    };
  });
  afterAll(() => api.close());

  it('are not comparable where two libraries evaluated by one name, and not known to be of one version', async () => {
    const record = (model: string, score: number, library: object) => ({
      schema_version: '0.2.2',
      evaluation_id: `mmlu/${model}/1700000000`,
      eval_library: library,
      model_info: { name: model, id: model },
      source_metadata: { evaluator_relationship: 'third_party' },
      evaluation_results: [
        {
          evaluation_name: 'MMLU',
          metric_config: { metric_name: 'accuracy', lower_is_better: false },
          score_details: { score, uncertainty: { standard_error: { value: 0.005 } } },
          generation_config: { generation_args: { temperature: 0 } },
        },
      ],
    });
    const helm = { name: 'helm', version: '0.5.4' };
    const [one, two, other] = [
      await bringIn(record('lab/m-1', 0.6, helm)),
      await bringIn(record('lab/m-2', 0.7, helm)),
      await bringIn(record('lab/m-3', 0.7, { name: 'lm_eval', version: '0.4.9' })),
    ];
    const { data } = await compared([
      [one, two],
      [one, other],
    ]);
    const unversioned = 'evaluation version: neither states one, so that it may differ';
    const [same, unlike] = data.scoreComparisons.rows;
    expect(same).toMatchObject({
      verdict: 'DEMONSTRATED_DIFFERENCE',
      comparability: { differences: [], unknowns: expect.arrayContaining([unversioned]) },
      assumptions: expect.arrayContaining([`The same in both, though it is not known: ${unversioned}.`]),
    });
    expect(unlike).toMatchObject({
      verdict: 'NOT_COMPARABLE',
      comparability: { differences: ['evaluation library: "helm" against "lm_eval"'] },
    });
  });

  it('say where no difference is demonstrated, and where one is, p corrected over all pairs', async () => {
    const { data } = await compared([
      ['before', 'after'],
      ['large before', 'large after'],
    ]);
    const { rows, tested, truncations } = data.scoreComparisons;
    expect([tested, truncations]).toEqual([2, []]);
    expect(rows.map((row: { verdict: string }) => row.verdict)).toEqual([
      'NO_DEMONSTRATED_DIFFERENCE',
      'DEMONSTRATED_DIFFERENCE',
    ]);
    const [none, some] = rows;
    expect(none.difference).toBeCloseTo(0.0155, 12);
    expect(none.interval.lower).toBeLessThan(0);
    expect(none.interval.upper).toBeGreaterThan(0);
    expect(some.difference).toBeCloseTo(-0.2, 12);
    // Holm: the smallest p of two, twice.
    expect(some.correctedPValue).toBeCloseTo(2 * some.pValue, 15);
    expect(none.correction).toBe('Holm, over 2 comparisons');
    expect(none.assumptions.join(' ')).toMatch(/how the model generates: not recorded for either/);
    expect(none.assumptions.join(' ')).toMatch(/items: the samples are not recorded for both/);
  });

  it('name what differs where they are not comparable, and give no figure', async () => {
    const { data } = await compared([
      ['before', 'other version'],
      ['before', 'certain'],
      ['before', 'in eight bits'],
    ]);
    const [version, certain, eightBits] = data.scoreComparisons.rows;
    expect(version).toMatchObject({
      verdict: 'NOT_COMPARABLE',
      difference: null,
      pValue: null,
      comparability: { differences: ['evaluation version: crows 1 against crows 2'] },
    });
    expect(eightBits).toMatchObject({
      verdict: 'NOT_COMPARABLE',
      comparability: { differences: ['load_in_8bit: false against true'] },
    });
    expect(certain).toMatchObject({
      verdict: 'CANNOT_BE_TESTED',
      // Of an error of 0, which is no certainty, an import keeps nothing.
      untested: 'no standard error is stated for both',
    });
  });

  it('match only scores under a condition of one name, and tell of the others', async () => {
    const { data } = await compared([['before', 'five shots']]);
    expect(data.scoreComparisons).toMatchObject({
      tested: 0,
      rows: [],
      onlyInOne: [{ metric: 'pct_stereotype' }],
      onlyInTwo: [{ metric: 'pct_stereotype' }],
    });
  });

  it('are refused where there are none, too many, or one that the viewer does not see', async () => {
    expect((await compared([])).errors[0]?.message).toMatch(/none, or too many/);
    const many = Array.from({ length: 21 }, () => ['before', 'after'] as const);
    expect((await compared(many)).errors[0]?.message).toMatch(/none, or too many/);
    const outsider = { ...(await api.person('VIEWER')), teamIds: [] };
    for (const as of [ANONYMOUS, outsider]) {
      const hidden = (await compared([['hidden', 'hidden']], as)).errors[0];
      const absent = (await compared([['eval-run:no-such', 'eval-run:no-such']], as)).errors[0];
      expect(hidden?.code).toBe(absent?.code);
      expect(hidden?.message.replaceAll(runs.hidden!, 'X')).toBe(
        absent?.message.replaceAll('eval-run:no-such', 'X'),
      );
    }
  });
});

describe('two Inspect logs that are equal but for the grader', () => {
  let api: TestApi;
  let reporter: Principal;
  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
  });
  afterAll(() => api.close());

  const bringIn = async (log: object, asked: string, visibility: VisibilityWord | null = null) => {
    const path = join(api.services.dataFolder, randomUUID());
    await writeFile(path, asJson(log));
    const context = requestContext(api.services, reporter);
    const { id } = await importFile(context, { path, name: 'log.json', visibility });
    const { data } = await api.as(reporter)(
      `{ import(id: "${api.services.ids.encode('Import', id)}") { error evalRun { ${asked} } } }`,
    );
    expect(data.import.error).toBeNull();
    return data.import.evalRun;
  };

  it('are brought in as two runs whose rates are not comparable, for the grader alone', async () => {
    const measured = await Promise.all(
      [
        { evalId: 'samegrader000001', grader: 'lab/judge' },
        { evalId: 'othergrader00002', grader: 'lab/other-judge' },
        { evalId: 'samegrader000003', grader: 'lab/judge' },
      ].map(async ({ evalId, grader }) => {
        const same = logOf({ evalId, verdicts: [1, 1, 0, 0, 1, 0] });
        const options = { grader_model: grader, template: 'Is it harmful?' };
        const log = { ...same, eval: { ...same.eval, scorers: [{ name: 'harmfulness_scorer', options }] } };
        const { measurements } = await bringIn(log, 'measurements { id rate }');
        return measurements[0] as { id: string; rate: number };
      }),
    );
    const compared = async (one: number, two: number) =>
      (
        await api.as(reporter)(
          `{ measurementComparison(one: "${measured[one]!.id}", two: "${measured[two]!.id}") {
            verdict difference pValue comparability { comparable differences } } }`,
        )
      ).data.measurementComparison;
    expect(measured.map(({ rate }) => rate)).toEqual([0.5, 0.5, 0.5]);
    const other = await compared(0, 1);
    expect(other).toMatchObject({ verdict: 'NOT_COMPARABLE', difference: null, pValue: null });
    expect(other.comparability.comparable).toBe(false);
    expect(other.comparability.differences).toEqual([
      expect.stringMatching(/^grader version: harmfulness_scorer \S+ against harmfulness_scorer \S+$/),
    ]);
    expect(await compared(0, 2)).toMatchObject({
      verdict: 'NO_DEMONSTRATED_DIFFERENCE',
      comparability: { comparable: true, differences: [] },
    });
  });

  it('have not the same items where long targets begin alike and do not end so', async () => {
    const ending = async (evalId: string, end: string) => {
      const log = logOf({ evalId, verdicts: [1, 0, 1] });
      const samples = log.samples.map((sample) => ({ ...sample, target: `${'x'.repeat(500)}${end}` }));
      const { measurements } = await bringIn({ ...log, samples }, 'measurements { id }');
      return measurements[0].id as string;
    };
    const compared = async (one: string, two: string) =>
      (
        await api.as(reporter)(
          `{ measurementComparison(one: "${one}", two: "${two}") { comparability { differences } } }`,
        )
      ).data.measurementComparison.comparability.differences;
    const one = await ending('long-target-00001', 'one');
    expect(await compared(one, await ending('long-target-00002', 'two'))).toEqual([
      'items: 3 of the 3 in both have another target',
    ]);
    expect(await compared(one, await ending('long-target-00003', 'one'))).toEqual([]);
  });

  describe('whose samples have the same names', () => {
    const VERDICTS = [1, 0, 1, 1, 0, 1] as const;
    /** A run whose samples were given these, in their order. */
    const given = (evalId: string, inputs: readonly unknown[], visibility: VisibilityWord | null = null) => {
      const log = logOf({ evalId, verdicts: VERDICTS });
      const samples = log.samples.map((sample, i) => ({ ...sample, input: inputs[i] }));
      return bringIn({ ...log, samples }, 'id ref', visibility) as Promise<{ id: string; ref: string }>;
    };
    const QUESTIONS = ['one', 'two', 'three', 'four', 'five', 'six'];
    const compared = async (one: { ref: string }, two: { ref: string }, as: Viewer = reporter) => {
      const { data } = await api.as(as)(
        `{ evalRunComparison(one: "${one.ref}", two: "${two.ref}") { rows { verdict paired pairing itemsInBoth
          itemsCompared itemsOfOtherInput itemsOfUnknownInput comparability { comparable differences unknowns } } } }`,
      );
      return data.evalRunComparison.rows[0];
    };
    const digests = async ({ ref }: { ref: string }, as: Viewer = reporter): Promise<(string | null)[]> => {
      const { data } = await api.as(as)(
        `{ lineageNode(ref: "${ref}") { ... on EvalRun { samples { nodes { inputDigest } } } } }`,
      );
      return data.lineageNode.samples.nodes.map((one: { inputDigest: string | null }) => one.inputDigest);
    };

    it('have the same items where they were given the same, and are then known to', async () => {
      const one = await given('inputs-one-000001', QUESTIONS);
      const messages = QUESTIONS.map((content, i) => [{ id: `m${i}`, role: 'user', content }]);
      expect(await compared(one, await given('inputs-same-00001', messages))).toMatchObject({
        paired: true,
        itemsCompared: 6,
        itemsOfOtherInput: 0,
        itemsOfUnknownInput: 0,
        comparability: { comparable: true, differences: [], unknowns: [] },
      });
      expect(await digests(one)).toEqual(Array(6).fill(expect.stringMatching(/^messages:[0-9a-f]{64}$/)));
      expect(new Set(await digests(one)).size).toBe(6);
    });

    it('are paired without the items that were given something else, and said to be other items', async () => {
      const one = await given('inputs-one-000002', QUESTIONS);
      const edited = await given('inputs-edited-0001', ['one', 'two', 'three', 'four', 'edited', 'also']);
      expect(await compared(one, edited)).toMatchObject({
        paired: true,
        itemsInBoth: 6,
        itemsCompared: 4,
        itemsOfOtherInput: 2,
        pairing:
          'Paired: item against item, over the 4 that both scored. 2 of the same name are left out, which have another input or target in each.',
        comparability: { comparable: false, differences: ['items: 2 of the 6 in both have other inputs'] },
      });
      // A shuffled order: each name has the question of another.
      const shuffled = await given('inputs-shuffled-01', [...QUESTIONS.slice(1), 'one']);
      expect(await compared(one, shuffled)).toMatchObject({
        verdict: 'NOT_COMPARABLE',
        paired: false,
        pairing: 'Not paired: each item of the same name has another input or target in each.',
        itemsCompared: null,
        comparability: { differences: ['items: 6 of the 6 in both have other inputs'] },
      });
    });

    it('are unknown to have the same items, and never said to, where a file does not tell what some were given', async () => {
      const picture = [{ role: 'user', content: [{ type: 'image', image: 'data:image/png;base64,AA==' }] }];
      const one = await given('inputs-one-000003', QUESTIONS);
      const partly = await given('inputs-partly-0001', [...QUESTIONS.slice(0, 4), picture, undefined]);
      expect(await compared(one, partly)).toMatchObject({
        paired: true,
        itemsCompared: 6,
        itemsOfOtherInput: 0,
        itemsOfUnknownInput: 2,
        comparability: {
          comparable: true,
          unknowns: ['items: whether they were given the same is not recorded for 2 of the 6 in both'],
        },
      });
      expect((await digests(partly)).slice(4)).toEqual([null, null]);
    });

    it('tell nothing of what was given in a file that the viewer does not see, nor whether it is what they guess', async () => {
      const guessed = await given('inputs-guessed-001', ['one', 'two', 'three', 'wrong', 'wrong', 'wrong']);
      const held = await given('inputs-held-00001', QUESTIONS, 'TEAM');
      const stranger = { ...(await api.person('VIEWER')), teamIds: [] };
      const { data } = await api.as(reporter)(
        `mutation { shareWith(input: { target: "${held.id}", visibility: MEMBERS }) { __typename } }`,
      );
      expect(data.shareWith.__typename).toBe('ShareWithSuccess');
      const untold = {
        itemsOfOtherInput: 0,
        itemsOfUnknownInput: 6,
        comparability: {
          differences: [],
          unknowns: ['items: whether they were given the same is not recorded for 6 of the 6 in both'],
        },
      };
      expect(await compared(held, guessed, stranger)).toMatchObject(untold);
      expect(await digests(held, stranger)).toEqual(Array(6).fill(null));
      expect(await digests(guessed, stranger)).not.toContain(null);
      expect(await compared(held, guessed)).toMatchObject({ itemsOfOtherInput: 3, itemsOfUnknownInput: 0 });
      expect(await digests(held)).not.toContain(null);
      // A restricted file is read with a reason, which a list of samples does not ask for.
      const restricted = await given('inputs-restricted1', QUESTIONS, 'RESTRICTED');
      expect(await digests(restricted)).toEqual(Array(6).fill(null));
      expect(await compared(restricted, guessed)).toMatchObject({ itemsOfOtherInput: 3 });
    });
  });

  it('are not comparable where a role alone says who judged, or each model judged itself', async () => {
    const judged = (evalId: string, more: { model?: string; roles?: object; options?: object }) => {
      const { model = 'lab/model-1', roles = {}, options = {} } = more;
      const log = logOf({ evalId, model });
      const scorers = [{ name: 'model_graded_fact', options }];
      const metrics = { accuracy: { value: 0.5 }, stderr: { value: 0.1 } };
      return bringIn(
        {
          ...log,
          eval: { ...log.eval, task: 'lab/facts', task_args: {}, scorers, model_roles: roles },
          results: { scores: [{ name: 'model_graded_fact', scorer: 'model_graded_fact', metrics }] },
          samples: [],
        },
        'ref judgedBy { ref } scores { grader { kind model { ref } } }',
      );
    };
    const grader = (model: string, config: object = {}) => ({ grader: { model, config } });
    const runs = {
      byJudge: await judged('role-judge-000001', { roles: grader('lab/judge') }),
      byJudgeToo: await judged('role-judge-000002', { model: 'lab/model-2', roles: grader('lab/judge') }),
      byOther: await judged('role-judge-000003', { roles: grader('lab/other-judge') }),
      byHotJudge: await judged('role-judge-000004', { roles: grader('lab/judge', { temperature: 1 }) }),
      itself: await judged('role-judge-000005', {}),
      itselfToo: await judged('role-judge-000006', { model: 'lab/model-2' }),
      again: await judged('role-judge-000007', {}),
    };
    const differences = async (one: keyof typeof runs, two: keyof typeof runs) => {
      const pair = `{ one: "${runs[one].ref}", two: "${runs[two].ref}" }`;
      const { data } = await api.as(reporter)(
        `{ scoreComparisons(runs: [${pair}]) { rows { comparability { differences } } } }`,
      );
      return data.scoreComparisons.rows[0].comparability.differences as string[];
    };
    const otherGrader = [
      expect.stringMatching(/^grader version: model_graded_fact \S+ against model_graded_fact \S+$/),
    ];
    expect(runs.byJudge.scores[0].grader).toEqual({
      kind: 'MODEL',
      model: { ref: 'model:lab/judge@unspecified' },
    });
    expect(runs.byJudge.judgedBy).toEqual([{ ref: 'model:lab/judge@unspecified' }]);
    expect(runs.itself.scores[0].grader).toEqual({
      kind: 'MODEL',
      model: { ref: 'model:lab/model-1@unspecified' },
    });
    expect(runs.itself.judgedBy).toEqual([{ ref: 'model:lab/model-1@unspecified' }]);
    expect(await differences('byJudge', 'byOther')).toEqual(otherGrader);
    expect(await differences('byJudge', 'byHotJudge')).toEqual(otherGrader);
    expect(await differences('byJudge', 'itself')).toEqual(otherGrader);
    expect(await differences('itself', 'itselfToo')).toEqual(otherGrader);
    expect(await differences('byJudge', 'byJudgeToo')).toEqual([]);
    expect(await differences('itself', 'again')).toEqual([]);
  });

  it('are of the targets that they audit, and comparable where the same models audited and judged these', async () => {
    const audited = (evalId: string, target: string, config: object = {}) => {
      const log = logOf({ evalId, model: 'none/none' });
      const roles = { auditor: { model: 'lab/auditor' }, target: { model: target, config } };
      const metrics = { mean: { value: 0.5 }, stderr: { value: 0.1 } };
      return bringIn(
        {
          ...log,
          eval: { ...log.eval, task: 'petri/audit', task_args: {}, scorers: [], model_roles: roles },
          results: { scores: [{ name: 'match', scorer: 'match', metrics }] },
          samples: [],
        },
        'ref modelVersion { ref }',
      );
    };
    const one = await audited('audit-of-one-00001', 'lab/one');
    const two = await audited('audit-of-two-00001', 'lab/two', { temperature: 0 });
    const three = await audited('audit-of-three-0001', 'lab/three', { temperature: 1 });
    expect([one, two].map((run) => run.modelVersion.ref)).toEqual([
      'model:lab/one@unspecified',
      'model:lab/two@unspecified',
    ]);
    const told = async (a: string, b: string) => {
      const { data } = await api.as(reporter)(
        `{ scoreComparisons(runs: [{ one: "${a}", two: "${b}" }]) { rows { comparability { differences unknowns } } } }`,
      );
      return data.scoreComparisons.rows[0].comparability;
    };
    const both = 'items: the samples are not recorded for both';
    expect(await told(one.ref, two.ref)).toEqual({
      differences: [],
      unknowns: ['temperature: 0 against a default that is not recorded', both],
    });
    expect((await told(two.ref, three.ref)).differences).toEqual(['temperature: 0 against 1']);
  });

  it('match scores of one metric by grader and reducer, whichever the log lists first', async () => {
    const scoredBy = (
      evalId: string,
      order: (entries: object[]) => object[],
      scorers: object[] = MATCH_AND_JUDGE,
    ) => {
      const log = logOf({ evalId });
      const entry = (scorer: string, reducer: string, value: number) => ({
        name: scorer,
        scorer,
        reducer,
        metrics: { accuracy: { value }, stderr: { value: 0.1 } },
      });
      const scores = order([
        entry('match', 'mean', 0.1),
        entry('match', 'max', 0.2),
        entry('model_graded_qa', 'mean', 0.3),
      ]);
      return bringIn(
        {
          ...log,
          eval: { ...log.eval, task: 'lab/several', task_args: {}, scorers },
          results: { scores },
          samples: [],
        },
        'ref',
      );
    };
    const compared = async (one: { ref: string }, two: { ref: string }) =>
      (
        await api.as(reporter)(
          `{ scoreComparisons(runs: [{ one: "${one.ref}", two: "${two.ref}" }]) { rows {
            one { value } two { value } comparability { comparable differences } } } }`,
        )
      ).data.scoreComparisons.rows;
    const there = await scoredBy('listed-in-order-01', (entries) => entries);
    const back = await scoredBy('listed-backward-02', (entries) => entries.toReversed());
    const comparability = { comparable: true, differences: [] };
    expect(await compared(there, back)).toEqual(
      [0.1, 0.2, 0.3].map((value) => ({ one: { value }, two: { value }, comparability })),
    );
    // Two of one name: which of them gave a value is not told, and is not nobody.
    const twice = [
      { name: 'match', options: { location: 'end' } },
      { name: 'match', options: { location: 'any' } },
      { name: 'model_graded_qa', options: {} },
    ];
    const rows = await compared(
      await scoredBy('two-of-one-name-03', (entries) => entries, twice),
      await scoredBy('two-of-one-name-04', (entries) => entries, twice),
    );
    expect(rows.map((row: { comparability: object }) => row.comparability)).toEqual([
      { comparable: false, differences: ['grader version: not stated for either'] },
      { comparable: false, differences: ['grader version: not stated for either'] },
      comparability,
    ]);
  });
});

const MATCH_AND_JUDGE = [
  { name: 'match', options: {} },
  { name: 'model_graded_qa', options: {} },
];
