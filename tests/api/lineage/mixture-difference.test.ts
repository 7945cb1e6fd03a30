import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';
import { fractions } from './lineage-world.ts';

const DIFF = `query ($from: NodeRef!, $to: NodeRef!, $by: ExposureGrouping!, $on: DateTime) {
  mixtureDiff(from: $from, to: $to, by: $by, knownOn: $on) { knownOn rows {
    change from fromUpper to toUpper difference differenceLower differenceUpper unaccounted
    datasetVersion { ref } contentTag { name } revisedFrom { ref } } } }`;

// Both engines, which answer alike: 0 leaves the lineage to the database.
describe.each([
  { engine: 'memory', lineageMemory: undefined },
  { engine: 'the database', lineageMemory: 0 },
])('the difference of two mixtures, from $engine', ({ lineageMemory }) => {
  let api: TestApi;
  let reporter: Principal;
  let build: Mutate;
  let beforeChain: string;

  const diff = async (variables: Record<string, unknown>, viewer: Principal = reporter) => {
    const { data, errors } = await api.as(viewer)(DIFF, {
      from: 'dataset:a@1',
      to: 'dataset:b@1',
      ...variables,
    });
    expect(errors).toEqual([]);
    return data.mixtureDiff;
  };
  const versions = async (variables: Record<string, unknown> = {}, viewer?: Principal) => {
    const { rows } = await diff({ by: 'DATASET_VERSION', ...variables }, viewer);
    return rows
      .filter((row: { unaccounted: boolean }) => !row.unaccounted)
      .map((row: { change: string; datasetVersion: { ref: string }; revisedFrom: { ref: string } | null }) =>
        [row.change, row.datasetVersion.ref, row.revisedFrom?.ref].filter(Boolean).join(' '),
      );
  };
  const dataset = (name: string, more: object = {}) =>
    build('registerDatasetVersion', { dataset: name, version: '1', ...more });
  const apart = ['ADDED dataset:recent@1', 'REMOVED dataset:old@1'];

  beforeAll(async () => {
    api = await testApi(lineageMemory === undefined ? {} : { lineageMemory });
    reporter = await api.person('REPORTER');
    build = building(mutating(api, reporter));
    await dataset('old');
    await dataset('older-middle', { revises: 'dataset:old@1' });
    await dataset('middle', { revises: 'dataset:older-middle@1' });
    await dataset('recent');
    await dataset('a', { derivedFrom: fractions({ 'dataset:old@1': 0.5 }) });
    await dataset('b', { derivedFrom: fractions({ 'dataset:recent@1': 0.75 }) });
    beforeChain = (await diff({ by: 'DATASET_VERSION' })).knownOn;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await build('assertEdge', {
      ...{ kind: 'REVISES', downstream: 'dataset:recent@1', upstream: 'dataset:middle@1' },
    });
  });
  afterAll(() => api.close());

  it('follows revisions to their end, whatever the names and however many lie between', async () => {
    expect(await versions()).toEqual(['REVISED dataset:recent@1 dataset:old@1']);
  });

  it('follows no revision that was not known on the moment', async () => {
    expect((await versions({ on: beforeChain })).sort()).toEqual(apart);
  });

  it('follows no revision through what the viewer may not see', async () => {
    const other = await api.person('VIEWER');
    await dataset('first', {});
    await dataset('secret', { revises: 'dataset:first@1', visibility: 'RESTRICTED' });
    await dataset('last', {});
    await build('assertEdge', {
      ...{ kind: 'REVISES', downstream: 'dataset:last@1', upstream: 'dataset:secret@1' },
    });
    await dataset('of-first', { derivedFrom: fractions({ 'dataset:first@1': 1 }) });
    await dataset('of-last', { derivedFrom: fractions({ 'dataset:last@1': 1 }) });
    const between = { from: 'dataset:of-first@1', to: 'dataset:of-last@1' };
    expect(await versions(between)).toEqual(['REVISED dataset:last@1 dataset:first@1']);
    expect((await versions(between, other)).sort()).toEqual([
      'ADDED dataset:last@1',
      'REMOVED dataset:first@1',
    ]);
  });

  it('tells of a tag that is measured on one side alone as not measured, with the range on the other', async () => {
    await build('recordContentMeasurement', {
      ...{ datasetVersion: 'dataset:recent@1', tag: 'fiction', fraction: 0.25 },
      ...{ unit: 'FRACTION', method: 'CENSUS' },
    });
    for (const of of ['old', 'recent'])
      await build('registerModelVersion', {
        ...{ model: 'm', version: of },
        trainedBy: {
          ...{ name: `on-${of}`, stage: 'SFT', startedFrom: 'SCRATCH' },
          composition: fractions({ [`dataset:${of}@1`]: 0.5 }),
        },
      });
    const { rows } = await diff({ from: 'model:m@old', to: 'model:m@recent', by: 'CONTENT_TAG' });
    expect(rows[0]).toEqual({
      ...{ contentTag: { name: 'fiction' }, datasetVersion: null, revisedFrom: null, unaccounted: false },
      ...{ change: 'NOT_MEASURED', from: 0, fromUpper: 1, to: 0.125, toUpper: 0.625 },
      ...{ difference: null, differenceLower: -0.875, differenceUpper: 0.625 },
    });
  });
});
