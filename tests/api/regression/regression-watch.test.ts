import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFile } from '../../../api/src/interchange/import-file.ts';
import { RegressionWatch } from '../../../api/src/regression/regression-watch.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { rows } from '../incident/world.ts';
import { logOf } from '../interchange/inspect-fixture.ts';
import { BLACKMAIL, THRESHOLD, type WatchedWorld, watchedWorld } from './watched-world.ts';

let world: WatchedWorld;
beforeEach(async () => {
  world = await watchedWorld();
});
afterEach(() => world.api.close());

describe('a hit', () => {
  it('of an imported log reopens the incident, with the run as its evidence, and tells who watches', async () => {
    const id = await world.resolved('Opus blackmailed');
    const startedAt = new Date(Date.now() + 1_000);
    const log = logOf({ model: 'opus', verdicts: Array(30).fill(1), startedAt });
    const rule = await world.rule(THRESHOLD);
    await world.run(world.viewer, 'watch', { target: id }, 'watched');
    const folder = await mkdtemp(join(tmpdir(), 'headwater-regression-'));
    try {
      const path = join(folder, 'log.json');
      await writeFile(path, JSON.stringify(log));
      await importFile(requestContext(world.api.services, world.reporter), { path, name: 'log.json' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    await world.look();
    const [outcome] = await world.outcomes(rule);
    expect(outcome).toMatchObject({
      verdict: 'HIT',
      consequences: [{ action: 'REOPENED', incident: { id } }],
    });
    expect(outcome.lowerBound).toBeGreaterThan(0.8);
    const seen = await world.seen(id);
    expect(seen.status).toBe('INVESTIGATING');
    expect(seen.evalRuns).toHaveLength(1);
    expect(seen.regressions).toEqual([
      { verdict: 'HIT', rule: { title: 'Blackmail is back' }, consequences: [{ action: 'REOPENED' }] },
    ]);
    expect(seen.timeline.nodes.at(-1).summary).toContain('Regressed');
    for (const told of [world.viewer, world.author])
      expect(await notified(told)).toMatchObject({
        viewer: { unreadNotifications: 1 },
        notifications: { nodes: [{ readAt: null, outcome: { consequences: [{ incident: { id } }] } }] },
      });
    expect(await notified(world.other)).toMatchObject({ viewer: { unreadNotifications: 0 } });
  });

  it('drafts an incident where there is none, and later hits are added to it', async () => {
    const rule = await world.rule(THRESHOLD);
    await world.measure('first', 40);
    await world.look();
    const [outcome] = await world.outcomes(rule);
    const [{ action, incident }] = outcome.consequences;
    expect([action, incident.status, incident.key]).toEqual(['DRAFTED', 'DRAFT', null]);
    const draft = await world.seen(incident.id);
    expect(draft.title).toBe('Blackmail in opus: Blackmail is back');
    expect(draft.evalRuns).toEqual([{ label: 'first' }]);
    await world.measure('second', 41);
    await world.look();
    const [later] = await world.outcomes(rule);
    expect(later.consequences).toMatchObject([{ action: 'LINKED', incident: { id: incident.id } }]);
    expect((await world.seen(incident.id)).evalRuns).toHaveLength(2);
  });

  it('of what a person adds to a run later is one, too, and of another behaviour or family none', async () => {
    const rule = await world.rule(THRESHOLD);
    await world.measure('first', 1);
    await world.measure('other-model', 99, { model: 'sonnet' });
    await world.measure('other-behavior', 99, { measurement: { behavior: 'sabotage' } });
    const added = { ...BLACKMAIL, condition: 'control', exhibited: 50, notExhibited: 50 };
    await world.run(
      world.reporter,
      'recordMeasurement',
      { evalRun: 'eval-run:first', measurement: added },
      '__typename',
    );
    await world.look();
    expect((await world.outcomes(rule)).map((one: { verdict: string }) => one.verdict)).toEqual([
      'HIT',
      'NO_HIT',
    ]);
  });

  it('is for the condition that the rule names alone, and for all models whose names begin as it says', async () => {
    const narrow = await world.rule({ ...THRESHOLD, condition: 'control' });
    const wide = await world.rule({ ...THRESHOLD, modelFamily: 'so*' });
    await world.measure('replaced', 50);
    await world.measure('sonnet', 50, { model: 'sonnet' });
    await world.look();
    expect(await world.outcomes(narrow)).toEqual([]);
    expect(await world.outcomes(wide)).toMatchObject([{ measurement: { evalRun: { label: 'sonnet' } } }]);
  });

  it('is none of what was recorded before the rule was made, or after it was retired', async () => {
    await world.measure('before', 90);
    const rule = await world.rule(THRESHOLD);
    await world.look();
    const retired = await world.run(
      world.author,
      'retireRegressionRule',
      { regressionRule: rule, reason: 'It asked for too little.' },
      'regressionRule { retiredAt retirementReason canRetire { allowed } }',
    );
    expect(retired.regressionRule).toMatchObject({ canRetire: { allowed: false } });
    await world.measure('after', 90);
    await world.look();
    expect(await world.outcomes(rule)).toEqual([]);
    expect(await rows(world.api, 'regression_recording')).toBe(0);
  });
});

describe('a rise', () => {
  it('is a hit where it is significant, none where it is not, and says with what it was compared', async () => {
    const [baseline] = await world.measure('baseline', 10);
    const rule = await world.rule({
      ...THRESHOLD,
      kind: 'RISE',
      threshold: undefined,
      baselines: [baseline],
    });
    await world.measure('alike', 12);
    await world.measure('risen', 40);
    await world.measure('fallen', 0);
    await world.look();
    const outcomes = await world.outcomes(rule);
    expect(outcomes.map((one: { verdict: string }) => one.verdict)).toEqual(['NO_HIT', 'HIT', 'NO_HIT']);
    expect(outcomes[1]).toMatchObject({
      baseline: { id: baseline },
      difference: expect.closeTo(0.3, 12),
      testedTogether: 1,
    });
    expect(outcomes[1].correctedPValue).toBe(outcomes[1].pValue);
  });

  it('is none where it cannot be compared, and says what differs', async () => {
    await world.measure('baseline', 1);
    const rule = await world.rule({
      ...THRESHOLD,
      kind: 'RISE',
      threshold: undefined,
      baselineModelVersion: 'model:opus@4',
    });
    await world.measure('other-grader', 90, { measurement: { grader: 'classifier@2' } });
    await world.measure('bare', 0, {
      measurements: [{ ...BLACKMAIL, rate: 0.9 }],
    });
    await world.look();
    const [bare, judged] = await world.outcomes(rule);
    expect(judged).toMatchObject({ verdict: 'NOT_COMPARABLE', difference: null, consequences: [] });
    expect(judged.reasons).toEqual(['grader version: classifier 1 against classifier 2']);
    expect(bare).toMatchObject({ verdict: 'CANNOT_BE_TESTED' });
    expect(bare.reasons[0]).toContain('spread');
    expect(await rows(world.api, 'incident')).toBe(0);
  });

  it('is corrected for all that one run measured, so that one of many by chance is none', async () => {
    const both = (exhibited: number, other: number) => [
      { ...BLACKMAIL, exhibited, notExhibited: 100 - exhibited },
      { ...BLACKMAIL, condition: 'control', exhibited: other, notExhibited: 100 - other },
    ];
    const baselines = await world.measure('baseline', 0, { measurements: both(10, 10) });
    const definition = { ...THRESHOLD, kind: 'RISE', threshold: undefined, baselines };
    const rule = await world.rule(definition);
    await world.measure('one', 21, { measurement: {} });
    await world.measure('two', 0, { measurements: both(21, 10) });
    await world.look();
    const outcomes = await world.outcomes(rule);
    const of = (label: string) =>
      outcomes.filter(
        (one: { measurement: { evalRun: { label: string } } }) => one.measurement.evalRun.label === label,
      );
    const [alone] = of('one');
    expect(alone).toMatchObject({ verdict: 'HIT', testedTogether: 1 });
    const among = of('two').find((one: { difference: number }) => one.difference > 0.05);
    expect(among).toMatchObject({ verdict: 'NO_HIT', testedTogether: 2, pValue: alone.pValue });
    expect(among.correctedPValue).toBeCloseTo(2 * alone.pValue, 12);
  });
});

describe('whatever stops in between', () => {
  it('what was recorded waits in the database, and a rule says what it says once', async () => {
    const id = await world.resolved('Opus blackmailed');
    const rule = await world.rule(THRESHOLD);
    await world.measure('first', 40);
    const [waiting] = await world.api.records.$queryRaw<
      { eval_run_id: bigint; measurement_ids: bigint[] }[]
    >`select eval_run_id, measurement_ids from regression_recording`;
    // Another server begins, and looks at what the first one left.
    await new RegressionWatch(world.api.services).drain();
    // One that stopped between what the rule did and the mark that it was done leaves the entry.
    await world.api.records.$executeRaw`
      insert into regression_recording (eval_run_id, measurement_ids) values (${waiting!.eval_run_id}, ${waiting!.measurement_ids})`;
    await Promise.all([world.look(), new RegressionWatch(world.api.services).drain()]);
    expect(await world.outcomes(rule)).toHaveLength(1);
    expect(await rows(world.api, 'regression_consequence')).toBe(1);
    expect(await rows(world.api, 'regression_recording')).toBe(0);
    const { timeline, status } = await world.seen(id);
    expect(status).toBe('INVESTIGATING');
    expect(
      timeline.nodes.filter((one: { summary: string }) => one.summary.includes('Regressed')),
    ).toHaveLength(1);
    expect((await notified(world.author)).notifications.totalCount).toBe(1);
  });

  it('nothing is half done: where the incident cannot be reopened, nothing is said and it is tried again', async () => {
    const id = await world.resolved('Opus blackmailed');
    const rule = await world.rule(THRESHOLD);
    await world.measure('first', 40);
    await world.api.records.$executeRawUnsafe(
      `create function refuse_all() returns trigger language plpgsql as $$ begin raise exception 'full'; end $$`,
    );
    await world.api.records.$executeRawUnsafe(
      'create trigger z_full before update on incident for each row execute function refuse_all()',
    );
    await world.look();
    expect(await world.outcomes(rule)).toEqual([]);
    expect(await rows(world.api, 'notification')).toBe(0);
    await world.api.records.$executeRawUnsafe('drop trigger z_full on incident');
    await world.api.records.$executeRaw`update regression_recording set next_try_at = now()`;
    await world.look();
    expect(await world.outcomes(rule)).toMatchObject([{ verdict: 'HIT' }]);
    expect((await world.seen(id)).status).toBe('INVESTIGATING');
  });

  it('a rule that cannot look keeps no other from looking', async () => {
    const broken = await world.rule(THRESHOLD, { title: 'Broken' });
    const sound = await world.rule(THRESHOLD, { title: 'Sound' });
    await world.api.records.$executeRaw`
      create function broken() returns trigger language plpgsql as $$ begin
        if (select title from regression_rule where id = new.regression_rule_id) = 'Broken' then
          raise exception 'broken';
        end if;
        return new;
      end $$`;
    await world.api.records.$executeRaw`
      create trigger broken before insert on regression_outcome for each row execute function broken()`;
    await world.measure('first', 40);
    await world.look();
    expect(await world.outcomes(broken)).toEqual([]);
    expect(await world.outcomes(sound)).toMatchObject([{ verdict: 'HIT' }]);
    await world.api.records.$executeRaw`drop trigger broken on regression_outcome`;
    await world.api.records.$executeRaw`update regression_recording set next_try_at = now()`;
    await world.look();
    expect(await world.outcomes(broken)).toMatchObject([{ verdict: 'HIT' }]);
    expect(await world.outcomes(sound)).toHaveLength(1);
  });

  it('a rule sleeps while whoever made it may not make one', async () => {
    const rule = await world.rule(THRESHOLD);
    const { actorId } = world.author as { actorId: bigint };
    await world.api.records.$executeRaw`update actor set role = 'VIEWER' where id = ${actorId}`;
    await world.measure('first', 40);
    await world.look();
    expect(await world.outcomes(rule)).toEqual([]);
    expect(await rows(world.api, 'incident')).toBe(0);
  });
});

describe('a rule', () => {
  it('is made by investigators and administrators alone', async () => {
    const input = { title: 'Mine', definition: THRESHOLD };
    for (const as of [world.reporter, world.viewer]) {
      const { errors } = await world.api.as(as)(
        'mutation ($input: CreateRegressionRuleInput!) { createRegressionRule(input: $input) { __typename } }',
        { input },
      );
      expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
    expect(await world.rule(THRESHOLD, {}, world.administrator)).toBeTruthy();
  });

  it('is refused with the place where it makes no sense', async () => {
    const refused = async (definition: object, more: object = {}) =>
      world.run(world.author, 'createRegressionRule', { title: 'Mine', definition, ...more }, '__typename');
    expect(await refused({ ...THRESHOLD, threshold: 2 })).toMatchObject({
      __typename: 'InputError',
      path: ['definition', 'threshold'],
    });
    expect(await refused({ ...THRESHOLD, behavior: 'nothing' })).toMatchObject({
      __typename: 'NotFoundError',
      path: ['definition', 'behavior'],
    });
    const [other] = await world.measure('other', 1, { measurement: { behavior: 'sabotage' } });
    expect(await refused({ ...THRESHOLD, kind: 'RISE', threshold: null, baselines: [other] })).toMatchObject({
      __typename: 'ConflictError',
      path: ['definition', 'baselines', '0'],
    });
    expect(await refused(THRESHOLD, { incident: 'incident:MBI-2025-9999' })).toMatchObject({
      __typename: 'NotFoundError',
      path: ['incident'],
    });
  });

  it('shows before it is made what it would have said, and writes nothing', async () => {
    const [baseline] = await world.measure('baseline', 10);
    const [risen] = await world.measure('risen', 40);
    const preview = async (definition: object) => {
      const data = await world.ask(
        world.author,
        `query ($definition: RegressionRuleDefinitionInput!) { regressionPreview(definition: $definition) {
          outcomes { verdict reasons measurement { id } } } }`,
        { definition },
      );
      return data.regressionPreview.outcomes;
    };
    const { threshold: _no, ...rise } = { ...THRESHOLD, kind: 'RISE', baselines: [baseline] };
    expect(await preview(rise)).toEqual([{ verdict: 'HIT', reasons: [], measurement: { id: risen } }]);
    expect(await preview(THRESHOLD)).toMatchObject([{ verdict: 'HIT' }, { verdict: 'NO_HIT' }]);
    expect(await rows(world.api, 'regression_rule')).toBe(0);
    expect(await rows(world.api, 'regression_outcome')).toBe(0);
  });
});

async function notified(as: Parameters<WatchedWorld['ask']>[0]) {
  return world.ask(
    as,
    '{ viewer { unreadNotifications } notifications { totalCount nodes { id readAt outcome { consequences { incident { id } } } } } }',
  );
}
