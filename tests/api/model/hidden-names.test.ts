import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApi, testApi } from '../../testkit/api.ts';

const MODEL = `mutation ($visibility: Visibility!, $version: String!) {
  registerModelVersion(input: { model: "secret", version: $version, title: "Secret title", visibility: $visibility }) {
    __typename
    ... on ConflictError { path message }
  }
}`;
const DATASET = `mutation ($visibility: Visibility!, $version: String!) {
  registerDatasetVersion(input: { dataset: "hidden", version: $version, title: "Hidden title", visibility: $visibility }) {
    __typename
    ... on ConflictError { path message }
  }
}`;

describe('a version registered under a name whose holder the writer may not see', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi();
  });
  afterAll(() => api.close());

  it.each([
    ['model', MODEL, 'registerModelVersion', '{ models { totalCount } }', 'models'],
    ['dataset', DATASET, 'registerDatasetVersion', '{ datasets { totalCount } }', 'datasets'],
  ])('is refused and widens nothing (%s)', async (path, mutation, field, list, connection) => {
    const owner = await api.person('INVESTIGATOR');
    const other = await api.person('INVESTIGATOR');
    const made = await api.as(owner)(mutation, { visibility: 'RESTRICTED', version: '1' });
    expect(made.data[field].__typename).toMatch(/Success$/);
    const tried = await api.as(other)(mutation, { visibility: 'PUBLIC', version: '2' });
    expect(tried.data[field]).toMatchObject({ __typename: 'ConflictError', path: [path] });
    expect((await api.anonymous(list)).data[connection].totalCount).toBe(0);
    expect((await api.as(other)(list)).data[connection].totalCount).toBe(0);
    expect((await api.as(owner)(list)).data[connection].totalCount).toBe(1);
  });
});
