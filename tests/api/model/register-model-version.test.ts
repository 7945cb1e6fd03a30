import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

describe('registerModelVersion', () => {
  let api: TestApi;
  let mutate: Mutate;
  let build: Mutate;

  beforeAll(async () => {
    api = await testApi();
    mutate = mutating(api, await api.person('REPORTER'));
    build = building(mutate);
    for (const name of ['crawl', 'books']) await build('registerSource', { name, visibility: 'PUBLIC' });
    await build('registerDatasetVersion', {
      dataset: 'pile',
      version: '1',
      visibility: 'PUBLIC',
      derivedFrom: {
        unit: 'FRACTION',
        complete: true,
        inputs: [
          { of: 'source:crawl', amount: 0.75 },
          { of: 'source:books', amount: 0.25 },
        ],
      },
    });
  });
  afterAll(() => api.close());

  const run = {
    name: 'base-run',
    stage: 'PRETRAINING',
    startedFrom: 'SCRATCH',
    tokens: '1000',
    composition: {
      unit: 'FRACTION',
      complete: true,
      inputs: [{ of: 'dataset:pile@1', amount: 0.8, epochs: 2 }],
    },
  };

  it('records a model version with its training run and inputs in one call, and answers its exposure', async () => {
    const made = await build(
      'registerModelVersion',
      { model: 'base', version: 'step2', trainedBy: run, trainedTokens: '400', visibility: 'PUBLIC' },
      `modelVersion { ref trainedTokens model { name versions { totalCount nodes { ref } } }
        trainingRuns { name stage tokens unaccounted inputs { datasetVersion { ref } share tokens epochs } outputs { ref } }
        exposure { tokens stages { stage tokens averaged unaccounted shares { source { name } share tokens } losses { reason share node { label } } } }
        bySet: exposure(by: DATASET_VERSION) { stages { shares { datasetVersion { label } share } unaccounted } } }`,
    );
    const { modelVersion } = made;
    expect(modelVersion).toMatchObject({
      ref: 'model:base@step2',
      trainedTokens: '400',
      model: { name: 'base', versions: { totalCount: 1, nodes: [{ ref: 'model:base@step2' }] } },
      exposure: { tokens: '400' },
    });
    const [trained] = modelVersion.trainingRuns;
    expect(trained).toMatchObject({
      name: 'base-run',
      tokens: '1000',
      inputs: [{ datasetVersion: { ref: 'dataset:pile@1' }, share: 0.8, tokens: '800', epochs: 2 }],
      outputs: [{ ref: 'model:base@step2' }],
    });
    expect(trained.unaccounted).toBeCloseTo(0.2, 12);
    const [stage] = modelVersion.exposure.stages;
    expect(stage).toMatchObject({ stage: 'PRETRAINING', tokens: '400', averaged: true });
    expect(stage.shares.map((s: { source: { name: string } }) => s.source.name)).toEqual(['crawl', 'books']);
    expect(stage.shares[0].share).toBeCloseTo(0.6, 12);
    expect(stage.shares[0].tokens).toBe('240');
    const sum = stage.shares.reduce(
      (total: number, s: { share: number }) => total + s.share,
      stage.unaccounted,
    );
    expect(sum).toBeCloseTo(1, 12);
    expect(stage.losses).toMatchObject([{ reason: 'NOT_RECORDED', node: { label: 'base-run' } }]);
    expect(modelVersion.bySet.stages[0].shares).toEqual([
      { datasetVersion: { label: 'pile@1' }, share: 0.8 },
    ]);
  });

  it('lists the whole chain of training, and shows a training that is not recorded as unaccounted', async () => {
    const made = await build(
      'registerModelVersion',
      {
        model: 'chat',
        version: '1',
        trainedBy: {
          name: 'chat-run',
          stage: 'SFT',
          startedFrom: 'MODEL',
          initializedFrom: ['model:base@step2'],
        },
      },
      `modelVersion { trainingRuns { name initializedFrom { ref } }
        exposure { tokens tokensMissing { stage } pooled { share } stages { stage unaccounted recorded } } }`,
    );
    expect(made.modelVersion.trainingRuns).toEqual([
      { name: 'base-run', initializedFrom: [] },
      { name: 'chat-run', initializedFrom: [{ ref: 'model:base@step2' }] },
    ]);
    expect(made.modelVersion.exposure).toMatchObject({
      tokens: null,
      tokensMissing: [{ stage: 'SFT' }],
      pooled: null,
    });
    expect(made.modelVersion.exposure.stages[1]).toEqual({ stage: 'SFT', unaccounted: 1, recorded: true });
    const bare = await build(
      'registerModelVersion',
      { model: 'closed', version: '1' },
      'modelVersion { trainingRuns { name } exposure { stages { stage recorded trainingRun { name } unaccounted losses { reason } } } }',
    );
    expect(bare.modelVersion).toEqual({
      trainingRuns: [],
      exposure: {
        stages: [
          {
            stage: null,
            recorded: false,
            trainingRun: null,
            unaccounted: 1,
            losses: [{ reason: 'TRAINING_NOT_RECORDED' }],
          },
        ],
      },
    });
  });

  it('compares the mixtures behind two model versions', async () => {
    await build('registerModelVersion', {
      model: 'base',
      version: 'books-only',
      trainedBy: {
        ...run,
        name: 'books-run',
        composition: { unit: 'TOKENS', complete: true, inputs: [{ of: 'source:books', amount: 500 }] },
      },
    });
    const { data, errors } = await api.as(await api.person('VIEWER'))(
      `{ mixtureDiff(from: "model:base@step2", to: "model:base@books-only") {
        from { ref } rows { stage source { name } unaccounted from to difference change } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.mixtureDiff.rows).toMatchObject([
      { stage: 'PRETRAINING', source: { name: 'books' }, to: 1, change: 'REWEIGHTED' },
      { source: { name: 'crawl' }, to: null, change: 'REMOVED' },
      { source: null, unaccounted: true, to: 0, change: 'REWEIGHTED' },
    ]);
    expect(data.mixtureDiff.rows[0].difference).toBeCloseTo(0.8, 12);
  });

  it('refuses what contradicts itself, at its place, and writes nothing of it', async () => {
    const wrongBase = { ...run, name: 'w', initializedFrom: ['model:base@step2'] };
    expect(
      await mutate('registerModelVersion', { model: 'wrong', version: '1', trainedBy: wrongBase }),
    ).toMatchObject({ __typename: 'InputError', path: ['trainedBy', 'startedFrom'], expected: 'MODEL' });
    expect(
      await mutate('registerModelVersion', { model: 'wrong', version: '1', trainedBy: run }),
    ).toMatchObject({ __typename: 'ConflictError', path: ['trainedBy', 'name'] });
    const lost = { ...wrongBase, startedFrom: 'MODEL', initializedFrom: ['model:base@step3'] };
    expect(
      await mutate('registerModelVersion', { model: 'wrong', version: '1', trainedBy: lost }),
    ).toMatchObject({
      __typename: 'NotFoundError',
      path: ['trainedBy', 'initializedFrom', '0'],
      candidates: expect.arrayContaining(['model:base@step2']),
    });
    const { data } = await api.as(await api.person('ADMINISTRATOR'))(
      '{ model(name: "wrong") { id } lineageNode(ref: "training-run:w") { id } }',
    );
    expect(data).toEqual({ model: null, lineageNode: null });
  });
});
