// What people say of single samples of a run that was recorded with them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../api/src/access/viewer.ts';
import { makeWorld, rows, type World } from '../incident/world.ts';
import { countedFrom, items, recordRun, samplesOf } from './runs-with-samples.ts';

const FIGURES = `measurement { exhibited notExhibited unscored graderErrors excluded rate clusters
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
});
