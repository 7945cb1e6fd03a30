import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LeftToTheOrdinaryPath } from '../../../api/src/graphql/compiled/selected.ts';
import { compiledAnswer } from './compiled-plan.ts';
import { evalRun, incident, makeWorld, type World } from './world.ts';

const LISTS = `query { incidents(search: "long") { nodes {
  title
  reports { title } measurements { id } claims { id }
  truncations { field reason shown total }
} } }`;

interface Listed {
  title: string;
  reports: { title: string }[];
  measurements: { id: string }[];
  claims: { id: string }[];
  truncations: { field: string; reason: string; shown: number; total: number | null }[];
}

describe('a plain list', () => {
  let world: World;
  const cut = (field: string, total: number | null) => ({ field, reason: 'LIMIT', shown: 1_000, total });
  const read = async (as = world.reporter) => {
    const { data, errors, statements } = await world.api.as(as)(LISTS);
    expect(errors).toEqual([]);
    return { incidents: data.incidents.nodes as Listed[], statements };
  };

  beforeAll(async () => {
    world = await makeWorld();
    const db = world.api.records;
    for (const name of ['long one', 'long two']) {
      const run = { ...evalRun(`${name} run`), measurements: [{ behavior: 'blackmail', rate: 0.5 }] };
      await world.run(world.reporter, 'recordEvalRun', run, 'evalRun { id }');
      const filed = incident(name, { evalRuns: [`eval-run:${name.replace(' ', '%20')}%20run`] });
      const { incident: made } = await world.run(world.reporter, 'fileIncident', filed, 'incident { id }');
      expect(made.id).toEqual(expect.any(String));
    }
    await db.$executeRaw`
      insert into report (incident_id, title, visibility, team_id, actor_id)
      select i.node_id, 'report ' || g, case when g > 1001 then 'RESTRICTED' else 'MEMBERS' end::visibility, n.team_id, n.actor_id
      from incident i join node n on n.id = i.node_id, generate_series(1, 1020) g where i.title = 'long one'`;
    await db.$executeRaw`
      insert into measurement (eval_run_id, behavior_id, rate, visibility, team_id, actor_id)
      select m.eval_run_id, m.behavior_id, m.rate, m.visibility, m.team_id, m.actor_id
      from measurement m join node r on r.id = m.eval_run_id, generate_series(1, 1000) g where r.name = 'long one run'`;
    await db.$executeRaw`
      insert into claim (node_id, property, value_text, visibility, team_id, actor_id)
      select n.id, 'DESCRIPTION', 'said ' || g, n.visibility, n.team_id, n.actor_id
      from incident i join node n on n.id = i.node_id, generate_series(1, 1001) g where i.title = 'long two'`;
  });
  afterAll(() => world.api.close());

  it('shows a thousand, in order, and the thing says which of its lists are cut and how many there are', async () => {
    const { incidents } = await read(world.investigator);
    const one = incidents.find((row) => row.title === 'long one')!;
    const two = incidents.find((row) => row.title === 'long two')!;
    expect(one.reports.map((report) => report.title)).toEqual(
      Array.from({ length: 1_000 }, (_, i) => `report ${i + 1}`),
    );
    expect(one.measurements).toHaveLength(1_000);
    expect(one.truncations).toEqual([cut('measurements', 1_001), cut('reports', 1_001)]);
    expect(two.reports).toEqual([]);
    expect(two.measurements).toHaveLength(1);
    expect(two.claims).toHaveLength(1_000);
    expect(two.truncations).toEqual([cut('claims', 1_001)]);
  });

  it('counts what the viewer may see, and nothing else', async () => {
    const own = (await read(world.reporter)).incidents.find((row) => row.title === 'long one')!;
    expect(own.truncations).toContainEqual(cut('reports', 1_020));
    const other = (await read(world.investigator)).incidents.find((row) => row.title === 'long one')!;
    expect(other.truncations).toContainEqual(cut('reports', 1_001));
  });

  it('is left to the ordinary path where it is cut, and compiled where it is whole', async () => {
    const named = (word: string) =>
      compiledAnswer(
        world.api.services,
        world.reporter,
        `{ incidents(search: "${word}") { nodes { measurements { rate } } } }`,
      );
    await expect(named('one')).rejects.toBeInstanceOf(LeftToTheOrdinaryPath);
    expect((await named('two')).said.nodes).toEqual([{ measurements: [{ rate: 0.5 }] }]);
  });

  it('is read for many things in one statement, and no more of it than is shown', async () => {
    const { statements } = await read();
    const reading = statements.filter((sql) => /from report r/.test(sql));
    expect(reading).toHaveLength(1);
    expect(reading[0]).toContain('"listPlace" <=');
  });
});
