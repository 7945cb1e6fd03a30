import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { log } from '../../../api/src/platform/log.ts';
import { BusyRefusal, TooLongRefusal } from '../../../api/src/platform/refusal.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

let api: TestApi;
let running: RunningApi;
let ask: ReturnType<TestApi['as']>;
beforeAll(async () => {
  api = await testApi();
  running = await startApi({ services: api.services, host: '127.0.0.1', port: 0 });
  ask = api.as(await api.person('ADMINISTRATOR'));
});
afterAll(async () => {
  await running?.close();
  await api?.close();
});

describe('a text that is searched for or compared', () => {
  const long = 'x'.repeat(201);

  it.each([
    'incidents',
    'datasets',
    'sources',
    'models',
    'evaluations',
    'behaviors',
    'members',
    'regressionRules',
    'scoringRules',
  ])('has 200 characters at most: %s', async (list) => {
    const query = `query ($search: String) { ${list}(search: $search) { totalCount } }`;
    const { errors } = await ask(query, { search: long });
    expect(errors).toEqual([{ message: 'The text to search for is too long.', code: 'BAD_USER_INPUT' }]);
    expect((await ask(query, { search: long.slice(1) })).errors).toEqual([]);
  });

  it('has 200 characters in a filter, and in a list that is no connection', async () => {
    for (const query of [
      'query ($search: String!) { evalRuns(filter: { search: $search }) { totalCount } }',
      'query ($search: String!) { contentTags(search: $search) { name } }',
    ]) {
      const { errors } = await ask(query, { search: long });
      expect(errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
      expect((await ask(query, { search: 'x' })).errors).toEqual([]);
    }
  });

  it('has 200 characters where a document is asked again and again', async () => {
    const query = 'query ($search: String) { incidents(search: $search) { totalCount } }';
    const body = JSON.stringify({ query, variables: { search: long } });
    const headers = { 'content-type': 'application/json' };
    for (let times = 0; times < 3; times += 1) {
      const response = await fetch(`${running.url}/graphql`, { method: 'POST', headers, body });
      expect((await response.json()).errors[0].extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('has 300 characters as a title of what may be the same, and 20,000 as its summary', async () => {
    const query =
      'query ($title: String!, $summary: String) { similarIncidents(title: $title, summary: $summary) { similarity } }';
    const most = { title: 'x'.repeat(300), summary: 'y '.repeat(10_000) };
    expect((await ask(query, most)).errors).toEqual([]);
    expect((await ask(query, { ...most, title: `${most.title}x` })).errors).toMatchObject([
      { message: 'The title is too long.' },
    ]);
    expect((await ask(query, { ...most, summary: `${most.summary}y` })).errors).toMatchObject([
      { message: 'The summary is too long.' },
    ]);
  });
});

describe('what no column holds', () => {
  it('is refused as the name of a member of JSON', async () => {
    const logged = vi.spyOn(log, 'error').mockReturnValue();
    const { data, errors } = await ask(
      `mutation ($input: RegisterEvaluationInput!) { registerEvaluation(input: $input) {
        __typename ... on InputError { message path expected } } }`,
      { input: { name: 'e', version: '1', conditions: [{ name: 'c', factors: { 'half \ud800': 1 } }] } },
    );
    expect(errors).toEqual([]);
    expect(data.registerEvaluation).toEqual({
      __typename: 'InputError',
      message: 'The text holds half of a surrogate pair.',
      path: ['conditions', '0', 'factors'],
      expected: 'well-formed Unicode',
    });
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  it('is refused as the name of a condition', async () => {
    const { data, errors } = await ask(
      `mutation ($input: RegisterEvaluationInput!) { registerEvaluation(input: $input) {
        __typename ... on InputError { message path expected } } }`,
      {
        input: {
          name: 'e',
          version: '1',
          conditions: [{ name: Array.from({ length: 6_000 }, (_, i) => i).join('') }],
        },
      },
    );
    expect(errors).toEqual([]);
    expect(data.registerEvaluation).toEqual({
      __typename: 'InputError',
      message: 'The name is too long.',
      path: ['conditions', '0', 'name'],
      expected: 'at most 200 characters',
    });
  });
});

describe('a change that the database ends', () => {
  let by: Principal;
  beforeAll(async () => {
    by = await api.person('REPORTER');
  });
  const changing = (sql: string) => {
    const context = requestContext(api.services, by);
    return inChange(context, 'write:lineage', async ({ tx }) => {
      await tx.$executeRawUnsafe(`set local lock_timeout = '100ms'`);
      await tx.$executeRawUnsafe(`set local statement_timeout = '2s'`);
      await tx.$queryRawUnsafe(sql);
      return null;
    });
  };

  it('is refused as one that may be sent again, where it waited for what another holds', async () => {
    const refused = api.records.$transaction(async (holds) => {
      await holds.$queryRawUnsafe('select id from team for update');
      return changing('select id from team for update').then(
        () => null,
        (error: unknown) => error,
      );
    });
    expect(await refused).toBeInstanceOf(BusyRefusal);
  });

  it('is refused as one that is too much at once, where a statement took too long', async () => {
    await expect(changing('select pg_sleep(60)::text')).rejects.toBeInstanceOf(TooLongRefusal);
  });
});
