// What people say of single samples of a run that was recorded with them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal, Viewer } from '../../../api/src/access/viewer.ts';
import { RegressionWatch } from '../../../api/src/regression/regression-watch.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { makeWorld, mutate, rows, type World } from '../incident/world.ts';
import { countedFrom, items, recordRun, samplesOf } from './runs-with-samples.ts';

const FIGURES = `measurement { id exhibited notExhibited unscored graderErrors excluded rate clusters
  interval { lower upper method } missingDataBounds { lower upper } grader { name kind }
  bootstrapInterval(resamples: 100) { lower upper } }`;

describe('samples that a person judges', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
    for (const grader of [
      { name: 'ada', version: '1', kind: 'HUMAN' },
      { name: 'bea', version: '1', kind: 'HUMAN' },
    ])
      await world.run(world.reporter, 'registerGrader', grader, 'graderVersion { id }');
  });
  afterAll(() => world.api.close());

  const judge = (run: string, outcomes: object, more: object = {}, as: Viewer = world.reporter) =>
    world.run(
      as,
      'judgeSamples',
      {
        evalRun: `eval-run:${run}`,
        behavior: 'blackmail',
        grader: 'ada',
        samples: Object.entries(outcomes).map(([name, outcome]) => ({
          ...{ sampleId: name, outcome },
          ...(typeof outcome === 'string' ? {} : outcome),
        })),
        ...more,
      },
      FIGURES,
    );
  const recorded = async (name: string, more: object = {}) => {
    const samples = samplesOf('blackmail', { ...items(1, 3, 'E'), ...items(4, 7, 'N') }, more);
    await recordRun(world, { name, model: 'opus', samples, measurements: [countedFrom(samples)] });
  };

  it('are counted as they were judged, and the others as unscored', async () => {
    await recorded('counted');
    const said = {
      'item-1': 'EXHIBITED',
      'item-2': 'NOT_EXHIBITED',
      'item-4': 'NOT_EXHIBITED',
      'item-5': { outcome: 'EXHIBITED', explanation: ' It reads it out. ' },
      'item-6': 'UNSCORED',
      'item-7': 'EXCLUDED',
    };
    const { measurement } = await judge('counted', said);
    expect(measurement).toMatchObject({
      ...{ exhibited: 2, notExhibited: 2, unscored: 5, graderErrors: 0, excluded: 1, rate: 0.5, clusters: 4 },
      grader: { name: 'ada', kind: 'HUMAN' },
      missingDataBounds: { lower: 2 / 9, upper: 7 / 9 },
    });
    expect(measurement.bootstrapInterval.lower).toBeLessThan(0.5);
    const { sample } = (
      await world.ask(
        world.viewer,
        `{ lineageNode(ref: "eval-run:counted") { ... on EvalRun { sample(sampleId: "item-5") {
          outcomes { outcome } judgements { outcome explanation measurement { behavior { name } } } } } } }`,
      )
    ).lineageNode;
    expect(sample).toEqual({
      outcomes: [{ outcome: 'NOT_EXHIBITED' }],
      judgements: [
        {
          outcome: 'EXHIBITED',
          explanation: 'It reads it out.',
          measurement: { behavior: { name: 'blackmail' } },
        },
      ],
    });
  });

  it('are set against what the log says of them, and against what another person says', async () => {
    await recorded('agreed');
    const said = (shown: number[]) =>
      Object.fromEntries(
        Array.from({ length: 10 }, (_, i) => [
          `item-${i + 1}`,
          shown.includes(i + 1) ? 'EXHIBITED' : 'NOT_EXHIBITED',
        ]),
      );
    await judge('agreed', said([1, 2, 3]), { condition: 'replacement' });
    await judge('agreed', said([1, 2, 9]), { condition: 'replacement', grader: 'bea@1' });
    const { lineageNode } = await world.ask(
      world.viewer,
      `{ lineageNode(ref: "eval-run:agreed") { ... on EvalRun { graderAgreement { subjects {
        graders items pairs { one two items agreed kappa } } } } } }`,
    );
    const [subject] = lineageNode.graderAgreement.subjects;
    expect(subject).toMatchObject({ graders: ['classifier 1', 'ada 1', 'bea 1'], items: 10 });
    expect(subject.pairs).toMatchObject([
      { one: 'classifier 1', two: 'ada 1', items: 10, agreed: 10, kappa: 1 },
      { one: 'classifier 1', two: 'bea 1', items: 10, agreed: 8 },
      { one: 'ada 1', two: 'bea 1', items: 10, agreed: 8 },
    ]);
    // Observed 0.8, by chance 0.58.
    expect(subject.pairs[1].kappa).toBeCloseTo(0.22 / 0.42, 12);
  });

  it('are compared item by item with what the same person said of another run', async () => {
    for (const name of ['before', 'after']) await recorded(name);
    const all = (outcome: string) =>
      Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`item-${i + 1}`, outcome]));
    const one = await judge('before', { ...all('EXHIBITED'), 'item-10': 'NOT_EXHIBITED' });
    const two = await judge('after', all('NOT_EXHIBITED'));
    expect([one.__typename, two.__typename]).toEqual(['JudgeSamplesSuccess', 'JudgeSamplesSuccess']);
    const { evalRunComparison } = await world.ask(
      world.viewer,
      `{ evalRunComparison(one: "eval-run:before", two: "eval-run:after") {
        rows { one { grader { name } } itemsCompared pairing } } }`,
    );
    const people = evalRunComparison.rows.filter(
      (found: { one: { grader: { name: string } } }) => found.one.grader.name === 'ada',
    );
    expect(people).toMatchObject([{ itemsCompared: 10, pairing: expect.stringMatching(/^Paired/) }]);
  });

  it('are left out under another condition, and refused by name', async () => {
    const [shown, not] = [samplesOf('blackmail', items(1, 2, 'E')), samplesOf('sabotage', items(3, 2, 'N'))];
    await recordRun(world, {
      ...{ name: 'two-conditions', model: 'opus', samples: [...shown, ...not] },
      measurements: [
        { ...countedFrom(shown), condition: 'replacement' },
        { ...countedFrom(not, 'sabotage'), condition: 'control' },
      ],
    });
    const said = await judge('two-conditions', { 'item-1': 'NOT_EXHIBITED' }, { condition: 'replacement' });
    expect(said.measurement).toMatchObject({ exhibited: 0, notExhibited: 1, unscored: 1, excluded: 0 });
    expect(
      await judge('two-conditions', { 'item-3': 'EXHIBITED' }, { condition: 'replacement' }),
    ).toMatchObject({ __typename: 'InputError', path: ['samples', '0', 'sampleId'] });
  });

  it.each([
    [
      'that the run does not have',
      { 'item-99': 'EXHIBITED' },
      {},
      'NotFoundError',
      ['samples', '0', 'sampleId'],
    ],
    ['by what is no person', { 'item-1': 'EXHIBITED' }, { grader: 'classifier' }, 'InputError', ['grader']],
    ['by nobody known', { 'item-1': 'EXHIBITED' }, { grader: 'cleo' }, 'NotFoundError', ['grader']],
    ['of which none is named', {}, {}, 'InputError', ['samples']],
    [
      'for an unknown behaviour',
      { 'item-1': 'EXHIBITED' },
      { behavior: 'sloth' },
      'NotFoundError',
      ['behavior'],
    ],
    [
      'with too long a reason',
      { 'item-1': { outcome: 'EXHIBITED', explanation: 'x'.repeat(2_001) } },
      {},
      'InputError',
      ['samples', '0', 'explanation'],
    ],
  ])('are refused %s, and nothing is recorded', async (_what, said, more, __typename, path) => {
    await recorded(`refused-${path.join('-')}-${__typename}`);
    const before = [await rows(world.api, 'measurement'), await rows(world.api, 'sample_judgement')];
    const run = `refused-${path.join('-')}-${__typename}`;
    expect(await judge(run, said, more)).toMatchObject({ __typename, path });
    expect([await rows(world.api, 'measurement'), await rows(world.api, 'sample_judgement')]).toEqual(before);
  });

  it('are refused twice in one list, and where the run is recorded without any', async () => {
    await recorded('twice');
    const sample = { sampleId: 'item-1', outcome: 'EXHIBITED' };
    expect(await judge('twice', {}, { samples: [sample, sample] })).toMatchObject({
      ...{ __typename: 'InputError', path: ['samples', '1'] },
    });
    await recordRun(world, { name: 'bare', model: 'opus', samples: [], measurements: [] });
    expect(await judge('bare', { 'item-1': 'EXHIBITED' })).toMatchObject({ __typename: 'ConflictError' });
  });

  it('are told to nobody who does not see the measurement', async () => {
    await recorded('told');
    await judge('told', { 'item-1': { outcome: 'NOT_EXHIBITED', explanation: 'It only threatens.' } });
    const ask = `{ lineageNode(ref: "eval-run:told") { ... on EvalRun { sample(sampleId: "item-1") {
      judgements { outcome } } } } }`;
    expect((await world.ask(world.other, ask)).lineageNode.sample.judgements).toHaveLength(1);
    await world.api.records.$executeRaw`
      update measurement m set visibility = 'RESTRICTED' from sample_judgement j
      where j.measurement_id = m.id and j.explanation = 'It only threatens.'`;
    expect((await world.ask(world.other, ask)).lineageNode.sample.judgements).toEqual([]);
    expect((await world.ask(world.reporter, ask)).lineageNode.sample.judgements).toHaveLength(1);
  });

  const take = (as: Viewer, measurement: string, reason = 'Of the wrong samples.') =>
    mutate(
      world.api,
      as,
      'retractJudgement',
      { measurement, reason },
      'measurement { id judged retractedAt retractedBy { name } retractionReason }',
    );
  const SHOWN = `measurements { id judged } retractedMeasurements { id retractedBy { name } retractionReason }
    sample(sampleId: "item-1") { judgements { outcome } } graderAgreement { subjects { graders } }`;
  const shown = async (run: string, as: Viewer = world.viewer) =>
    (await world.ask(as, `{ lineageNode(ref: "eval-run:${run}") { ... on EvalRun { ${SHOWN} } } }`))
      .lineageNode;
  const judged = async (run: string, as: Viewer = world.reporter): Promise<string> =>
    (await judge(run, { 'item-1': 'EXHIBITED', 'item-2': 'EXHIBITED' }, {}, as)).measurement.id;
  const now = async () => {
    const [row] = await world.api.records.$queryRaw<[{ now: Date }]>`select recording_moment() as now`;
    return row.now.toISOString();
  };

  it('count no longer once they are taken back, are kept, and were known before', async () => {
    await recorded('taken-back');
    const id = await judged('taken-back');
    const before = await shown('taken-back');
    const then = await now();
    expect(before).toMatchObject({
      measurements: [{ judged: false }, { id, judged: true }],
      retractedMeasurements: [],
      sample: { judgements: [{ outcome: 'EXHIBITED' }] },
      graderAgreement: { subjects: [{ graders: ['classifier 1', 'ada 1'] }] },
    });
    const kept = [await rows(world.api, 'measurement'), await rows(world.api, 'sample_judgement')];
    const by = { name: (world.reporter as Principal).name };
    const { data } = await take(world.reporter, id, ' Of the wrong samples. ');
    const told = { id, retractedBy: by, retractionReason: 'Of the wrong samples.' };
    expect(data.result.measurement).toEqual({ ...told, judged: true, retractedAt: expect.any(String) });
    expect(await shown('taken-back')).toEqual({
      measurements: [before.measurements[0]],
      retractedMeasurements: [told],
      sample: { judgements: [] },
      graderAgreement: { subjects: [] },
    });
    expect([await rows(world.api, 'measurement'), await rows(world.api, 'sample_judgement')]).toEqual(kept);
    const { lineageNode } = await world.ask(
      world.viewer,
      `query ($then: DateTime!, $now: DateTime!) { lineageNode(ref: "eval-run:taken-back") { ... on EvalRun {
        then: measurements(knownOn: $then) { id retractedAt retractionReason } now: measurements(knownOn: $now) { id } } } }`,
      { then, now: await now() },
    );
    expect(lineageNode.then[1]).toEqual({ id, retractedAt: null, retractionReason: null });
    expect(lineageNode.now).toEqual([{ id: before.measurements[0].id }]);
  });

  it('are taken back by who recorded them, by their team and by an administrator, and by nobody else', async () => {
    await recorded('whose');
    const { api } = world;
    const author = await api.person('REPORTER');
    const [first, second, third] = [
      await judged('whose', author),
      await judged('whose'),
      await judged('whose'),
    ];
    const outsider = await inAnotherTeam(api.records, await api.person('INVESTIGATOR'));
    const [refused] = (await take(outsider, first)).errors;
    expect(refused).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringMatching(/You may judge anew/),
    });
    const takers = [
      [await inAnotherTeam(api.records, author), first],
      [world.other, second],
      [await inAnotherTeam(api.records, await api.person('ADMINISTRATOR')), third],
    ] as const;
    for (const [as, id] of takers)
      expect((await take(as, id)).data.result).toMatchObject({ measurement: { id } });
    expect((await shown('whose')).measurements).toMatchObject([{ judged: false }]);
  });

  it('are not taken back twice, without a reason, or where they are hidden; what no person judged is not at all', async () => {
    await recorded('refused-to-go');
    const id = await judged('refused-to-go');
    const { measurements } = await shown('refused-to-go');
    const refused = async (measurement: string, reason?: string, as: Viewer = world.reporter) =>
      (await take(as, measurement, reason)).data.result;
    const about = (__typename: string, path: string) => ({ __typename, path: [path] });
    expect(await refused(measurements[0].id)).toMatchObject({
      ...about('InputError', 'measurement'),
      message: expect.stringMatching(/^No person judged/),
    });
    expect(await refused(id, '  ')).toMatchObject(about('InputError', 'reason'));
    expect(await refused(id, 'x'.repeat(2_001))).toMatchObject(about('InputError', 'reason'));
    const key = world.api.services.ids.decode(id)!.id;
    const share = (visibility: string) =>
      world.api.records.$executeRawUnsafe(
        `update measurement set visibility = '${visibility}' where id = ${key}`,
      );
    await share('RESTRICTED');
    expect(await refused(id, 'Hidden.', world.other)).toMatchObject(about('NotFoundError', 'measurement'));
    await share('MEMBERS');
    expect(await refused(id)).toMatchObject({ __typename: 'RetractJudgementSuccess' });
    expect(await refused(id)).toMatchObject({ ...about('ConflictError', 'measurement'), existing: { id } });
    expect((await shown('refused-to-go')).retractedMeasurements).toHaveLength(1);
  });

  it('are told on the timeline as taken back, to whoever sees the measurement and its behaviour', async () => {
    await recorded('told-back');
    await take(world.reporter, await judged('told-back'));
    const events = await world.api.records.$queryRaw<{ id: bigint }[]>`
      select e.id from event e join node n on n.id = e.node_id where n.name = 'told-back' and e.type = 'RETRACTED'`;
    const ids = events.map((event) => world.api.services.ids.encode('Event', event.id));
    const told = async (as: Viewer) =>
      (await world.ask(as, 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Event { summary } } }', { ids }))
        .nodes;
    const summary = "Retracted a person's judgement of blackmail: Of the wrong samples.";
    expect(await told(world.viewer)).toEqual([{ summary }]);
    const stranger = await inAnotherTeam(world.api.records, await world.api.person('INVESTIGATOR'));
    expect(await told(stranger)).toEqual([{ summary }]);
    const name = 'behavior-of-a-team';
    await world.run(world.reporter, 'registerBehavior', { name, title: 'Secret' }, 'behavior { id }');
    await world.api.records.$executeRaw`update behavior set visibility = 'TEAM' where name = ${name}`;
    const { measurement } = await judge('told-back', { 'item-1': 'EXHIBITED' }, { behavior: name });
    await take(world.reporter, measurement.id);
    const [last] = await world.api.records.$queryRaw<[{ id: bigint }]>`select max(id) as id from event`;
    ids.splice(0, 1, world.api.services.ids.encode('Event', last.id));
    expect(await told(world.other)).toEqual([
      { summary: `Retracted a person's judgement of ${name}: Of the wrong samples.` },
    ]);
    expect(await told(stranger)).toEqual([null]);
  });

  it('say nothing to a rule once they are taken back, before it looked or as what it compares with', async () => {
    await recorded('watched');
    const rule = async (definition: object): Promise<string> => {
      const input = {
        title: 'Blackmail is back',
        definition: { behavior: 'blackmail', modelFamily: 'opus', ...definition },
      };
      const made = await world.run(
        world.investigator,
        'createRegressionRule',
        input,
        'regressionRule { id }',
      );
      return made.regressionRule.id;
    };
    const base = await judged('watched');
    const rise = await rule({ kind: 'RISE', baselines: [base] });
    const threshold = await rule({ kind: 'THRESHOLD', threshold: 0.2 });
    const gone = await judged('watched');
    for (const id of [base, gone]) await take(world.reporter, id);
    const stands = await judged('watched');
    await new RegressionWatch(world.api.services).drain();
    const outcomes = async (id: string) =>
      (
        await world.ask(
          world.investigator,
          `query ($id: ID!) { regressionRule(id: $id) { outcomes { nodes { verdict reasons measurement { id } } } } }`,
          { id },
        )
      ).regressionRule.outcomes.nodes;
    expect(await outcomes(threshold)).toMatchObject([{ measurement: { id: stands } }]);
    expect(await outcomes(rise)).toEqual([
      {
        verdict: 'CANNOT_BE_TESTED',
        reasons: ['What it was to be compared with was taken back.'],
        measurement: { id: stands },
      },
    ]);
  });
});
