import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '../../../api/src/access/api-tokens.ts';
import { ROUTE } from '../../../api/src/access/permissions.ts';
import { permits, RULES, type RuleName } from '../../../api/src/access/rules.ts';
import { ANONYMOUS, may, ROLES, type Scope, type Viewer } from '../../../api/src/access/viewer.ts';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

type Route = keyof typeof ROUTE;

const NOTHING = { status: 404, path: (route: string) => route.replace(/^GET /, '').replace(/:\w+/, 'none') };
/** What each route answers to whoever is let through to it, asked for nothing that is there. */
const ASKED: Readonly<Record<Route, { status: number; path: (route: string) => string; body?: string }>> = {
  'GET /evidence/:id': NOTHING,
  'GET /export/incident/:key': { ...NOTHING, path: () => '/export/incident/none?format=avid' },
  'GET /healthz': { ...NOTHING, status: 200 },
  'GET /import/:id/file': NOTHING,
  'GET /readyz': { ...NOTHING, status: 200 },
  'POST /evidence': { status: 400, path: () => '/evidence' },
  'POST /import': { status: 400, path: () => '/import?visibility=NOBODY' },
  'USE /graphql': { status: 200, path: () => '/graphql', body: '{"query":"{ __typename }"}' },
};
const ROUTES = Object.keys(ROUTE) as Route[];
const RULE_NAMES = Object.keys(RULES) as RuleName[];
const RECORDS: readonly Scope[] = ['write:evals', 'write:lineage', 'write:incidents'];

interface Caller {
  name: string;
  token: string | null;
  viewer: Viewer;
}

interface Answered {
  status: number;
  code: string | null;
  message: string | null;
}

describe('each route lets through whom the list of permissions lets through', () => {
  let world: TestApi;
  let api: RunningApi;
  let callers: Caller[];

  beforeAll(async () => {
    world = await testApi();
    const budget = Number.MAX_SAFE_INTEGER;
    const door = { budget, anonymousBudget: budget };
    api = await startApi({ services: world.services, host: '127.0.0.1', port: 0, door });
    callers = [{ name: 'anonymous', token: null, viewer: ANONYMOUS }];
    for (const role of ROLES) {
      const person = await world.person(role);
      for (const scopes of [[...person.scopes], ...[...person.scopes].map((scope) => [scope])]) {
        const { token } = await world.services.db.$transaction((tx) =>
          createApiToken(
            { tx, by: person, teamId: person.teamIds[0]!, context: world.services },
            { name: 'tool', scopes },
          ),
        );
        callers.push({ name: `${role} for ${scopes}`, token, viewer: await world.withToken(token) });
      }
    }
  });
  afterAll(async () => {
    await api.close();
    await world.close();
  });
  const listed: Record<Route, RuleName> = ROUTE;
  const asReviewed = { ...ROUTE };
  afterEach(() => {
    Object.assign(listed, asReviewed);
  });

  async function ask(route: Route, { token }: Caller): Promise<Answered> {
    const { path, body } = ASKED[route];
    const response = await fetch(`${api.url}${path(route)}`, {
      method: route.startsWith('GET') ? 'GET' : 'POST',
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const { error } = await response.json();
    return { status: response.status, code: error?.code ?? null, message: error?.message ?? null };
  }

  function expected(route: Route, { viewer }: Caller): object {
    const { allowed, reason } = permits(viewer, listed[route]);
    if (!allowed)
      return viewer.kind === 'anonymous'
        ? { status: 401, code: 'UNAUTHENTICATED', message: reason }
        : { status: 403, code: 'FORBIDDEN', message: reason };
    // What a file records is told by its beginning: whoever may record nothing at all is told so before it is sent.
    if (route === 'POST /import' && RECORDS.every((scope) => !may(viewer, scope).allowed))
      return {
        status: viewer.kind === 'anonymous' ? 401 : 403,
        message: may(viewer, 'write:evals').reason,
      };
    return { status: ASKED[route].status };
  }

  it.each(ROUTES)('%s: as it is listed, and as it would be listed otherwise', async (route) => {
    const refused = new Set<string>();
    for (const rule of RULE_NAMES) {
      listed[route] = rule;
      for (const caller of callers) {
        const answer = await ask(route, caller);
        expect(answer, `${rule}: ${caller.name}`).toMatchObject(expected(route, caller));
        if (answer.status === 401 || answer.status === 403) refused.add(rule);
      }
    }
    // Every rule but the one for everybody refuses somebody: none has been passed over.
    expect([...refused].sort()).toEqual(
      RULE_NAMES.filter((rule) => rule !== 'everyone' || route === 'POST /import').sort(),
    );
  });
});
