import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, mutating } from '../../testkit/mutate.ts';

const PATHS = `query ($from: NodeRef!, $to: NodeRef!, $first: Int, $on: DateTime) {
  lineagePaths(from: $from, to: $to, first: $first, knownOn: $on) {
    direction share knownOn nodes { label } edges { kind share upstream { label } } } }`;

const halves = (...refs: string[]) => ({
  unit: 'FRACTION',
  complete: true,
  inputs: refs.map((of) => ({ of, amount: 1 / refs.length })),
});

describe('the shortest paths between two nodes', () => {
  let api: TestApi;
  let reporter: Principal;

  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
    const build = building(mutating(api, reporter));
    const version = (dataset: string, derivedFrom: object, visibility = 'PUBLIC') =>
      build('registerDatasetVersion', { dataset, version: '1', derivedFrom, visibility });
    await build('registerSource', { name: 'crawl', visibility: 'PUBLIC' });
    await version('web', halves('source:crawl'));
    await version('hidden', halves('source:crawl'), 'RESTRICTED');
    await version('clean', halves('dataset:web@1'));
    await version('mix', halves('dataset:web@1', 'dataset:clean@1', 'dataset:hidden@1', 'source:crawl'));
  });
  afterAll(() => api.close());

  const pathsOf = async (viewer: Principal | null, variables: Record<string, unknown>) => {
    const call = viewer === null ? api.anonymous : api.as(viewer);
    const { data, errors } = await call(PATHS, variables);
    expect(errors).toEqual([]);
    return data.lineagePaths as {
      direction: string;
      share: number;
      knownOn: string;
      nodes: { label: string }[];
    }[];
  };
  const ends = { from: 'dataset:mix@1', to: 'source:crawl' };
  const ways = (paths: { nodes: { label: string }[] }[]) =>
    paths.map((path) => path.nodes.map((node) => node.label).join(' < '));

  it('come the shortest first, with their shares, three where not asked for more', async () => {
    const paths = await pathsOf(reporter, ends);
    expect(ways(paths)).toEqual(['mix@1 < crawl', 'mix@1 < web@1 < crawl', 'mix@1 < hidden@1 < crawl']);
    expect(paths.map((path) => path.share)).toEqual([0.25, 0.25, 0.25]);
    const all = await pathsOf(reporter, { ...ends, first: 10 });
    expect(ways(all)).toEqual([...ways(paths), 'mix@1 < clean@1 < web@1 < crawl']);
    const one = await api.as(reporter)(
      '{ lineagePath(from: "dataset:mix@1", to: "source:crawl") { nodes { label } } }',
    );
    expect(one.data.lineagePath.nodes).toEqual(paths[0]!.nodes);
  });

  it('go downstream where none goes upstream, and are none between what is not joined', async () => {
    const down = await pathsOf(null, { from: 'source:crawl', to: 'dataset:clean@1' });
    expect(down).toMatchObject([{ direction: 'DOWNSTREAM' }]);
    expect(ways(down)).toEqual(['crawl < web@1 < clean@1']);
    expect(await pathsOf(reporter, { from: 'dataset:hidden@1', to: 'dataset:web@1' })).toEqual([]);
  });

  it('go through nothing that the viewer may not see', async () => {
    const seen = await pathsOf(null, { ...ends, first: 10 });
    expect(ways(seen)).toEqual(['mix@1 < crawl', 'mix@1 < web@1 < crawl', 'mix@1 < clean@1 < web@1 < crawl']);
  });

  it('are as they were known on a moment', async () => {
    const before = await pathsOf(reporter, { ...ends, first: 10 });
    const { data } = await api.as(reporter)('{ lineageNode(ref: "dataset:clean@1") { id } }');
    const build = building(mutating(api, reporter));
    await build('retract', { target: data.lineageNode.id, reason: 'a trial' });
    expect(await pathsOf(reporter, { ...ends, first: 10 })).toHaveLength(3);
    expect(ways(await pathsOf(reporter, { ...ends, first: 10, on: before[0]!.knownOn }))).toEqual(
      ways(before),
    );
  });

  it.each([0, 11, -1])('are not %i', async (first) => {
    const { data, errors } = await api.anonymous(PATHS, { ...ends, first });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ message: expect.stringContaining('1 to 10') }]);
  });

  it('name what is hidden as little as what is not there', async () => {
    const asked = async (from: string) => (await api.anonymous(PATHS, { ...ends, from })).errors;
    expect(JSON.stringify(await asked('dataset:hidden@1')).replaceAll('hidden', 'nothing')).toEqual(
      JSON.stringify(await asked('dataset:nothing@1')),
    );
  });
});
