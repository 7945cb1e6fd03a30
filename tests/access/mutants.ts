// Mutants of the policy: the predicate with each of its clauses dropped or turned round, and each rule of the list
// with a caller more, a caller less, or without its scope.

import { INPUT, MUTATION, PAGE, QUERY, ROUTE } from '../../api/src/access/permissions.ts';
import { type Caller, RULES, type Rule, type RuleName } from '../../api/src/access/rules.ts';
import { type Principal, ROLES, type Viewer } from '../../api/src/access/viewer.ts';
import { Prisma } from '../../api/src/generated/prisma/client.ts';

type Predicate = (viewer: Viewer, alias: string) => Prisma.Sql;

export interface PredicateMutant {
  name: string;
  of(original: Predicate): Predicate;
}

/** Stands for a value within the text of a predicate. */
const VALUE = '\u0001';

/** Changes the text of the predicate; a mutant that finds nothing to change is an error, not a survivor. */
function reworded(sql: Prisma.Sql, from: RegExp, to: string): Prisma.Sql {
  const text = sql.strings.join(VALUE);
  return new Prisma.Sql(text.replace(from, to).split(VALUE), sql.values);
}

/** The clauses of the predicate as they read in SQL, each with what it says. */
const CLAUSES: Readonly<Record<string, RegExp>> = {
  'what is public': /(\w+\.visibility = 'PUBLIC')/g,
  'what is for members': /(\w+\.visibility in \('PUBLIC', 'MEMBERS'\))/g,
  "one's own": new RegExp(`(\\w+\\.actor_id = ${VALUE})(?=\\n)`, 'g'),
  "one's team": new RegExp(`(\\w+\\.team_id = any\\(${VALUE}::bigint\\[\\]\\))`, 'g'),
  'that restricted is not for the team': /(\w+\.visibility <> 'RESTRICTED')/g,
  'the embargo': /(embargo\.embargoed_until > now\(\))/g,
  'whose embargo it is': /(embargo\.id = \w+\.audience_id)/g,
  'the persons named': new RegExp(`(\\bnamed\\.actor_id = ${VALUE})`, 'g'),
  'what they are named for': /(\bnamed\.audience_id = \w+\.audience_id)/g,
};

const rewording = (name: string, from: RegExp, to: string): PredicateMutant => ({
  name,
  of: (original) => (viewer, alias) => reworded(original(viewer, alias), from, to),
});

const inAnotherRole = (name: string, as: (viewer: Principal) => Principal): PredicateMutant => ({
  name,
  of: (original) => (viewer, alias) => original(viewer.kind === 'anonymous' ? viewer : as(viewer), alias),
});

export const PREDICATE_MUTANTS: readonly PredicateMutant[] = [
  ...Object.entries(CLAUSES).flatMap(([name, clause]) => [
    rewording(`${name}: never`, clause, '($1 and false)'),
    rewording(`${name}: always`, clause, '($1 or true)'),
    rewording(`${name}: the other way round`, clause, '(not $1)'),
  ]),
  inAnotherRole('auditors read as viewers', (v) => (v.role === 'AUDITOR' ? { ...v, role: 'VIEWER' } : v)),
  inAnotherRole('administrators read as viewers', (v) =>
    v.role === 'ADMINISTRATOR' ? { ...v, role: 'VIEWER' } : v,
  ),
  inAnotherRole('viewers read everything', (v) => (v.role === 'VIEWER' ? { ...v, role: 'AUDITOR' } : v)),
  inAnotherRole('reporters read everything', (v) => (v.role === 'REPORTER' ? { ...v, role: 'AUDITOR' } : v)),
  inAnotherRole('investigators read everything', (v) =>
    v.role === 'INVESTIGATOR' ? { ...v, role: 'AUDITOR' } : v,
  ),
  inAnotherRole('no token needs the scope read', (v) => ({
    ...v,
    scopes: new Set([...v.scopes, 'read' as const]),
  })),
  inAnotherRole('no token has the scope read', (v) => ({ ...v, scopes: new Set() })),
  {
    name: 'the anonymous read as members',
    of: (original) => (viewer, alias) =>
      viewer.kind === 'anonymous'
        ? Prisma.raw(`(${alias}.visibility in ('PUBLIC', 'MEMBERS'))`)
        : original(viewer, alias),
  },
  { name: 'nobody sees anything', of: () => () => Prisma.sql`(false)` },
  { name: 'everybody sees everything', of: () => () => Prisma.sql`(true)` },
];

export interface ConditionMutant {
  name: string;
  of(original: (viewer: Viewer) => Prisma.Sql): (viewer: Viewer) => Prisma.Sql;
}

/** The clauses by which a condition is seen with its version or with its figures, each with what it says. */
const CONDITION_CLAUSES: Readonly<Record<string, RegExp>> = {
  'what a version was registered with': /(c\.declared)/,
  'whose measurement it is': /(m\.condition_id = c\.id)/,
  'whose score it is': /(s\.condition_id = c\.id)/,
};

export const CONDITION_MUTANTS: readonly ConditionMutant[] = [
  ...Object.entries(CONDITION_CLAUSES).flatMap(([name, clause]) =>
    (
      [
        ['never', '($1 and false)'],
        ['always', '($1 or true)'],
        ['the other way round', '(not $1)'],
      ] as const
    ).map(
      ([how, to]): ConditionMutant => ({
        name: `${name}: ${how}`,
        of: (original) => (viewer) => reworded(original(viewer), clause, to),
      }),
    ),
  ),
  {
    name: 'a measurement that is not seen shows its condition',
    of: () => () =>
      Prisma.sql`(c.declared or exists (select 1 from measurement m where m.condition_id = c.id)
      or exists (select 1 from score s where s.condition_id = c.id))`,
  },
];

/** A change of a rule or of the list, and the way back. */
export interface RuleMutant {
  name: string;
  make(): () => void;
}

const CALLERS: readonly Caller[] = ['ANONYMOUS', ...ROLES];

function ofRule(name: RuleName): RuleMutant[] {
  const rule = RULES[name] as Rule;
  const changed = (what: string, change: Partial<Rule>): RuleMutant => ({
    name: `${name}: ${what}`,
    make() {
      const before = { reads: false, ...rule };
      Object.assign(rule, change);
      return () => Object.assign(rule, before);
    },
  });
  const callers = CALLERS.map((caller) =>
    rule.callers.includes(caller)
      ? changed(`not ${caller}`, { callers: rule.callers.filter((one) => one !== caller) })
      : changed(`${caller} too`, { callers: [...rule.callers, caller] }),
  );
  return [
    ...callers,
    ...(rule.scope === null
      ? [changed('with the scope admin', { scope: 'admin' })]
      : [changed('without its scope', { scope: null }), changed('with the scope audit', { scope: 'audit' })]),
    ...(rule.reads === true ? [changed('without reading', { reads: false })] : []),
  ];
}

const LISTS = { QUERY, MUTATION, INPUT, ROUTE, PAGE } as const;

function ofList([list, entries]: [string, Record<string, RuleName>]): RuleMutant[] {
  return Object.entries(entries).map(([name, rule]) => {
    const other: RuleName = rule === 'everyone' ? 'administer' : 'everyone';
    return {
      name: `${list} ${name}: for ${other}`,
      make() {
        entries[name] = other;
        return () => {
          entries[name] = rule;
        };
      },
    };
  });
}

/** Rules that nothing is listed under cannot be seen in what is let through. */
export function ruleMutants(): RuleMutant[] {
  const lists = Object.entries(LISTS) as unknown as [string, Record<string, RuleName>][];
  const used = new Set(lists.flatMap(([, entries]) => Object.values(entries)));
  return [
    ...(Object.keys(RULES) as RuleName[]).filter((name) => used.has(name)).flatMap(ofRule),
    ...lists.flatMap(ofList),
  ];
}
