import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

const COUNTS = 'exposed of unknown';
const CAUSES = `query ($incidents: [NodeRef!]!, $first: Int, $threshold: Float) {
  commonCauses(incidents: $incidents, first: $first, threshold: $threshold) {
    source { label } contentTag { name } generatedBy { label }
    state lift pValue correctedPValue modelVersions { ${COUNTS} } others { ${COUNTS} } } }`;
const COMPARISON = `query ($incidents: [NodeRef!]!) { commonCauseComparison(incidents: $incidents) {
  incidents { key } behaviors { name } modelVersions { label } others { label } showing undecided tested threshold
  causeCount causes { source { label } modelVersions { ${COUNTS} } others { ${COUNTS} } }
  apart { via modelVersions others node { label } } truncations { field shown total } } }`;

const fractions = (inputs: Record<string, number>) => ({
  unit: 'FRACTION',
  complete: true,
  inputs: Object.entries(inputs).map(([of, amount]) => ({ of, amount })),
});

interface Labelled {
  label: string;
}
const labels = (nodes: Labelled[]) => nodes.map(({ label }) => label).sort();

describe('common causes of incidents', () => {
  let api: TestApi;
  let reporter: Principal;
  let outsider: Principal;
  let build: Mutate;
  const incidents: string[] = [];
  let hiddenIncident: string;

  const ask = async (viewer: Principal, query: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await api.as(viewer)(query, { incidents, ...variables });
    expect(errors).toEqual([]);
    return data;
  };
  const causes = async (viewer: Principal, variables = {}) =>
    (await ask(viewer, CAUSES, variables)).commonCauses;
  const ofSource = async (name: string, viewer: Principal, variables = {}) =>
    (await causes(viewer, variables)).find((one: { source: Labelled | null }) => one.source?.label === name);

  /** A model version, what it was trained on, and what came of measuring it for blackmail. */
  const model = async (
    name: string,
    inputs: Record<string, number> | null,
    measured: object | null,
    more: { visibility?: string; run?: object; evalRun?: object } = {},
  ) => {
    const { visibility = 'MEMBERS' } = more;
    await build('registerModelVersion', {
      model: name,
      version: '1',
      visibility,
      ...(inputs && {
        trainedBy: {
          name: `${name} run`,
          stage: 'PRETRAINING',
          startedFrom: 'SCRATCH',
          composition: fractions(inputs),
          ...more.run,
        },
      }),
    });
    if (measured)
      await build('recordEvalRun', {
        name: `${name} eval`,
        evaluation: 'misalignment',
        evaluationVersion: '1',
        modelVersion: `model:${name}@1`,
        visibility,
        measurements: [{ behavior: 'blackmail', ...measured }],
        ...more.evalRun,
      });
  };
  const file = async (title: string, models: string[], visibility = 'MEMBERS', behaviors = ['blackmail']) =>
    (
      await build(
        'fileIncident',
        {
          title,
          summary: 'It threatened an engineer.',
          setting: 'SAFETY_TEST',
          severity: 'HIGH',
          behaviors,
          modelVersions: models.map((name) => `model:${name}@1`),
          visibility,
        },
        'incident { ref }',
      )
    ).incident.ref as string;

  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
    outsider = await api.person('VIEWER');
    build = building(mutating(api, reporter));
    for (const name of ['books', 'crawl', 'reviews'])
      await build('registerSource', { name, visibility: 'MEMBERS' });
    await build('registerBehavior', { name: 'blackmail', title: 'Blackmail' });
    await build('registerBehavior', { name: 'idleness', title: 'Idleness' });
    await build('registerEvaluation', { name: 'misalignment', version: '1' });
    await model('grader', null, null);
    await model('teacher', { 'source:reviews': 1 }, null);
    const shown = { exhibited: 5, notExhibited: 15 };
    const none = { exhibited: 0, notExhibited: 20 };
    const books = { 'source:books': 0.25, 'source:crawl': 0.75 };
    await model('bad-1', books, shown, { run: { distilledFrom: ['model:teacher@1'] } });
    await model('bad-2', books, shown, { evalRun: { judgedBy: ['model:grader@1'] } });
    await model('bad-3', books, shown);
    await model('bad-4', books, shown);
    for (const n of [1, 2, 3, 4]) await model(`good-${n}`, { 'source:crawl': 1 }, none);
    await model('good-hidden', books, none, { visibility: 'RESTRICTED' });
    await model('bare', null, none);
    await model('shows', { 'source:crawl': 1 }, { exhibited: 1, notExhibited: 19 });
    await model('accused', { 'source:crawl': 1 }, none);
    await model('at-most', { 'source:crawl': 1 }, { rate: 0.03, qualifier: 'AT_MOST' });
    await model('unmeasured', { 'source:crawl': 1 }, null);
    incidents.push(
      await file('First', ['bad-1', 'bad-2']),
      await file('Second', ['bad-3', 'bad-4', 'bad-1']),
    );
    await file('Another', ['accused']);
    hiddenIncident = await file('Hidden', ['good-1'], 'RESTRICTED');
  });
  afterAll(() => api.close());

  it('are what the models of the incidents share, counted, with lift, p and its correction', async () => {
    const all = await causes(outsider);
    expect(all).toMatchObject([
      {
        source: { label: 'books' },
        contentTag: null,
        generatedBy: null,
        state: 'MORE_EXPOSED',
        lift: null,
        modelVersions: { exposed: 4, of: 4, unknown: 0 },
        others: { exposed: 0, of: 4, unknown: 1 },
      },
      { source: { label: 'crawl' }, state: 'TOO_FEW_TO_SAY', lift: 1, correctedPValue: null },
    ]);
    expect(all[0].pValue).toBeCloseTo(1 / 35, 9);
    expect(all[0].correctedPValue).toBeCloseTo(1 / 35, 9);
  });

  it('compare with those measured and showing nothing, and count apart who shows it or may', async () => {
    const { commonCauseComparison: found } = await ask(outsider, COMPARISON);
    expect(labels(found.modelVersions)).toEqual(['bad-1@1', 'bad-2@1', 'bad-3@1', 'bad-4@1']);
    expect(labels(found.others)).toEqual(['bare@1', 'good-1@1', 'good-2@1', 'good-3@1', 'good-4@1']);
    expect(found).toMatchObject({
      behaviors: [{ name: 'blackmail' }],
      showing: 2,
      undecided: 1,
      causeCount: 2,
      tested: 1,
      threshold: 0.001,
      truncations: [],
    });
  });

  it('lists apart what is reached by influence and by evaluation, which is no exposure', async () => {
    const { commonCauseComparison: found } = await ask(outsider, COMPARISON);
    expect(found.apart).toEqual([
      { via: 'INFLUENCE', modelVersions: 1, others: 0, node: { label: 'reviews' } },
      { via: 'INFLUENCE', modelVersions: 1, others: 0, node: { label: 'teacher@1' } },
      { via: 'EVALUATION', modelVersions: 1, others: 0, node: { label: 'grader@1' } },
    ]);
    expect(labels(found.causes.map((cause: { source: Labelled }) => cause.source))).toEqual([
      'books',
      'crawl',
    ]);
  });

  it('count for each viewer what they may see: a hidden model is neither exposed nor unknown', async () => {
    expect(await ofSource('books', outsider)).toMatchObject({ others: { exposed: 0, of: 4, unknown: 1 } });
    expect(await ofSource('books', reporter)).toMatchObject({ others: { exposed: 1, of: 4, unknown: 1 } });
    const { commonCauseComparison: told } = await ask(outsider, COMPARISON);
    expect(JSON.stringify(told)).not.toContain('hidden');
    // What is said of good-1 in an incident that the outsider may not see takes it out of the lot for its author alone.
    expect(labels((await ask(reporter, COMPARISON)).commonCauseComparison.others)).not.toContain('good-1@1');
  });

  it('take the threshold that is asked for: what a range straddles is unknown', async () => {
    expect(await ofSource('books', outsider, { threshold: 0.25 })).toBeUndefined();
    expect(await ofSource('books', outsider, { threshold: 0.2 })).toMatchObject({
      modelVersions: { exposed: 4, of: 4, unknown: 0 },
    });
  });

  it('say so where nobody was examined for the same: then there is nothing to compare with', async () => {
    const alone = await file('Alone', ['unmeasured'], 'MEMBERS', ['idleness']);
    const found = await causes(outsider, { incidents: [alone] });
    expect(found).toMatchObject([
      { source: { label: 'crawl' }, state: 'TOO_FEW_TO_SAY', lift: null, others: { exposed: 0, of: 0 } },
    ]);
  });

  it.each([
    ['no incident', { incidents: [] }, '1 to 50'],
    ['51 incidents', { incidents: Array.from({ length: 51 }, () => 'incident:MBI-2025-0001') }, '1 to 50'],
    ['what is no incident', { incidents: ['model:bad-1@1'] }, 'is a model version'],
    ['an unknown incident', { incidents: ['incident:MBI-1999-9999'] }, 'MBI-1999-9999'],
    ['a size of 101', { first: 101 }, '0 to 100'],
    ['a threshold of 1', { threshold: 1 }, 'threshold'],
  ])('refuse %s', async (_what, variables, told) => {
    const { data, errors } = await api.as(outsider)(CAUSES, { incidents, ...variables });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ message: expect.stringContaining(told) }]);
  });

  it('are refused for a hidden incident as for none', async () => {
    const refused = async (ref: string) => (await api.as(outsider)(CAUSES, { incidents: [ref] })).errors[0]!;
    const hidden = await refused(hiddenIncident);
    const none = await refused('incident:MBI-1999-9999');
    expect(hidden.message.replace(hiddenIncident, 'REF')).toBe(
      none.message.replace('incident:MBI-1999-9999', 'REF'),
    );
    expect(hidden.code).toBe(none.code);
  });

  it('count by no statement of one’s own on a run that was hidden since', async () => {
    const late = await api.person('REPORTER');
    const run = { name: 'passing', evaluation: 'misalignment', evaluationVersion: '1' };
    const { evalRun } = await build(
      'recordEvalRun',
      { ...run, modelVersion: 'model:good-2@1' },
      'evalRun { id ref }',
    );
    const by = building(mutating(api, late));
    await by('assertEdge', { kind: 'EVALUATED', downstream: evalRun.ref, upstream: 'model:good-3@1' });
    await by(
      'fileIncident',
      {
        ...{ title: 'Seen in passing', summary: 'It threatened.', setting: 'SAFETY_TEST', severity: 'LOW' },
        ...{ behaviors: ['blackmail'], evalRuns: [evalRun.ref], visibility: 'RESTRICTED' },
      },
      'incident { ref }',
    );
    const others = async () => labels((await ask(late, COMPARISON)).commonCauseComparison.others);
    expect(await others()).not.toContain('good-3@1');
    await build('shareWith', { target: evalRun.id, visibility: 'RESTRICTED' }, 'shared { id }');
    expect(await others()).toContain('good-3@1');
  });

  it('look at the newest 300 of those that were measured, and say how many there are', async () => {
    const db = api.records;
    await db.$executeRaw`
      with made as (
        insert into node (kind, name, version, visibility, team_id, actor_id)
        select 'MODEL_VERSION', 'many', 'v' || g, 'MEMBERS', n.team_id, n.actor_id
        from node n, generate_series(1, 310) g where n.kind = 'MODEL_VERSION' and n.name = 'good-1'
        returning id, team_id, actor_id),
      versions as (
        insert into model_version (node_id, model_id)
        select made.id, v.model_id from made, model_version v join node n on n.id = v.node_id and n.name = 'good-1')
      insert into edge (kind, downstream, upstream, visibility, team_id, actor_id)
      select 'EVALUATED', r.id, made.id, 'MEMBERS', made.team_id, made.actor_id
      from made, node r where r.kind = 'EVAL_RUN' and r.name = 'good-1 eval'`;
    const { commonCauseComparison: found } = await ask(outsider, COMPARISON);
    expect(found.others).toHaveLength(300);
    expect(found.truncations).toEqual([{ field: 'others', shown: 300, total: 315 }]);
  });
});
