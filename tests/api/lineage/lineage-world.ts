// Two sources that all see and one that its reporter alone does, mixed, cleaned and trained on.
import { expect } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

export interface Labelled {
  label: string;
}
export const labels = (nodes: Labelled[]) => nodes.map((node) => node.label).sort();

export const LINEAGE = `query ($ref: NodeRef!, $direction: LineageDirection! = UPSTREAM, $kinds: [LineageNodeKind!],
  $maxDepth: Int, $limit: Int, $on: DateTime) {
  lineageNode(ref: $ref) { lineage(direction: $direction, kinds: $kinds, maxDepth: $maxDepth, limit: $limit, knownOn: $on) {
    knownOn root { label } nodes { label kind ref } truncated { reason frontier { label } }
    edges { id kind share shareUpper contracted status downstream { label } upstream { label } }
    unaccounted { node { label } share reason } } } }`;

export const fractions = (inputs: Record<string, number>) => ({
  unit: 'FRACTION',
  complete: true,
  inputs: Object.entries(inputs).map(([of, amount]) => ({ of, amount })),
});

export interface LineageWorld {
  api: TestApi;
  reporter: Principal;
  admin: Principal;
  /** Mutations by the reporter; `build` fails where one does not succeed. */
  mutate: Mutate;
  build: Mutate;
  /** The lineage of `ref` for somebody, or (null) the anonymous, with the statements that it took. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, above
  lineageOf(viewer: Principal | null, variables: Record<string, unknown>): Promise<any>;
}

export async function lineageWorld(): Promise<LineageWorld> {
  const api = await testApi();
  const reporter = await api.person('REPORTER');
  const admin = await api.person('ADMINISTRATOR');
  const mutate = mutating(api, reporter);
  const build = building(mutate);
  for (const name of ['crawl', 'books']) await build('registerSource', { name, visibility: 'PUBLIC' });
  await build('registerSource', { name: 'secret', visibility: 'RESTRICTED' });
  const version = (dataset: string, derivedFrom: object, visibility = 'PUBLIC') =>
    build('registerDatasetVersion', { dataset, version: '1', derivedFrom, visibility });
  await version('mix', fractions({ 'source:crawl': 0.5, 'source:books': 0.3, 'source:secret': 0.2 }));
  await version('clean', fractions({ 'dataset:mix@1': 1 }));
  await build('registerModelVersion', {
    model: 'm',
    version: '1',
    visibility: 'PUBLIC',
    trainedBy: {
      name: 'run',
      stage: 'PRETRAINING',
      startedFrom: 'SCRATCH',
      composition: fractions({ 'dataset:clean@1': 1 }),
    },
  });
  await build('registerModelVersion', {
    model: 'hidden',
    version: '1',
    visibility: 'TEAM',
    generatedBy: 'training-run:run',
  });
  return {
    api,
    reporter,
    admin,
    mutate,
    build,
    async lineageOf(viewer, variables) {
      const call = viewer === null ? api.anonymous : api.as(viewer);
      const { data, errors, statements } = await call(LINEAGE, variables);
      expect(errors).toEqual([]);
      return { ...data.lineageNode.lineage, statements };
    },
  };
}
