import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../api/src/access/viewer.ts';
import { mutate, rows } from '../incident/world.ts';
import { BLACKMAIL, THRESHOLD, type WatchedWorld, watchedWorld } from './watched-world.ts';

let world: WatchedWorld;
beforeEach(async () => {
  world = await watchedWorld();
});
afterEach(() => world.api.close());

const LONG_AGO = '2020-01-01T00:00:00.000Z';

const lookBack = (rule: string, since = LONG_AGO, as: Viewer = world.author) =>
  world.run(
    as,
    'lookBackRegressionRule',
    { regressionRule: rule, since },
    'measurements regressionRule { id }',
  );

const preview = async (rule: string, since = LONG_AGO, as: Viewer = world.author) =>
  (
    await world.ask(
      as,
      `query ($rule: ID!, $since: DateTime!) { regressionLookBack(regressionRule: $rule, since: $since) {
        matching outcomes { verdict correctedPValue testedTogether measurement { id } } } }`,
      { rule, since },
    )
  ).regressionLookBack;

const verdicts = async (rule: string, as: Viewer = world.author) =>
  (await world.outcomes(rule, as)).map(
    (one: { verdict: string; measurement: { evalRun: { label: string } } }) =>
      `${one.measurement.evalRun.label} ${one.verdict}`,
  );

const unread = async (as: Viewer) =>
  (await world.ask(as, '{ viewer { unreadNotifications } }')).viewer.unreadNotifications;

const rise = (baselines: readonly string[]) => ({
  ...THRESHOLD,
  kind: 'RISE',
  threshold: undefined,
  baselines,
});

describe('a rule that looks back', () => {
  it('says of what was recorded before it what it would have said, links its incident, and reopens nothing', async () => {
    const id = await world.resolved('Opus blackmailed');
    await world.measure('low', 1);
    await world.measure('high', 40);
    const rule = await world.rule(THRESHOLD, { incident: await refOf(id) });
    await world.run(world.viewer, 'watch', { target: id }, 'watched');
    await world.look();
    expect(await verdicts(rule)).toEqual([]);
    expect(await lookBack(rule)).toMatchObject({
      __typename: 'LookBackRegressionRuleSuccess',
      measurements: 2,
      regressionRule: { id: rule },
    });
    await world.look();
    expect((await verdicts(rule)).sort()).toEqual(['high HIT', 'low NO_HIT']);
    const hit = (await world.outcomes(rule)).find((one: { verdict: string }) => one.verdict === 'HIT');
    expect(hit.consequences).toMatchObject([{ action: 'LINKED', incident: { id } }]);
    expect(await world.seen(id)).toMatchObject({ status: 'RESOLVED', evalRuns: [{ label: 'high' }] });
    expect([await unread(world.viewer), await unread(world.author), await unread(world.other)]).toEqual([
      1, 1, 0,
    ]);
    expect(await rows(world.api, 'incident')).toBe(1);
    expect(await rows(world.api, 'regression_recording')).toBe(0);
  });

  it('drafts and touches nothing where it names no incident, and tells who watches', async () => {
    const id = await world.resolved('Opus blackmailed');
    await world.measure('high', 40);
    const rule = await world.rule(THRESHOLD);
    await lookBack(rule);
    await world.look();
    expect(await world.outcomes(rule)).toMatchObject([{ verdict: 'HIT', consequences: [] }]);
    expect(await world.seen(id)).toMatchObject({ status: 'RESOLVED', evalRuns: [] });
    expect(await rows(world.api, 'incident')).toBe(1);
    expect(await unread(world.author)).toBe(1);
  });

  it('says nothing twice, and from further back what was not said yet', async () => {
    await world.measure('oldest', 40);
    const between = new Date(await recordedAt('oldest')).getTime() + 1;
    await world.measure('newer', 41);
    const rule = await world.rule(THRESHOLD);
    expect(await lookBack(rule, new Date(between).toISOString())).toMatchObject({ measurements: 1 });
    await world.look();
    const [first, ...others] = await world.outcomes(rule);
    expect([first.measurement.evalRun.label, others]).toEqual(['newer', []]);
    for (let again = 0; again < 2; again += 1) {
      expect(await lookBack(rule)).toMatchObject({ measurements: 2 });
      await world.look();
      expect((await verdicts(rule)).sort()).toEqual(['newer HIT', 'oldest HIT']);
      expect((await world.outcomes(rule)).at(-1)).toEqual(first);
      expect(await unread(world.author)).toBe(2);
    }
  });

  it('corrects p over all that it looks back at, and tells beforehand what it finds', async () => {
    const [baseline] = await world.measure('baseline', 10);
    for (const name of ['one', 'two', 'three']) await world.measure(name, 21);
    const rule = await world.rule(rise([baseline!]));
    const before = await preview(rule);
    expect(before.matching).toBe(3);
    await lookBack(rule);
    await world.look();
    const outcomes = await world.outcomes(rule);
    expect(outcomes).toHaveLength(3);
    for (const one of outcomes) {
      expect(one).toMatchObject({ verdict: 'NO_HIT', testedTogether: 3 });
      expect(one.pValue).toBeLessThan(0.05);
      expect(one.correctedPValue).toBeCloseTo(3 * one.pValue, 12);
    }
    expect(before.outcomes.map((one: { correctedPValue: number }) => one.correctedPValue)).toEqual(
      outcomes.map((one: { correctedPValue: number }) => one.correctedPValue),
    );
  });

  it('leaves to the watch what is recorded since it was made: that still reopens', async () => {
    const id = await world.resolved('Opus blackmailed');
    await world.measure('before', 40);
    const rule = await world.rule(THRESHOLD, { incident: await refOf(id) });
    await world.measure('after', 41);
    expect(await lookBack(rule)).toMatchObject({ measurements: 1 });
    await world.look();
    const told = await world.ask(
      world.author,
      `query ($id: ID!) { regressionRule(id: $id) { outcomes { nodes { lookedBack measurement { evalRun { label } }
        consequences { action } } } } }`,
      { id: rule },
    );
    const { nodes } = told.regressionRule.outcomes;
    const of = (label: string) =>
      nodes.find(
        (one: { measurement: { evalRun: { label: string } } }) => one.measurement.evalRun.label === label,
      );
    expect(of('after')).toMatchObject({ lookedBack: false, consequences: [{ action: 'REOPENED' }] });
    expect(of('before')).toMatchObject({ lookedBack: true, consequences: [{ action: 'LINKED' }] });
  });
});

describe('what is hidden from one of two', () => {
  it('is not asked about by who does not see it, nor said where the author does not', async () => {
    const insider = await world.member('REPORTER', 'lab');
    await world.measure('secret', 90, { visibility: 'TEAM', as: insider });
    const rule = await world.rule(THRESHOLD);
    // An administrator sees the run, the rule's author doesn't.
    expect(await preview(rule, LONG_AGO, world.administrator)).toMatchObject({ matching: 1 });
    expect(await preview(rule)).toMatchObject({ matching: 0, outcomes: [] });
    expect(await lookBack(rule)).toMatchObject({ __typename: 'InputError', path: ['since'] });
    expect(await lookBack(rule, LONG_AGO, world.administrator)).toMatchObject({ measurements: 1 });
    await world.look();
    expect(await world.outcomes(rule, world.administrator)).toEqual([]);
  });

  it('is not looked at by an author who sees it, where whoever asks does not', async () => {
    const both = await world.member('INVESTIGATOR', 'lab');
    const colleague = await world.member('INVESTIGATOR', 'lab');
    await world.measure('own', 90, { visibility: 'RESTRICTED', as: both });
    await world.measure('team', 91, { visibility: 'TEAM', as: both });
    const rule = await world.rule(THRESHOLD, {}, both);
    expect(await lookBack(rule, LONG_AGO, colleague)).toMatchObject({ measurements: 1 });
    await world.look();
    expect(await verdicts(rule, both)).toEqual(['lab/team HIT']);
    expect(await verdicts(rule, colleague)).toEqual(['lab/team HIT']);
    expect(await verdicts(rule, world.author)).toEqual([]);
    expect(await lookBack(rule, LONG_AGO, both)).toMatchObject({ measurements: 2 });
    await world.look();
    expect((await verdicts(rule, both)).sort()).toEqual(['lab/own HIT', 'lab/team HIT']);
    expect(await verdicts(rule, colleague)).toEqual(['lab/team HIT']);
  });

  it('is not told by the number: who does not see a judge finds a measurement as if it had none', async () => {
    const insider = await world.member('REPORTER', 'lab');
    await world.api.records.$executeRaw`
      with judge as (
        insert into grader (namespace, name, visibility, team_id, actor_id)
        values ('lab', 'secret-judge', 'TEAM', ${insider.teamIds[0]}, ${insider.actorId}) returning id)
      insert into grader_version (grader_id, version, kind, visibility, team_id, actor_id)
      select id, '1', 'MODEL', 'TEAM', ${insider.teamIds[0]}, ${insider.actorId} from judge`;
    await world.measure('judged', 90, { as: insider, measurement: { grader: 'secret-judge@1' } });
    await world.measure('unjudged', 90, { measurement: { grader: undefined } });
    const rule = await world.rule(THRESHOLD);
    expect(await preview(rule)).toMatchObject({
      matching: 2,
      outcomes: [{ verdict: 'HIT' }, { verdict: 'HIT' }],
    });
    expect(await lookBack(rule)).toMatchObject({ measurements: 2 });
    await world.look();
    // The rule says nothing of what its author does not see whole.
    expect(await verdicts(rule)).toEqual(['unjudged HIT']);
  });

  it('is not told by what p is corrected for: of what more see, as if nothing else had been tested', async () => {
    const insider = await world.member('INVESTIGATOR', 'lab');
    const [baseline] = await world.measure('baseline', 10);
    await world.measure('shown', 21);
    for (const name of ['one', 'two']) await world.measure(name, 21, { visibility: 'TEAM', as: insider });
    const rule = await world.rule(rise([baseline!]), {}, insider);
    expect(await lookBack(rule, LONG_AGO, insider)).toMatchObject({ measurements: 3 });
    await world.look();
    const [shown, ...others] = await world.outcomes(rule, world.viewer);
    expect(others).toEqual([]);
    expect(shown).toMatchObject({ verdict: 'HIT', testedTogether: 1, correctedPValue: shown.pValue });
    const all = await world.outcomes(rule, insider);
    // Whoever sees the team's sees what all see: of theirs all three were tested.
    expect(
      all
        .map(
          (one: { testedTogether: number; verdict: string; measurement: { evalRun: { label: string } } }) => [
            one.measurement.evalRun.label,
            one.testedTogether,
            one.verdict,
          ],
        )
        .sort(),
    ).toEqual([
      ['lab/one', 3, 'NO_HIT'],
      ['lab/two', 3, 'NO_HIT'],
      ['shown', 1, 'HIT'],
    ]);
  });

  it('is not told by an incident that others see', async () => {
    const insider = await world.member('REPORTER', 'lab');
    const both = await world.member('INVESTIGATOR', 'lab');
    const id = await world.resolved('Opus blackmailed');
    await world.measure('secret', 90, { visibility: 'TEAM', as: insider });
    const rule = await world.rule(THRESHOLD, { incident: await refOf(id) }, both);
    const before = await world.seen(id, world.viewer);
    await lookBack(rule, LONG_AGO, both);
    await world.look();
    expect(await world.outcomes(rule, both)).toMatchObject([{ verdict: 'HIT', consequences: [] }]);
    expect(await world.seen(id, both)).toMatchObject({ status: 'RESOLVED', evalRuns: [] });
    expect(await world.seen(id, world.viewer)).toEqual(before);
  });
});

describe('looking back is refused', () => {
  it('to whoever may not retire the rule', async () => {
    await world.measure('high', 40);
    const rule = await world.rule(THRESHOLD);
    const stranger = await world.member('INVESTIGATOR', 'lab');
    const elsewhere = { ...stranger, teamIds: stranger.teamIds.slice(0, 1) } as Viewer;
    await world.api.records.$executeRaw`
      delete from membership where actor_id = ${stranger.actorId} and team_id <> ${stranger.teamIds[0]}`;
    for (const as of [world.reporter, world.viewer, elsewhere]) {
      const input = { regressionRule: rule, since: LONG_AGO };
      const { errors } = await mutate(world.api, as, 'lookBackRegressionRule', input, 'measurements');
      expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
    expect(await rows(world.api, 'regression_recording')).toBe(1);
  });

  it('where it cannot be meant, with the place', async () => {
    const rule = await world.rule(THRESHOLD);
    expect(await lookBack(rule)).toMatchObject({ __typename: 'InputError', path: ['since'] });
    expect(await lookBack(rule, '2100-01-01T00:00:00.000Z')).toMatchObject({
      __typename: 'InputError',
      message: 'It looked at everything since it was made.',
    });
    const missing = world.api.services.ids.encode('RegressionRule', 999n);
    expect(await lookBack(missing)).toMatchObject({ __typename: 'NotFoundError', path: ['regressionRule'] });
    await world.run(
      world.author,
      'retireRegressionRule',
      { regressionRule: rule, reason: 'Enough.' },
      '__typename',
    );
    expect(await lookBack(rule)).toMatchObject({ __typename: 'ConflictError', path: ['regressionRule'] });
  });

  it('while it looks back already for whoever asks, and not because another asked', async () => {
    await world.measure('high', 40);
    const rule = await world.rule(THRESHOLD);
    await lookBack(rule);
    expect(await lookBack(rule)).toMatchObject({
      __typename: 'ConflictError',
      message: 'It is looking back for you already.',
    });
    expect(await lookBack(rule, LONG_AGO, world.administrator)).toMatchObject({ measurements: 1 });
    await world.look();
    expect(await verdicts(rule)).toEqual(['high HIT']);
    expect(await lookBack(rule)).toMatchObject({ __typename: 'LookBackRegressionRuleSuccess' });
  });

  it('where there are too many measurements, and says how many may be: fewer where each is compared with many', async () => {
    const measurements = (count: number) =>
      Array.from({ length: count }, () => ({ ...BLACKMAIL, exhibited: 1, notExhibited: 99 }));
    const baselines = await world.measure('baselines', 0, { measurements: measurements(20) });
    await world.measure('many', 0, { measurements: measurements(51) });
    const rising = await world.rule(rise(baselines));
    const refused = await lookBack(rising);
    expect(refused).toMatchObject({ __typename: 'InputError', path: ['since'] });
    expect([refused.message, refused.expected].join()).toMatch(/^51 measurements .* at most 50$/);
    const reaching = await world.rule(THRESHOLD);
    expect(await lookBack(reaching)).toMatchObject({ measurements: 71 });
  });
});

describe('a preview', () => {
  it('says how many it is about in all, baselines left out', async () => {
    const baselines = await world.measure('baseline', 10);
    const many = Array.from({ length: 52 }, () => ({ ...BLACKMAIL, exhibited: 60, notExhibited: 40 }));
    await world.measure('many', 0, { measurements: many });
    const { regressionPreview } = await world.ask(
      world.author,
      `query ($definition: RegressionRuleDefinitionInput!) { regressionPreview(definition: $definition) {
        matching outcomes { verdict } } }`,
      { definition: { ...rise(baselines), threshold: undefined } },
    );
    expect(regressionPreview.matching).toBe(52);
    expect(regressionPreview.outcomes).toHaveLength(50);
  });
});

const refOf = async (id: string): Promise<string> =>
  `incident:${(await world.ask(world.author, 'query ($id: ID!) { node(id: $id) { ... on Incident { key } } }', { id })).node.key}`;

const recordedAt = async (run: string): Promise<string> => {
  const { lineageNode } = await world.ask(
    world.author,
    `{ lineageNode(ref: "eval-run:${run}") { ... on EvalRun { measurements { recordedAt } } } }`,
  );
  return lineageNode.measurements[0].recordedAt;
};
