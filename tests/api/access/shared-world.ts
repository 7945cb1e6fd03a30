// Two teams: the author's with a colleague, and another with the named person and the stranger; and who reads
// everything, of the second.
import { expect } from 'vitest';
import { rightsOf } from '../../../api/src/access/rights.ts';
import { ANONYMOUS, type Principal, type Role } from '../../../api/src/access/viewer.ts';
import { Prisma } from '../../../api/src/generated/prisma/client.ts';
import { readingWith } from '../../../api/src/platform/rights-pool.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

const PEOPLE = {
  author: ['REPORTER', 0],
  colleague: ['REPORTER', 0],
  named: ['REPORTER', 1],
  stranger: ['REPORTER', 1],
  auditor: ['AUDITOR', 1],
  administrator: ['ADMINISTRATOR', 1],
} as const satisfies Record<string, readonly [Role, number]>;
type Name = keyof typeof PEOPLE;

export const WHAT = {
  title: 'A model that was told of its replacement threatened an engineer',
  summary: 'It was given an affair to use.',
  setting: 'SAFETY_TEST',
  severity: 'HIGH',
};

const INCIDENT = `query ($id: ID!) { node(id: $id) { ... on Incident { title evidence { title text } hypotheses { statement }
  lineage { nodes { label } edges { kind } } timeline { totalCount } } } }`;

export interface SharedWorld extends Record<Name, Principal> {
  api: TestApi;
  /** The global id of a person, by whom they are named. */
  idOf(person: Principal): string;
  /** Mutations by the author, which succeed. */
  build: Mutate;
  by(person: Principal): Mutate;
  /** Files an incident of the author's. */
  file(more: object): Promise<{ id: string; key: string }>;
  /** What somebody, or (null) the anonymous, sees of an incident. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, above
  sees(viewer: Principal | null, id: string): Promise<any>;
  /**
   * Of the events on a node, or (null) on none, those that somebody is told with these words, oldest first; null asks as the
   * anonymous.
   */
  told(viewer: Principal | null, id: string | null, words: string): Promise<string[]>;
}

/** What somebody is told, by each of the two walls: through the API, and by all that row-level security lets through. */
async function toldBy(
  api: TestApi,
  viewer: Principal | null,
  id: string | null,
  words: string,
): Promise<string[]> {
  const { ids, db } = api.services;
  const node = id === null ? null : ids.decode(id)!.id;
  const of = Prisma.sql`select id from event where node_id is not distinct from ${node}::bigint order by id`;
  const rows = await api.records.$queryRaw<{ id: bigint }[]>(of);
  const { data, errors } = await (viewer === null ? api.anonymous : api.as(viewer))(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Event { id summary } } }',
    { ids: rows.map((row) => ids.encode('Event', row.id)) },
  );
  expect(errors).toEqual([]);
  const told = (data.nodes as ({ id: string; summary: string } | null)[]).filter((event) => event !== null);
  const passed = await readingWith(rightsOf(viewer ?? ANONYMOUS), () => db.$queryRaw<{ id: bigint }[]>(of));
  expect(passed.map((row) => ids.encode('Event', row.id))).toEqual(told.map((event) => event.id));
  return told.map((event) => event.summary).filter((summary) => summary.includes(words));
}

export async function sharedWorld(): Promise<SharedWorld> {
  const api = await testApi();
  const teams = await api.records.$queryRaw<{ id: bigint }[]>`
    insert into team (namespace, name) values ('lab', 'Lab'), ('other', 'Other') returning id`;
  const people = {} as Record<Name, Principal>;
  for (const [name, [role, team]] of Object.entries(PEOPLE))
    people[name as Name] = await inTeams(api.records, await api.person(role), [teams[team]!.id]);
  const by = (person: Principal) => building(mutating(api, person));
  const build = by(people.author);
  return {
    ...people,
    api,
    by,
    build,
    idOf: (person) => api.services.ids.encode('Actor', person.actorId),
    async file(more) {
      const { incident } = await build('fileIncident', { ...WHAT, ...more }, 'incident { id key }');
      return incident;
    },
    told: (viewer, id, words) => toldBy(api, viewer, id, words),
    async sees(viewer, id) {
      const { data, errors } = await (viewer === null ? api.anonymous : api.as(viewer))(INCIDENT, { id });
      expect(errors).toEqual([]);
      return data.node;
    },
  };
}
