import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Principal, Viewer } from '../../../api/src/access/viewer.ts';
import { rows } from '../incident/world.ts';
import { THRESHOLD, type WatchedWorld, watchedWorld } from './watched-world.ts';

let world: WatchedWorld;
let insider: Principal;
beforeEach(async () => {
  world = await watchedWorld();
  insider = await world.member('REPORTER', 'lab');
});
afterEach(() => world.api.close());

const idOf = async (run: string, as: Viewer) =>
  (await world.ask(as, `{ lineageNode(ref: "eval-run:${run}") { id } }`)).lineageNode.id;

/** A run of the insider's team; a team's namespace stands before the name. */
const secret = (exhibited = 90, visibility = 'TEAM') =>
  world.measure('secret', exhibited, { visibility, as: insider });

async function share(more: object, as: Viewer = insider) {
  const target = await idOf('lab/secret', insider);
  const { __typename, message } = await world.run(as, 'shareWith', { target, ...more }, '__typename');
  expect(message).toBeUndefined();
  expect(__typename).toBe('ShareWithSuccess');
}

const actor = (principal: Viewer) => world.api.services.ids.encode('Actor', (principal as Principal).actorId);

describe('a measurement that is shared later', () => {
  it('is looked at by the rules of those who see it now, once, however often it is shared', async () => {
    const id = await world.resolved('Opus blackmailed');
    const rule = await world.rule(THRESHOLD);
    await world.run(world.viewer, 'watch', { target: id }, 'watched');
    await secret();
    await world.look();
    expect(await world.outcomes(rule, world.administrator)).toEqual([]);
    await share({ visibility: 'MEMBERS' });
    await world.look();
    const [outcome, ...others] = await world.outcomes(rule);
    expect(others).toEqual([]);
    expect(outcome).toMatchObject({
      verdict: 'HIT',
      testedTogether: null,
      consequences: [{ action: 'REOPENED', incident: { id } }],
    });
    expect((await world.seen(id))?.status).toBe('INVESTIGATING');
    const told = '{ viewer { unreadNotifications } }';
    expect((await world.ask(world.viewer, told)).viewer.unreadNotifications).toBe(1);
    const before = await world.seen(id);
    await share({ visibility: 'TEAM' });
    await share({ visibility: 'MEMBERS' });
    await world.look();
    expect(await world.outcomes(rule)).toEqual([outcome]);
    expect(await world.seen(id)).toEqual(before);
    expect((await world.ask(world.viewer, told)).viewer.unreadNotifications).toBe(1);
    expect(await rows(world.api, 'regression_recording')).toBe(0);
  });

  it('hits nothing a second time where the rule’s author had seen it before', async () => {
    const colleague = await world.member('INVESTIGATOR', 'lab');
    const rule = await world.rule(THRESHOLD, {}, colleague);
    await secret();
    await world.look();
    const before = await world.outcomes(rule, colleague);
    expect(before).toMatchObject([{ verdict: 'HIT', consequences: [{ action: 'DRAFTED' }] }]);
    await share({ visibility: 'MEMBERS' });
    await world.look();
    expect(await world.outcomes(rule, colleague)).toEqual(before);
    expect(await rows(world.api, 'incident')).toBe(1);
    // Who sees the measurement since then sees what the rule said of it, and not the draft, which stays the team's.
    expect(await world.outcomes(rule, world.viewer)).toMatchObject([{ verdict: 'HIT', consequences: [] }]);
  });

  it('is looked at for whoever is named on it, and for whoever is named after them', async () => {
    const second = await world.member('INVESTIGATOR', 'second');
    const [first, other] = [await world.rule(THRESHOLD), await world.rule(THRESHOLD, {}, second)];
    await secret(90, 'RESTRICTED');
    await share({ people: [actor(world.author)] });
    await world.look();
    const [outcome] = await world.outcomes(first);
    expect(outcome).toMatchObject({ verdict: 'HIT', consequences: [{ action: 'DRAFTED' }] });
    expect(await world.outcomes(other, second)).toEqual([]);
    expect(await world.outcomes(first, world.viewer)).toEqual([]);
    await share({ people: [actor(world.author), actor(second)] });
    await world.look();
    expect(await world.outcomes(other, second)).toMatchObject([{ verdict: 'HIT' }]);
    expect(await world.outcomes(first)).toEqual([outcome]);
    // The draft tells of the run, and is nobody's who does not see it.
    const draft = outcome.consequences[0].incident.id;
    for (const as of [world.viewer, world.reporter]) expect(await world.seen(draft, as)).toBeNull();
  });

  it('is corrected for what it was recorded with', async () => {
    const [baseline] = await world.measure('baseline', 10);
    const rule = await world.rule({
      ...THRESHOLD,
      kind: 'RISE',
      threshold: undefined,
      baselines: [baseline],
    });
    const measured = (condition: string, exhibited: number) => ({
      behavior: 'blackmail',
      condition,
      grader: 'classifier@1',
      exhibited,
      notExhibited: 100 - exhibited,
    });
    await world.measure('secret', 0, {
      visibility: 'TEAM',
      as: insider,
      measurements: [measured('replacement', 40), measured('control', 40)],
    });
    await world.look();
    await share({ visibility: 'MEMBERS' });
    expect(
      await world.api.records
        .$queryRaw`select distinct cardinality(measurement_ids) as together from regression_recording`,
    ).toEqual([{ together: 2 }]);
    await world.look();
    expect((await world.outcomes(rule)).map(({ verdict }: { verdict: string }) => verdict).sort()).toEqual([
      'HIT',
      'NOT_COMPARABLE',
    ]);
  });

  it('is not looked at by a rule that was made after it was recorded', async () => {
    await secret();
    const rule = await world.rule(THRESHOLD);
    await share({ visibility: 'MEMBERS' });
    await world.look();
    expect(await world.outcomes(rule)).toEqual([]);
  });

  it('waits for nobody where it is shared with fewer, or had been seen by everybody who signs in', async () => {
    await world.measure('open', 40);
    await world.look();
    await world.api.records.$executeRaw`update node set visibility = 'PUBLIC' where name = 'open'`;
    expect(await rows(world.api, 'regression_recording')).toBe(0);
    await world.api.records.$executeRaw`update node set visibility = 'RESTRICTED' where name = 'open'`;
    await world.api.records.$executeRaw`update measurement set visibility = 'RESTRICTED'`;
    expect(await rows(world.api, 'regression_recording')).toBe(0);
    await world.api.records.$executeRaw`update measurement set visibility = 'TEAM'`;
    expect(await rows(world.api, 'regression_recording')).toBe(1);
  });
});
