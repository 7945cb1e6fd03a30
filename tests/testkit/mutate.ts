import type { Viewer } from '../../api/src/access/viewer.ts';
import type { TestApi } from './api.ts';

/** What each mutation's success is asked for, unless a test asks for something else. */
const SUCCESS: Record<string, string> = {
  registerSource: 'source { id ref }',
  registerDatasetVersion: 'datasetVersion { id ref }',
  recordTransformation: 'transformation { id ref }',
  registerModelVersion: 'modelVersion { id ref }',
  recordTrainingRun: 'trainingRun { id ref }',
  assertComposition: 'composition { id }',
  assertEdge: 'edge { id }',
  assertClaim: 'claim { id }',
  dispute: 'dispute { id }',
  retract: 'retracted { id }',
  addAlias: 'node { id ref }',
  recordContentMeasurement: 'contentMeasurement { id }',
};

// biome-ignore lint/suspicious/noExplicitAny: the shape is the mutation's, written beside the expectation
export type Mutate = (name: string, input: Record<string, unknown>, success?: string) => Promise<any>;

/** Calls mutations for one viewer and answers the member of the union; anything unexpected fails the test. */
export function mutating(api: TestApi, viewer: Viewer): Mutate {
  return async (name, input, success = SUCCESS[name] ?? '__typename') => {
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    const { data, errors } = await api.as(viewer)(
      `mutation ($input: ${title}Input!) { result: ${name}(input: $input) { __typename
        ... on ${title}Success { ${success} }
        ... on InputError { message path expected }
        ... on NotFoundError { message path ref candidates }
        ... on ConflictError { message path existing { id } lineagePath { label } } } }`,
      { input },
    );
    if (errors.length > 0) throw new Error(errors.map((e) => `${e.code}: ${e.message}`).join('; '));
    return data.result;
  };
}

/** The same, for building a world: anything but success fails at once. */
export function building(mutate: Mutate): Mutate {
  return async (name, input, success) => {
    const result = await mutate(name, input, success);
    if (!String(result.__typename).endsWith('Success')) throw new Error(JSON.stringify(result));
    return result;
  };
}
