import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isInputObjectType } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { INPUT, MUTATION, PAGE, QUERY, ROUTE } from '../../api/src/access/permissions.ts';
import { permits, RULES, type Rule, type RuleName } from '../../api/src/access/rules.ts';
import {
  ANONYMOUS,
  ROLE_SCOPES,
  ROLES,
  type Role,
  type Scope,
  type Viewer,
} from '../../api/src/access/viewer.ts';
import { buildSchema } from '../../api/src/graphql/schema.ts';
import { startApi } from '../../api/src/server.ts';

const { registered } = vi.hoisted(() => ({ registered: [] as string[] }));

// The app is made within startApi: its registrations are heard here, whatever it comes to register.
vi.mock('express', async (original) => {
  const actual = (await original<{ default: object }>()) as { default: typeof import('express') };
  const listening = (() => {
    const app = actual.default();
    return new Proxy(app, {
      get(target, property) {
        const name = String(property);
        const member = Reflect.get(target, property) as unknown;
        const verbs = ['use', 'all', 'get', 'head', 'post', 'put', 'patch', 'delete', 'options'];
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          const [path] = args;
          // `app.get(name)` alone reads a setting.
          const registers = name === 'route' || (verbs.includes(name) && args.length > 1);
          if (registers && typeof path !== 'function')
            registered.push(...[path].flat().map((one) => `${name.toUpperCase()} ${String(one)}`));
          const answer = (member as (...all: unknown[]) => unknown).apply(target, args);
          return answer === target ? app : answer;
        };
      },
    });
  }) as unknown as typeof actual.default;
  return { ...actual, default: Object.assign(listening, actual.default) };
});

const schema = buildSchema();
const scopesOf = ({ scope, reads }: Rule): Scope[] => [
  ...(scope === null ? [] : [scope]),
  ...(reads === true ? (['read'] as const) : []),
];
const sorted = (names: Iterable<string>) => [...names].sort();
const principal = (role: Role, scopes: readonly Scope[] = ROLE_SCOPES[role]): Viewer => ({
  kind: 'principal',
  actorId: 1n,
  actorKind: 'PERSON',
  name: 'Somebody',
  role,
  teamIds: [],
  scopes: new Set(scopes),
  sessionId: null,
  tokenId: null,
});

describe('the list of who may do what', () => {
  it('has every query field, and none that is not there', () => {
    expect(sorted(Object.keys(QUERY))).toEqual(sorted(Object.keys(schema.getQueryType()?.getFields() ?? {})));
  });

  it('has every mutation, and none that is not there', () => {
    expect(sorted(Object.keys(MUTATION))).toEqual(
      sorted(Object.keys(schema.getMutationType()?.getFields() ?? {})),
    );
  });

  it('names only input fields that are there', () => {
    for (const coordinate of Object.keys(INPUT)) {
      const [type = '', field = ''] = coordinate.split('.');
      const input = schema.getType(type);
      expect(isInputObjectType(input) && input.getFields()[field] !== undefined, coordinate).toBe(true);
    }
  });

  it('has every route that the API server registers, and none that is not there', async () => {
    const services = { db: {}, dataFolder: '/nonexistent' } as unknown as Parameters<
      typeof startApi
    >[0]['services'];
    const api = await startApi({ services, host: '127.0.0.1', port: 0 });
    await api.close();
    expect(sorted(new Set(registered))).toEqual(sorted(Object.keys(ROUTE)));
  });

  it('has every page and route of the web, and none that is not there', () => {
    const app = fileURLToPath(new URL('../../web/src/app/', import.meta.url));
    const paths = readdirSync(app, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(^|[\\/])(page|route)\.(tsx?|jsx?|mdx)$/.test(file))
      .map((file) => {
        const folders = file.split(/[\\/]/).slice(0, -1);
        return `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join('/')}`;
      });
    expect(sorted(paths)).toEqual(sorted(Object.keys(PAGE)));
  });

  it('asks no caller for a scope that their role never has', () => {
    for (const [name, rule] of Object.entries(RULES)) {
      for (const scope of scopesOf(rule))
        for (const caller of rule.callers)
          expect(ROLE_SCOPES[caller as Role], `${name}: ${caller}`).toContain(scope);
    }
  });

  it('lets auditors and viewers change nothing of the record', () => {
    const changes = (rule: RuleName) => !['everyone', 'signedIn', 'ownAccount', 'reveal'].includes(rule);
    for (const [name, rule] of Object.entries({ ...MUTATION, ...INPUT })) {
      if (!changes(rule)) continue;
      for (const role of ['AUDITOR', 'VIEWER'] as const)
        expect(permits(principal(role), rule).allowed, `${role}: ${name}`).toBe(false);
    }
  });

  it('lets administrators do everything, and the anonymous only what is for everyone', () => {
    for (const rule of Object.keys(RULES) as RuleName[]) {
      expect(permits(principal('ADMINISTRATOR'), rule), rule).toEqual({ allowed: true, reason: null });
      expect(permits(ANONYMOUS, rule).allowed, rule).toBe(rule === 'everyone');
    }
  });

  it('lets a token do only what its scopes say, whatever the role of whoever made it', () => {
    for (const [name, rule] of Object.entries(RULES) as [RuleName, Rule][])
      for (const scope of scopesOf(rule))
        for (const role of ROLES) {
          const others = ROLE_SCOPES[role].filter((one) => one !== scope);
          expect(permits(principal(role, others), name).allowed, `${role} without ${scope}`).toBe(false);
        }
  });
});
