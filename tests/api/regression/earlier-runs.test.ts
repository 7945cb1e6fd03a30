import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { THRESHOLD, type WatchedWorld, watchedWorld } from './watched-world.ts';

let world: WatchedWorld;
beforeEach(async () => {
  world = await watchedWorld();
});
afterEach(() => world.api.close());

const MAY = new Date('2026-05-20T12:00:00Z');

async function move(incident: string, to: string) {
  const { __typename } = await world.run(
    world.author,
    'changeIncidentStatus',
    { incident, to, comment: 'So it is.' },
    '__typename',
  );
  expect(__typename).toBe('ChangeIncidentStatusSuccess');
}

/** What the only hit of the rule did to the incident, and where it stands now. */
async function done(rule: string, id: string) {
  await world.look();
  const [outcome, ...others] = await world.outcomes(rule);
  expect(others).toEqual([]);
  const { status, evalRuns } = (await world.seen(id))!;
  return { verdict: outcome.verdict, consequences: outcome.consequences, status, runs: evalRuns.length };
}

describe('a hit of a run that began before the incident came to its end', () => {
  it('is added to the incident, which stays ended, and that is told to who watches', async () => {
    const id = await world.resolved('Opus blackmailed');
    const rule = await world.rule(THRESHOLD);
    await world.run(world.viewer, 'watch', { target: id }, 'watched');
    await world.measure('of-may', 40, { startedAt: MAY });
    expect(await done(rule, id)).toMatchObject({
      verdict: 'HIT',
      consequences: [{ action: 'LINKED_BEFORE_END', incident: { id } }],
      status: 'RESOLVED',
      runs: 1,
    });
    const seen = await world.seen(id);
    expect(seen?.timeline.nodes.map(({ summary }: { summary: string }) => summary).join()).not.toContain(
      'Regressed',
    );
    const { notifications } = await world.ask(
      world.viewer,
      '{ notifications { nodes { outcome { consequences { action incident { id } } } } } }',
    );
    expect(notifications.nodes).toEqual([
      { outcome: { consequences: [{ action: 'LINKED_BEFORE_END', incident: { id } }] } },
    ]);
  });

  it('counts from the last time that it did: who reopened and ended it again knew better', async () => {
    const id = await world.resolved('Opus blackmailed');
    const between = new Date();
    await move(id, 'INVESTIGATING');
    await move(id, 'MITIGATED');
    const rule = await world.rule(THRESHOLD);
    await world.measure('between', 40, { startedAt: between });
    expect(await done(rule, id)).toMatchObject({
      consequences: [{ action: 'LINKED_BEFORE_END' }],
      status: 'MITIGATED',
    });
  });
});

describe('a hit of any other run reopens the incident', () => {
  it('where it began after the end, though the incident was closed later: closing says nothing of the model', async () => {
    const id = await world.resolved('Opus blackmailed');
    const after = new Date(Date.now() + 1_000);
    await move(id, 'CLOSED');
    const rule = await world.rule(THRESHOLD);
    await world.measure('after', 40, { startedAt: after });
    expect(await done(rule, id)).toMatchObject({
      consequences: [{ action: 'REOPENED' }],
      status: 'INVESTIGATING',
    });
  });

  it('where it is not recorded when it began', async () => {
    const id = await world.resolved('Opus blackmailed');
    const rule = await world.rule(THRESHOLD);
    await world.measure('undated', 40);
    expect(await done(rule, id)).toMatchObject({
      consequences: [{ action: 'REOPENED' }],
      status: 'INVESTIGATING',
    });
  });

  it('and is added to one that has not ended, whenever it began', async () => {
    const id = await world.resolved('Opus blackmailed');
    await move(id, 'INVESTIGATING');
    const rule = await world.rule(THRESHOLD);
    await world.measure('of-may', 40, { startedAt: MAY });
    expect(await done(rule, id)).toMatchObject({
      consequences: [{ action: 'LINKED' }],
      status: 'INVESTIGATING',
    });
  });
});
