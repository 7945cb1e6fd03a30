import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal, Viewer } from '../../../api/src/access/viewer.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { type FiledWorld, filedWorld } from '../incident/filed-world.ts';
import { evalRun } from '../incident/world.ts';

/** What another team adds to an incident that is for its team alone is not for that team to see: nor when it was added. */
describe('what another team links to an incident of a team', () => {
  let world: FiledWorld;
  /** Of another team, and sees the incident all the same. */
  let outsider: Principal;
  let filed: { key: string; ref: string };
  beforeAll(async () => {
    world = await filedWorld();
    outsider = await inAnotherTeam(world.api.records, await world.api.person('ADMINISTRATOR'));
    await make(world.reporter, 'recordEvalRun', evalRun('open-run'));
    filed = await world.file('For its team', { visibility: 'TEAM' });
    const other = await world.file('For everybody', { visibility: 'PUBLIC' });
    links.related = [{ incident: other.ref, relation: 'follows' }];
  });
  afterAll(() => world.api.close());

  const links: Record<string, unknown[]> = {
    modelVersions: ['model:sonnet@4'],
    evalRuns: ['eval-run:open-run'],
    suspects: ['source:dystopian-books'],
    suspectTags: ['despair'],
    reports: [{ title: 'In the news' }],
  };

  async function make(as: Viewer, mutation: string, input: object): Promise<void> {
    const result = await world.run(as, mutation, input, '__typename');
    expect(result.__typename, JSON.stringify(result)).toMatch(/Success$/);
  }
  async function seen(as: Viewer): Promise<{ updatedAt: string; told: string[] }> {
    const { incident } = await world.ask(
      as,
      `query ($key: String!) { incident(key: $key) { updatedAt modelVersions { label } evalRuns { label }
        suspects { label } related { relation } reports { title } timeline(first: 50) { nodes { summary } } } }`,
      { key: filed.key },
    );
    const { timeline, ...more } = incident;
    return { ...more, told: timeline.nodes.map(({ summary }: { summary: string }) => summary) };
  }

  it.each(['modelVersions', 'evalRuns', 'suspects', 'suspectTags', 'related', 'reports'])(
    '%s are told to whoever sees them, with the date',
    async (kind) => {
      const [before, outside] = [await seen(world.other), await seen(outsider)];
      await make(outsider, 'linkIncident', { incident: filed.ref, [kind]: links[kind] });
      expect(await seen(world.other)).toEqual(before);
      expect((await seen(outsider)).told.length).toBe(outside.told.length + 1);
    },
  );

  it('of its own team is told to all of that, with the date', async () => {
    const before = await seen(world.other);
    await make(world.reporter, 'linkIncident', { incident: filed.ref, ...links });
    const after = await seen(world.other);
    expect(after.told.length).toBe(before.told.length + 1);
    expect(after.updatedAt).not.toBe(before.updatedAt);
  });
});
