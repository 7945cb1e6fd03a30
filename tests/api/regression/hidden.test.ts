import { afterEach, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../../api/src/access/viewer.ts';
import { incident } from '../incident/world.ts';
import { BLACKMAIL, everythingSeen, THRESHOLD, type WatchedWorld, watchedWorld } from './watched-world.ts';

const worlds: WatchedWorld[] = [];
const begun = async () => {
  const world = await watchedWorld();
  worlds.push(world);
  return world;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.api.close();
});

const WHO = ['reporter', 'viewer', 'anonymous'] as const;
const viewerOf = (world: WatchedWorld, who: (typeof WHO)[number]): Viewer =>
  who === 'anonymous' ? ANONYMOUS : world[who];

/**
 * What those who are not meant to know see of two worlds in which the same happens, and of which one has what is hidden
 * from them besides.
 */
async function pair(
  happens: (world: WatchedWorld) => Promise<void>,
  hidden: (world: WatchedWorld) => Promise<void>,
  between: (world: WatchedWorld) => Promise<void>,
): Promise<void> {
  const seen: string[][] = [];
  for (const has of [false, true]) {
    const world = await begun();
    await happens(world);
    if (has) await hidden(world);
    await between(world);
    await world.look();
    seen.push(
      await Promise.all(
        WHO.map(async (who) => JSON.stringify(await everythingSeen(world, viewerOf(world, who)))),
      ),
    );
  }
  expect(seen[1]).toEqual(seen[0]);
}

describe('what is hidden from somebody moves nothing that they see', () => {
  it('a rule', async () => {
    const told: number[] = [];
    await pair(
      async (world) => void (await world.resolved('Opus blackmailed')),
      async (world) => void (await world.rule(THRESHOLD, { visibility: 'RESTRICTED' })),
      async (world) => {
        await world.measure('first', 40);
        await world.look();
        told.push(
          (await world.ask(world.author, '{ viewer { unreadNotifications } }')).viewer.unreadNotifications,
        );
      },
    );
    // It hit all the same, for who may know.
    expect(told).toEqual([0, 1]);
  });

  it('a measurement', async () => {
    let drafted = 0;
    await pair(
      async (world) => {
        await world.resolved('Opus blackmailed');
        await world.rule(THRESHOLD, {}, world.administrator);
      },
      async (world) => {
        const insider = await world.member('REPORTER', 'lab');
        await world.measure('secret', 90, { visibility: 'TEAM', as: insider });
      },
      async (world) => {
        await world.look();
        const { incidents } = await world.ask(
          world.administrator,
          '{ incidents { nodes { status visibility } } }',
        );
        drafted += incidents.nodes.filter(({ status }: { status: string }) => status === 'DRAFT').length;
      },
    );
    expect(drafted).toBe(1);
  });

  it('another model of the family that few see, which somebody says was evaluated in the same run', async () => {
    const moved: string[] = [];
    const run = 'eval-run:first';
    await pair(
      async (world) => {
        await world.resolved('Opus blackmailed');
        await world.rule(THRESHOLD);
        await world.measure('first', 5);
        await world.look();
      },
      async (world) => {
        const insider = await world.member('REPORTER', 'lab');
        const model = { model: 'opus', version: 'secret', visibility: 'TEAM' };
        await world.run(insider, 'registerModelVersion', model, '__typename');
        const edge = { kind: 'EVALUATED', downstream: run, upstream: 'model:lab/opus@secret' };
        const asserted = await world.run(insider, 'assertEdge', edge, '__typename');
        expect(asserted.__typename).toBe('AssertEdgeSuccess');
      },
      async (world) => {
        const measurement = { ...BLACKMAIL, condition: null, exhibited: 40, notExhibited: 60 };
        const recorded = await world.run(
          world.reporter,
          'recordMeasurement',
          { evalRun: run, measurement },
          '__typename',
        );
        expect(recorded.__typename).toBe('RecordMeasurementSuccess');
        await world.look();
        const { incidents } = await world.ask(world.author, '{ incidents { nodes { status } } }');
        moved.push(incidents.nodes.map(({ status }: { status: string }) => status).join());
      },
    );
    // Nor does it keep the author from what they would have got.
    expect(moved).toEqual(['INVESTIGATING', 'INVESTIGATING']);
  });

  it('a measurement that is shared with others later', async () => {
    let hit = 0;
    await pair(
      async (world) => {
        await world.resolved('Opus blackmailed');
        await world.rule(THRESHOLD);
      },
      async (world) => {
        const insider = await world.member('REPORTER', 'lab');
        const colleague = await world.member('INVESTIGATOR', 'lab');
        const rule = await world.rule(THRESHOLD, { visibility: 'TEAM' }, colleague);
        await world.measure('secret', 90, { visibility: 'RESTRICTED', as: insider });
        await world.look();
        const { lineageNode: run } = await world.ask(
          insider,
          '{ lineageNode(ref: "eval-run:lab/secret") { id } }',
        );
        await world.run(insider, 'shareWith', { target: run.id, visibility: 'TEAM' }, '__typename');
        await world.look();
        hit += (await world.outcomes(rule, colleague)).length;
      },
      async (world) => {
        await world.measure('first', 40);
        await world.look();
      },
    );
    // It hit all the same, for who may know.
    expect(hit).toBeGreaterThan(0);
  });

  it('an incident that a hit reopens: those who do not see it get the draft that they would have got', async () => {
    const reopened: string[] = [];
    await pair(
      async (world) => void (await world.rule(THRESHOLD)),
      async (world) => {
        const { incident: filed } = await world.run(
          world.author,
          'fileIncident',
          incident('Kept to one', {
            behaviors: ['blackmail'],
            modelVersions: ['model:opus@4'],
            visibility: 'RESTRICTED',
          }),
          'incident { id }',
        );
        for (const to of ['INVESTIGATING', 'RESOLVED'])
          await world.run(
            world.author,
            'changeIncidentStatus',
            { incident: filed.id, to, comment: 'So.' },
            '__typename',
          );
      },
      async (world) => {
        await world.measure('first', 40);
        await world.look();
        const { incidents } = await world.ask(world.author, '{ incidents { nodes { title status } } }');
        for (const one of incidents.nodes) if (one.title === 'Kept to one') reopened.push(one.status);
      },
    );
    expect(reopened).toEqual(['INVESTIGATING']);
  });

  it('a link of an incident with a model of the family', async () => {
    await pair(
      async (world) => {
        await world.resolved('Seen, and of no model that is', { modelVersions: [] });
        await world.rule({ ...THRESHOLD, modelFamily: 'opus*' });
      },
      async (world) => {
        const insider = await world.member('ADMINISTRATOR', 'lab');
        await world.run(
          insider,
          'registerModelVersion',
          { model: 'opus-secret', version: '1', visibility: 'TEAM' },
          'modelVersion { id }',
        );
        const { incidents } = await world.ask(insider, '{ incidents { nodes { ref } } }');
        // By hand, as linking would tell of it in the incident's own time of change.
        await world.api.records.$executeRaw`
          insert into edge (kind, downstream, upstream, visibility, team_id, actor_id)
          select 'EXHIBITED_BY', i.id, m.id, 'TEAM', m.team_id, m.actor_id from node i, node m
          where i.name = ${incidents.nodes[0].ref.replace('incident:', '')} and m.name = 'opus-secret'`;
      },
      async (world) => void (await world.measure('first', 40)),
    );
  });
});

describe('a hit', () => {
  it('reopens nothing that more people see than may know of it, and drafts what it may', async () => {
    const world = await begun();
    await publish(world);
    const id = await world.resolved('Known to all', { visibility: 'PUBLIC' });
    const before = await world.seen(id, ANONYMOUS);
    expect(before.status).toBe('RESOLVED');
    const rule = await world.rule(THRESHOLD, {
      incident: (await world.ask(world.author, `{ node(id: "${id}") { ... on Incident { ref } } }`)).node.ref,
    });
    await world.measure('first', 40);
    await world.look();
    expect(await world.seen(id, ANONYMOUS)).toEqual(before);
    const [outcome] = await world.outcomes(rule, world.viewer);
    expect(outcome.consequences).toMatchObject([{ action: 'DRAFTED' }]);
    const draft = await world.seen(outcome.consequences[0].incident.id, world.viewer);
    expect(draft.related).toEqual([{ relation: 'may be a regression of', incident: { id } }]);
    expect(await world.seen(outcome.consequences[0].incident.id, ANONYMOUS)).toBeNull();
    // Later hits are added to the draft: ten hits are not ten drafts.
    await world.measure('second', 40);
    await world.measure('third', 40);
    await world.look();
    const consequences = (await world.outcomes(rule, world.viewer)).flatMap((one) => one.consequences);
    expect(consequences.map(({ action }) => action).sort()).toEqual(['DRAFTED', 'LINKED', 'LINKED']);
    expect(new Set(consequences.map((one) => one.incident.id)).size).toBe(1);
  });

  it('of what its rule’s author may not see is none', async () => {
    const world = await begun();
    const rule = await world.rule(THRESHOLD);
    const insider = await world.member('REPORTER', 'lab');
    await world.measure('secret', 90, { visibility: 'TEAM', as: insider });
    await world.look();
    expect(await world.outcomes(rule, world.administrator)).toEqual([]);
    expect((await world.ask(world.author, '{ incidents { totalCount } }')).incidents.totalCount).toBe(0);
  });

  it('is none of a baseline whose grader its rule’s author may not see: the rule is made all the same, and sleeps', async () => {
    const world = await begun();
    const insider = await world.member('ADMINISTRATOR', 'lab');
    await world.api.records.$executeRaw`
      with judge as (
        insert into grader (namespace, name, visibility, team_id, actor_id)
        values ('lab', 'secret-judge', 'TEAM', ${insider.teamIds[0]}, ${insider.actorId}) returning *)
      insert into grader_version (grader_id, version, kind, visibility, team_id, actor_id)
      select id, '1', 'CLASSIFIER', visibility, team_id, actor_id from judge`;
    const secretly = { as: insider, measurement: { grader: 'secret-judge@1' } };
    const [judged] = await world.measure('first', 10, secretly);
    const [plain] = await world.measure('second', 10);
    const rise = (baseline: string | undefined) =>
      world.rule({ behavior: 'blackmail', modelFamily: 'opus', kind: 'RISE', baselines: [baseline] });
    const [sleeps, wakes] = [await rise(judged), await rise(plain)];
    await world.measure('third', 60);
    await world.look();
    expect(await world.outcomes(wakes)).toMatchObject([{ verdict: 'HIT' }]);
    expect(await world.outcomes(sleeps)).toEqual([]);
    expect(await world.outcomes(sleeps, insider)).toEqual([]);
  });

  it('drafts for the team alone what is the team’s, whoever else sees the rule', async () => {
    const world = await begun();
    const author = await world.member('INVESTIGATOR', 'lab');
    const colleague = await world.member('VIEWER', 'lab');
    const rule = await world.rule(THRESHOLD, {}, author);
    await world.measure('secret', 90, { visibility: 'TEAM', as: author });
    await world.look();
    const [outcome] = await world.outcomes(rule, colleague);
    expect(outcome.consequences).toMatchObject([{ action: 'DRAFTED', incident: { status: 'DRAFT' } }]);
    expect(await world.outcomes(rule, world.viewer)).toEqual([]);
  });

  it('drafts for all what all see of it, whatever was recorded with it by a judge that is hidden', async () => {
    const world = await begun();
    const author = await world.member('INVESTIGATOR', 'lab');
    await world.api.records.$executeRaw`
      with judge as (
        insert into grader (namespace, name, visibility, team_id, actor_id)
        values ('lab', 'secret-judge', 'TEAM', ${author.teamIds[0]}, ${author.actorId}) returning id)
      insert into grader_version (grader_id, version, kind, visibility, team_id, actor_id)
      select id, '1', 'MODEL', 'TEAM', ${author.teamIds[0]}, ${author.actorId} from judge`;
    const rule = await world.rule(THRESHOLD, {}, author);
    const counts = { exhibited: 40, notExhibited: 60 };
    const measurements = [BLACKMAIL, { ...BLACKMAIL, grader: 'secret-judge@1' }].map((judged) => ({
      ...judged,
      ...counts,
    }));
    await world.measure('both', 40, { as: author, measurements });
    await world.look();
    const drafted = [{ action: 'DRAFTED', incident: { status: 'DRAFT' } }];
    expect(await world.outcomes(rule, world.viewer)).toMatchObject([
      { verdict: 'HIT', consequences: drafted },
    ]);
    const all = await world.outcomes(rule, author);
    expect(all).toHaveLength(2);
    for (const one of all) expect(one.consequences).toMatchObject(drafted);
  });
});

describe('a notification', () => {
  const notified = (world: WatchedWorld, as: Viewer) =>
    world.ask(as, '{ viewer { unreadNotifications } notifications { totalCount nodes { id readAt } } }');

  it('is for nobody because of an incident that they watch and see no longer', async () => {
    const world = await begun();
    const id = await world.resolved('Opus blackmailed');
    await world.rule(THRESHOLD, {}, world.administrator);
    for (const as of [world.viewer, world.reporter]) await world.run(as, 'watch', { target: id }, 'watched');
    await world.run(world.reporter, 'shareWith', { target: id, visibility: 'RESTRICTED' }, '__typename');
    await world.measure('first', 40);
    await world.look();
    // It was reached all the same.
    expect(await world.seen(id, world.reporter)).toMatchObject({ status: 'INVESTIGATING' });
    expect((await notified(world, world.reporter)).notifications.totalCount).toBe(1);
    expect((await notified(world, world.viewer)).notifications.totalCount).toBe(0);
    // Whoever made the rule watches it.
    expect((await notified(world, world.administrator)).notifications.totalCount).toBe(1);
  });

  it('is read by whom it was told to alone, and marked as read one by one or all at once', async () => {
    const world = await begun();
    await world.rule(THRESHOLD);
    await world.measure('first', 40);
    await world.measure('second', 40);
    await world.look();
    const { notifications } = await notified(world, world.author);
    const [first] = notifications.nodes;
    // Somebody else's is passed over.
    const marked = (as: Viewer, input: object) =>
      world.run(as, 'markNotificationsRead', input, 'marked unread');
    expect(await marked(world.viewer, { notifications: [first.id] })).toMatchObject({ marked: 0, unread: 0 });
    expect((await world.ask(world.viewer, `{ node(id: "${first.id}") { id } }`)).node).toBeNull();
    expect(await marked(world.author, { notifications: [first.id] })).toMatchObject({ marked: 1, unread: 1 });
    expect(await marked(world.author, {})).toMatchObject({ marked: 1, unread: 0 });
    expect(await marked(world.author, {})).toMatchObject({ marked: 0, unread: 0 });
    const unread = await world.ask(world.author, '{ notifications(unread: true) { totalCount } }');
    expect(unread.notifications.totalCount).toBe(0);
    const { errors } = await world.api.anonymous('{ notifications { totalCount } }');
    expect(errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  });

  it('is gone for whoever may no longer see what hit, from the list and from the count', async () => {
    const world = await begun();
    const behavior = (await world.ask(world.viewer, '{ behavior(name: "blackmail") { id watched } }'))
      .behavior;
    expect(behavior.watched).toBe(false);
    await world.run(world.viewer, 'watch', { target: behavior.id }, 'watched');
    await world.rule(THRESHOLD);
    await world.measure('first', 40);
    await world.look();
    expect((await notified(world, world.viewer)).viewer.unreadNotifications).toBe(1);
    const { lineageNode: run } = await world.ask(
      world.reporter,
      '{ lineageNode(ref: "eval-run:first") { id } }',
    );
    await world.run(world.reporter, 'shareWith', { target: run.id, visibility: 'RESTRICTED' }, '__typename');
    expect(await notified(world, world.viewer)).toEqual({
      viewer: { unreadNotifications: 0 },
      notifications: { totalCount: 0, nodes: [] },
    });
  });

  it('is for what one watches now: of what one left there is none, and of what one may not see none can be watched', async () => {
    const world = await begun();
    const rule = await world.rule(THRESHOLD, { visibility: 'RESTRICTED' });
    expect(await world.run(world.viewer, 'watch', { target: rule }, 'watched')).toMatchObject({
      __typename: 'NotFoundError',
      path: ['target'],
    });
    const watches = (as: Viewer) =>
      world.ask(as, '{ watches { rule { id watched } behavior { id } incident { id } } }');
    expect((await watches(world.author)).watches).toEqual([
      { rule: { id: rule, watched: true }, behavior: null, incident: null },
    ]);
    await world.run(world.author, 'unwatch', { target: rule }, 'watched');
    await world.measure('first', 40);
    await world.look();
    expect((await watches(world.author)).watches).toEqual([]);
    expect((await notified(world, world.author)).viewer.unreadNotifications).toBe(0);
  });
});

/** Opens to all what an incident that all see rests on. */
async function publish(world: WatchedWorld): Promise<void> {
  await world.api.records.$executeRaw`update model set visibility = 'PUBLIC'`;
  await world.api.records.$executeRaw`update node set visibility = 'PUBLIC'`;
  await world.api.records.$executeRaw`update behavior set visibility = 'PUBLIC'`;
}
