// Who is let through to each query field, mutation, route and page: asked of the guard itself, field by field.
import { buildASTSchema, type GraphQLSchema, parse, printSchema } from 'graphql';
import { INPUT, PAGE, ROUTE } from '../../api/src/access/permissions.ts';
import { permits, type RuleName } from '../../api/src/access/rules.ts';
import { type Role, SCOPES, type Viewer } from '../../api/src/access/viewer.ts';
import { guarding } from '../../api/src/graphql/guarding.ts';
import { AccessRefusal } from '../../api/src/platform/refusal.ts';
import { PRINCIPALS } from './world/principals.ts';

/** Whose role was narrowed after their token was made: it still carries every scope, and must not be worth more. */
const narrowed = (role: Role): Viewer => ({ ...PRINCIPALS.administrator, role, scopes: new Set(SCOPES) });

export const CALLERS: Readonly<Record<string, Viewer>> = {
  ...PRINCIPALS,
  ...Object.fromEntries(
    (['VIEWER', 'REPORTER', 'INVESTIGATOR', 'AUDITOR'] as const).map((role) => [
      `every scope, now ${role.toLowerCase()}`,
      narrowed(role),
    ]),
  ),
  'administrator by a token for all but admin': {
    ...PRINCIPALS.administrator,
    scopes: new Set(SCOPES.filter((scope) => scope !== 'admin')),
  },
};
const CALLER_NAMES = Object.keys(CALLERS);

/** The schema without what its fields do: what remains is who may ask for them. */
export function bare(schema: GraphQLSchema): string {
  return printSchema(schema);
}

export function callersOf(sdl: string): string {
  const schema = guarding(buildASTSchema(parse(sdl)));
  const fields = (type: 'Query' | 'Mutation') =>
    Object.entries((type === 'Query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { resolve }]) =>
        row(`${type}.${name}`, (viewer) => passes(() => resolve?.({}, {}, { viewer }, {} as never))),
      );
  const listed = (list: Readonly<Record<string, RuleName>>) =>
    Object.entries(list).map(([name, rule]) => row(name, (viewer) => permits(viewer, rule).allowed));
  const head = `| what | ${CALLER_NAMES.join(' | ')} |\n|${' --- |'.repeat(CALLER_NAMES.length + 1)}`;
  const part = (title: string, rows: string[]) => `## ${title}\n\n${head}\n${rows.join('\n')}`;
  return `${[
    part('query fields', fields('Query')),
    part('mutations', fields('Mutation')),
    part('within an input', listed(INPUT)),
    part('routes', listed(ROUTE)),
    part('pages', listed(PAGE)),
  ].join('\n\n')}\n`;
}

function row(name: string, allowed: (viewer: Viewer) => boolean): string {
  return `| ${name} | ${Object.values(CALLERS)
    .map((viewer) => (allowed(viewer) ? 'yes' : '·'))
    .join(' | ')} |`;
}

function passes(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch (error) {
    if (error instanceof AccessRefusal) return false;
    throw error;
  }
}
