// A small world with rules that look at what is measured in it.
import { expect } from 'vitest';
import type { Principal, Role, Viewer } from '../../../api/src/access/viewer.ts';
import { ANONYMOUS } from '../../../api/src/access/viewer.ts';
import { RegressionWatch } from '../../../api/src/regression/regression-watch.ts';
import { copyOfWorld, evalRun, incident, type World } from '../incident/world.ts';

export const OUTCOMES = `verdict lowerBound difference pValue correctedPValue testedTogether reasons
  measurement { id evalRun { label } } baseline { id } consequences { action incident { id key title status } }`;

export interface WatchedWorld extends World {
  /** An investigator of the common team, who makes the rules. */
  author: Viewer;
  /** Has the rules look at all that waits. */
  look(): Promise<void>;
  /** Records a run that measures blackmail in opus, unless told otherwise; answers the ids of its measurements. */
  measure(name: string, exhibited: number, more?: MeasureMore): Promise<string[]>;
  /** Makes a rule; answers its id. */
  rule(definition: object, more?: object, as?: Viewer): Promise<string>;
  outcomes(rule: string, as?: Viewer): Promise<Outcome[]>;
  /** A resolved incident about blackmail in opus. */
  resolved(title: string, more?: object): Promise<string>;
  seen(id: string, as?: Viewer): Promise<SeenIncident | null>;
  /** Adds somebody to a team of its own, made where there is none. */
  member(role: Role, team: string): Promise<Principal>;
}

export interface MeasureMore {
  of?: number;
  model?: string;
  visibility?: string;
  startedAt?: Date;
  measurement?: object;
  measurements?: object[];
  as?: Viewer;
}

// biome-ignore lint/suspicious/noExplicitAny: the shapes are those of the queries beside
type Outcome = any;
// biome-ignore lint/suspicious/noExplicitAny: see above
type SeenIncident = any;

export const BLACKMAIL = { behavior: 'blackmail', condition: 'replacement', grader: 'classifier@1' };
export const THRESHOLD = { behavior: 'blackmail', modelFamily: 'opus', kind: 'THRESHOLD', threshold: 0.2 };

export async function watchedWorld(): Promise<WatchedWorld> {
  const plain = await copyOfWorld();
  const { api } = plain;
  const watch = new RegressionWatch(api.services);
  const made = async (as: Viewer, mutation: string, input: object, fields: string) => {
    const result = await plain.run(as, mutation, input, fields);
    expect(result.__typename, JSON.stringify(result)).toMatch(/Success$/);
    return result;
  };
  const world: WatchedWorld = {
    ...plain,
    author: plain.investigator,
    look: () => watch.drain(),
    async measure(name, exhibited, more = {}) {
      const { of = 100, model = 'opus', visibility = 'MEMBERS', measurement = {} } = more;
      const counts = { exhibited, notExhibited: of - exhibited };
      const { evalRun: run } = await made(
        more.as ?? world.reporter,
        'recordEvalRun',
        evalRun(name, {
          modelVersion: `model:${model}@4`,
          visibility,
          ...(more.startedAt === undefined ? {} : { startedAt: more.startedAt.toISOString() }),
          measurements: more.measurements ?? [{ ...BLACKMAIL, ...counts, ...measurement }],
        }),
        'evalRun { measurements { id } }',
      );
      return run.measurements.map(({ id }: { id: string }) => id);
    },
    async rule(definition, more = {}, as = world.author) {
      const input = { title: 'Blackmail is back', definition, ...more };
      const { regressionRule } = await made(as, 'createRegressionRule', input, 'regressionRule { id }');
      return regressionRule.id;
    },
    async outcomes(rule, as = world.author) {
      const data = await world.ask(
        as,
        `query ($id: ID!) { regressionRule(id: $id) { outcomes { totalCount nodes { ${OUTCOMES} } } } }`,
        { id: rule },
      );
      return data.regressionRule?.outcomes.nodes ?? [];
    },
    async resolved(title, more = {}) {
      const links = { behaviors: ['blackmail'], modelVersions: ['model:opus@4'], ...more };
      const filed = await made(world.reporter, 'fileIncident', incident(title, links), 'incident { id }');
      const { id } = filed.incident;
      for (const to of ['INVESTIGATING', 'RESOLVED'])
        await made(
          world.author,
          'changeIncidentStatus',
          { incident: id, to, comment: 'So it is.' },
          '__typename',
        );
      return id;
    },
    async seen(id, as = world.author) {
      const data = await world.ask(
        as,
        `query ($id: ID!) { node(id: $id) { ... on Incident { id key title summary status updatedAt evalRuns { label }
          timeline { totalCount nodes { type summary } } related { relation incident { id } }
          regressions { verdict rule { title } consequences { action } } } } }`,
        { id },
      );
      return data.node;
    },
    async member(role, team) {
      const person = await api.person(role);
      await api.records
        .$executeRaw`insert into team (namespace, name) values (${team}, ${team}) on conflict do nothing`;
      const [row] = await api.records.$queryRaw<
        [{ id: bigint }]
      >`select id from team where namespace = ${team}`;
      await api.records
        .$executeRaw`insert into membership (team_id, actor_id) values (${row.id}, ${person.actorId})`;
      return { ...person, teamIds: [row.id, ...person.teamIds] };
    },
  };
  return world;
}

/** All that somebody can tell of incidents, rules and what they were told. */
export async function everythingSeen(world: WatchedWorld, as: Viewer): Promise<unknown> {
  const signedIn =
    as === ANONYMOUS
      ? ''
      : 'notifications { totalCount nodes { outcome { verdict } } } viewer { unreadNotifications }';
  return world.ask(
    as,
    `{ incidents(orderBy: { field: TITLE, direction: ASC }) { totalCount nodes { title status evalRuns { label }
        timeline { totalCount nodes { type summary } } related { relation incident { title } }
        regressions { verdict rule { title } } } }
      regressionRules { totalCount nodes { title lastOutcome { verdict } outcomes { totalCount nodes { verdict } } } } ${signedIn} }`,
  );
}
