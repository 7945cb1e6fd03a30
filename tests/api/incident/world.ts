// A small world for these slices: two models, an evaluation, a grader, behaviours and a suspect.

import { expect } from 'vitest';
import type { Viewer } from '../../../api/src/access/viewer.ts';
import { type Answer, type KeptApi, type TestApi, testApi } from '../../testkit/api.ts';

export const ERRORS = `__typename
  ... on InputError { message path expected }
  ... on NotFoundError { message path ref candidates }
  ... on ConflictError { message path existing { id } }
  ... on TransitionError { message path from allowed }`;

interface People {
  reporter: Viewer;
  other: Viewer;
  investigator: Viewer;
  viewer: Viewer;
  administrator: Viewer;
}

export interface World extends People {
  api: TestApi;
  /** Runs a mutation and answers its union's member, failing on GraphQL errors. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the mutation's
  run(as: Viewer, mutation: string, input: object, fields: string): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's
  ask(as: Viewer, query: string, variables?: Record<string, unknown>): Promise<any>;
}

export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function mutate(
  api: TestApi,
  as: Viewer,
  mutation: string,
  input: object,
  fields: string,
): Promise<Answer> {
  const title = capital(mutation);
  return api.as(as)(
    `mutation ($input: ${title}Input!) { result: ${mutation}(input: $input) { ${ERRORS} ... on ${title}Success { ${fields} } } }`,
    { input },
  );
}

export async function makeWorld(): Promise<World> {
  const api = await testApi();
  const world = worldOf(api, {
    reporter: await api.person('REPORTER'),
    other: await api.person('REPORTER'),
    investigator: await api.person('INVESTIGATOR'),
    viewer: await api.person('VIEWER'),
    administrator: await api.person('ADMINISTRATOR'),
  });
  await register(world);
  return world;
}

let original: Promise<{ kept: KeptApi; people: People }> | undefined;

/** As `makeWorld`, for a file that wants many: what the first one registers, the others are copies of. */
export async function copyOfWorld(): Promise<World> {
  original ??= makeWorld().then(async ({ api, reporter, other, investigator, viewer, administrator }) => ({
    kept: await api.keep(),
    people: { reporter, other, investigator, viewer, administrator },
  }));
  const { kept, people } = await original;
  return worldOf(await testApi({ copyOf: kept }), people);
}

function worldOf(api: TestApi, people: People): World {
  return {
    api,
    ...people,
    async run(as, mutation, input, fields) {
      const { data, errors } = await mutate(api, as, mutation, input, fields);
      expect(errors).toEqual([]);
      return data.result;
    },
    async ask(as, query, variables) {
      const { data, errors } = await api.as(as)(query, variables);
      expect(errors).toEqual([]);
      return data;
    },
  };
}

async function register(world: World): Promise<void> {
  const made = async (mutation: string, input: object, fields: string) => {
    const result = await world.run(world.reporter, mutation, input, fields);
    expect(result.__typename, JSON.stringify(result)).toBe(`${capital(mutation)}Success`);
    return result;
  };
  await made('registerSource', { name: 'dystopian-books' }, 'source { id }');
  await made('registerModelVersion', { model: 'opus', version: '4' }, 'modelVersion { id }');
  await made('registerModelVersion', { model: 'sonnet', version: '4' }, 'modelVersion { id }');
  await made('registerBehavior', { name: 'blackmail', title: 'Blackmail' }, 'behavior { id }');
  await made('registerBehavior', { name: 'sabotage', title: 'Sabotage' }, 'behavior { id }');
  await made(
    'registerEvaluation',
    {
      name: 'agentic-misalignment',
      version: '1.0',
      conditions: [{ name: 'replacement', factors: { goal: 'none' } }, { name: 'control' }],
    },
    'evaluationVersion { id }',
  );
  await made(
    'registerGrader',
    { name: 'classifier', version: '1', kind: 'CLASSIFIER' },
    'graderVersion { id }',
  );
  await made(
    'registerGrader',
    { name: 'classifier', version: '2', kind: 'CLASSIFIER' },
    'graderVersion { id }',
  );
}

export const evalRun = (name: string, more: object = {}) => ({
  name,
  evaluation: 'agentic-misalignment',
  evaluationVersion: '1.0',
  modelVersion: 'model:opus@4',
  ...more,
});

export const incident = (title: string, more: object = {}) => ({
  title,
  summary: 'A model that was told of its replacement threatened an engineer.',
  setting: 'SAFETY_TEST',
  severity: 'HIGH',
  ...more,
});

/** How many rows a table has, whoever may see them. */
export async function rows(api: TestApi, table: string): Promise<number> {
  const [row] = await api.records.$queryRawUnsafe<{ count: number }[]>(
    `select count(*)::int as count from ${table}`,
  );
  return row?.count ?? -1;
}
