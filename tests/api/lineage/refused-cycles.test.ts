import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';
import { bulkWorld, jsonLines } from '../interchange/bulk-world.ts';

const version = (name: string) => `dataset:${name}@1`;
const derived = (downstream: string, upstream: string) => ({
  kind: 'DERIVED_FROM',
  downstream: version(downstream),
  upstream: version(upstream),
});
const labels = (nodes: { label: string }[] | null) => nodes?.map(({ label }) => label.replace('@1', ''));

describe('what a refused cycle tells', () => {
  let api: TestApi;
  let reporter: Principal;
  let other: Principal;
  let build: Mutate;
  let mutate: Mutate;
  beforeAll(async () => {
    api = await testApi();
    reporter = await api.person('REPORTER');
    other = await api.person('REPORTER');
    build = building(mutating(api, reporter));
    mutate = mutating(api, other);
  });
  afterAll(() => api.close());

  /**
   * The first depends on the last by two ways: a shorter one, through what `other` does not see and back through what they
   * do, and one that they see whole.
   */
  const twoWays = async (of: string) => {
    const at = (place: string) => `${of}-${place}`;
    for (const place of ['first', 'between', 'seen', 'also', 'more', 'last'])
      await build('registerDatasetVersion', { dataset: at(place), version: '1', visibility: 'PUBLIC' });
    await build('registerDatasetVersion', { dataset: at('hidden'), version: '1', visibility: 'RESTRICTED' });
    const ways = [
      ['first', 'hidden', 'between', 'last'],
      ['first', 'seen', 'also', 'more', 'last'],
    ];
    for (const way of ways)
      for (const [i, place] of way.slice(1).entries())
        await build('assertEdge', derived(at(way[i]!), at(place)));
    return at;
  };

  it('names the way that the writer sees, whatever shorter one there is', async () => {
    const at = await twoWays('edge');
    const refused = await mutate('assertEdge', derived(at('last'), at('first')));
    expect(refused).toMatchObject({ __typename: 'ConflictError', path: ['upstream'] });
    expect(labels(refused.lineagePath)).toEqual(['last', 'first', 'seen', 'also', 'more'].map(at));
    const seesAll = await mutating(api, reporter)('assertEdge', derived(at('last'), at('first')));
    expect(labels(seesAll.lineagePath)).toEqual(['last', 'first', 'hidden', 'between'].map(at));
  });

  it('names nothing where the writer sees no way, though they see some of what lies on it', async () => {
    const at = await twoWays('closed');
    const refused = await mutate('assertEdge', derived(at('between'), at('first')));
    expect(refused).toMatchObject({ __typename: 'ConflictError', path: ['upstream'], lineagePath: null });
    expect(refused.message).toBe(
      'This would make a thing depend on itself: what it names as upstream depends on it already.',
    );
  });

  it('names it in what was to be recorded at once, by the input that is seen to close it', async () => {
    const at = await twoWays('made');
    await build('registerDatasetVersion', { dataset: at('other'), version: '1', visibility: 'PUBLIC' });
    const refused = await mutate('recordTransformation', {
      output: version(at('last')),
      transformation: {
        name: 'turn-round',
        composition: {
          unit: 'ROWS',
          inputs: [at('other'), at('first')].map((name) => ({ of: version(name), amount: 1 })),
        },
      },
    });
    expect(refused.__typename).toBe('ConflictError');
    // The transformation itself was never recorded.
    expect(labels(refused.lineagePath)).toEqual(['last', 'first', 'seen', 'also', 'more'].map(at));
  });

  it('names in a file of many lines the way that its writer sees, first', async () => {
    const at = await twoWays('lines');
    const world = await bulkWorld(api);
    const { refused } = await world.bring(
      other,
      jsonLines([derived(at('between'), at('first')), derived(at('last'), at('first'))]),
    );
    const told = ['last', 'first', 'seen', 'also', 'more', 'last'].map((place) => version(at(place)));
    expect(refused.slice(1)).toEqual([
      ['line 1', 'This would make a thing depend on itself, by a path that cannot be told.'],
      ['line 2', `This would make a thing depend on itself, by this path: ${told.join(' → ')}.`],
    ]);
  });

  it('names of a long way in such a file both ends', async () => {
    const world = await bulkWorld(api);
    const names = Array.from({ length: 60 }, (_, i) => `long-${i}`);
    const chain = names.slice(1).map((name, i) => derived(names[i]!, name));
    const nodes = names.map((name) => ({ node: version(name), visibility: 'PUBLIC' }));
    expect((await world.bring(other, jsonLines([...nodes, ...chain]))).refused).toEqual([]);
    const { refused } = await world.bring(other, jsonLines([derived('long-59', 'long-0')]));
    const told = ['long-59', ...names.slice(0, 19), '…', ...names.slice(40)];
    const path = told.map((name) => (name === '…' ? name : version(name))).join(' → ');
    expect(refused.slice(1)).toEqual([
      ['line 1', `This would make a thing depend on itself, by this path: ${path}.`],
    ]);
  });
});
