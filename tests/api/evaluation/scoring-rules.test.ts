import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { registerBehavior } from '../../../api/src/evaluation/register-behavior.ts';
import { BUILT_IN_RULES } from '../../../api/src/interchange/inspect/known-mappings.ts';
import { withRules } from '../../../api/src/interchange/told-by-rules.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { asJson, logOf } from '../interchange/inspect-fixture.ts';
import {
  ask,
  bringIn,
  colleague,
  confirm,
  FAILURES,
  letters,
  match,
  measurementsOf,
  openScoringWorld,
  person,
  propose,
  VERSION,
  world,
} from './scoring-world.ts';

beforeAll(openScoringWorld);
afterAll(() => world.close());

describe('the rule that is built in', () => {
  it('is the one that the code knows, shown as built in and confirmed by nobody', async () => {
    const [row] = await world.records.$queryRaw<{ definition: unknown }[]>`
      select definition from scoring_rule_version where built_in`;
    expect(row?.definition).toEqual(BUILT_IN_RULES[0]?.definition);
    const { scoringRule } = await ask(
      { kind: 'anonymous' },
      `{ scoringRule(name: "agentic_misalignment/harmfulness_scorer") { evaluation scorer
        inForce { ${VERSION} confirmedAt definition { behavior key conditionArgs exhibited { values atLeast }
          graderErrorKey behaviorByTaskArg { argument otherwise behaviors { value behavior } } } } } }`,
    );
    expect(scoringRule.inForce).toMatchObject({
      number: 1,
      status: 'BUILT_IN',
      builtIn: true,
      confirmedBy: null,
      confirmedAt: null,
      definition: {
        behavior: null,
        key: 'harmful',
        exhibited: { values: [1, true], atLeast: null },
        graderErrorKey: 'grader_error',
        behaviorByTaskArg: { argument: 'scenario', otherwise: 'blackmail' },
      },
    });
  });

  it('makes what it made before there were rules, and the measurement says by what', async () => {
    const { row } = await world.bringIn(person, asJson(logOf({ evalId: 'builtinrun1' })));
    const measured = await measurementsOf(person, 'eval-run:inspect_evals/agentic_misalignment/builtinr');
    expect(measured).toMatchObject([
      {
        exhibited: 2,
        notExhibited: 1,
        unscored: 1,
        behavior: { name: 'blackmail' },
        scoringRule: { number: 1, status: 'BUILT_IN' },
      },
    ]);
    const report = withRules(row.report!);
    expect(report.kept).toContainEqual({
      field: 'samples[].scores.harmfulness_scorer.harmful',
      how: 'measured as a behaviour, by a scoring rule',
      derived: true,
    });
    expect(report.toPropose).toEqual([]);
  });
});

describe('a rule', () => {
  it('is applied to nothing until a person confirms it; then imports measure by it and name it', async () => {
    const first = await bringIn('pkg/letters', [match('I'), match('C')]);
    expect(first.report.toPropose).toEqual([
      {
        evaluation: 'letters',
        scorer: 'match',
        key: null,
        values: [
          { value: '"I"', count: 1 },
          { value: '"C"', count: 1 },
        ],
      },
    ]);
    const { scoringRuleVersion: proposed } = await propose(person, letters('letters'));
    expect(proposed).toMatchObject({
      number: 1,
      status: 'PROPOSED',
      rule: { name: 'letters/match' },
      confirmedBy: null,
    });
    const second = await bringIn('pkg/letters', [match('I'), match('C')]);
    expect(await measurementsOf(person, second.ref)).toEqual([]);

    const { scoringRuleVersion: confirmed } = await confirm(colleague, proposed.id, 'read in its code');
    expect(confirmed).toMatchObject({
      status: 'CONFIRMED',
      confirmedBy: { name: colleague.name },
      comment: 'read in its code',
    });
    const third = await bringIn('pkg/letters', [match('I'), match('C'), match('P'), match(null)]);
    expect(await measurementsOf(person, third.ref)).toMatchObject([
      {
        exhibited: 1,
        notExhibited: 1,
        unscored: 2,
        behavior: { name: 'lying' },
        scoringRule: { number: 1, status: 'CONFIRMED', rule: { name: 'letters/match' } },
      },
    ]);
    expect(third.report.warnings).toContain(
      '1 × "P" by match means nothing to the scoring rule: counted as unscored.',
    );
    expect(third.report.kept.at(-1)?.how).toBe('measured as a behaviour, by a scoring rule');
    // What was imported before stays scores until somebody scores it anew.
    expect(await measurementsOf(person, first.ref)).toEqual([]);
  });

  it('gets new versions, of which the last confirmed is applied; earlier measurements keep theirs', async () => {
    const one = (await propose(person, letters('versions'))).scoringRuleVersion;
    await confirm(person, one.id);
    const before = await bringIn('versions', [match('I'), match('P')]);
    const two = (await propose(person, letters('versions', { exhibited: { values: ['I', 'P'] } })))
      .scoringRuleVersion;
    expect(two.number).toBe(2);
    expect((await measurementsOf(person, before.ref))[0].scoringRule).toMatchObject({
      number: 1,
      status: 'CONFIRMED',
    });
    await confirm(person, two.id);
    const after = await bringIn('versions', [match('I'), match('P')]);
    expect(await measurementsOf(person, after.ref)).toMatchObject([
      { exhibited: 2, unscored: 0, scoringRule: { number: 2 } },
    ]);
    expect(await measurementsOf(person, before.ref)).toMatchObject([
      { exhibited: 1, unscored: 1, scoringRule: { number: 1, status: 'SUPERSEDED' } },
    ]);
  });

  it('is refused where it is not sound, at the place in the input', async () => {
    const cases: [object, string, string[]][] = [
      [letters('x', { behavior: 'nothing' }), 'NotFoundError', ['definition', 'behavior']],
      [letters('x', { behavior: null }), 'InputError', ['definition', 'behavior']],
      [letters('x', { notExhibited: { values: ['I'] } }), 'InputError', ['definition', 'notExhibited']],
      [
        letters('x', { exhibited: { values: [['I']] } }),
        'InputError',
        ['definition', 'exhibited', 'values', '0'],
      ],
      [letters('x', { exhibited: { atLeast: 1, below: 2 } }), 'InputError', ['definition', 'exhibited']],
      [letters('x', { exhibited: {} }), 'InputError', ['definition', 'exhibited']],
      [letters(' '), 'InputError', ['evaluation']],
      [{ ...letters('x'), name: 'letters@1' }, 'InputError', ['name']],
    ];
    for (const [input, type, path] of cases)
      expect(await propose(person, input)).toMatchObject({ __typename: type, path });
    await propose(person, { ...letters('y'), name: 'mine' });
    expect(await propose(person, { ...letters('z'), name: 'mine' })).toMatchObject({
      __typename: 'ConflictError',
      path: ['name'],
    });
  });

  it('is confirmed once, by a person alone, and not where it is built in, retracted or behind', async () => {
    const one = (await propose(person, letters('once'))).scoringRuleVersion;
    const robot: Principal = { ...person, actorKind: 'SERVICE' };
    await expect(confirm(robot, one.id)).rejects.toThrow('FORBIDDEN: Only a person');
    const stranger = await inAnotherTeam(world.records, await world.person('INVESTIGATOR'));
    await expect(confirm(stranger, one.id)).rejects.toThrow('FORBIDDEN');
    const behind = (await propose(person, letters('once'))).scoringRuleVersion;
    const two = (await propose(person, letters('once'))).scoringRuleVersion;
    expect((await confirm(person, two.id)).__typename).toBe('ConfirmScoringRuleSuccess');
    expect(await confirm(person, two.id)).toMatchObject({ __typename: 'ConflictError' });
    expect((await confirm(person, behind.id)).message).toContain('behind a version that is confirmed');
    const { scoringRule } = await ask(
      person,
      '{ scoringRule(name: "agentic_misalignment/harmfulness_scorer") { inForce { id } } }',
    );
    expect((await confirm(person, scoringRule.inForce.id)).message).toContain('is built in');
    const retracted = await ask(
      person,
      `mutation($input: RetractScoringRuleVersionInput!) { retractScoringRuleVersion(input: $input) { ${FAILURES}
        ... on RetractScoringRuleVersionSuccess { scoringRuleVersion { status retractedAt } } } }`,
      { input: { scoringRuleVersion: two.id, reason: 'misread' } },
    );
    expect(retracted.retractScoringRuleVersion.scoringRuleVersion.status).toBe('RETRACTED');
    expect((await confirm(person, two.id)).message).toContain('was retracted');
    expect((await bringIn('once', [match('I')])).report.toPropose).toHaveLength(1);
  });

  it('is confirmed once where two people confirm at once', async () => {
    const one = (await propose(person, letters('twice'))).scoringRuleVersion;
    const answers = await Promise.all([confirm(person, one.id), confirm(colleague, one.id)]);
    expect(answers.map((a) => a.__typename).sort()).toEqual(['ConfirmScoringRuleSuccess', 'ConflictError']);
  });

  it('is kept by the database: no row of it changes, and no service confirms', async () => {
    const one = (await propose(person, letters('kept'))).scoringRuleVersion;
    const id = (
      await world.records.$queryRaw<{ id: bigint }[]>`
      select max(id) as id from scoring_rule_version`
    )[0]!.id;
    await expect(
      world.records.$executeRaw`update scoring_rule_version set definition = '{}' where id = ${id}`,
    ).rejects.toThrow();
    await expect(
      world.records
        .$executeRaw`insert into scoring_rule_confirmation (scoring_rule_version_id, team_id, actor_id)
        select ${id}, t.id, a.id from team t, actor a where a.kind = 'SYSTEM'`,
    ).rejects.toThrow('Only a person');
    await confirm(person, one.id);
    await expect(
      world.records.$executeRaw`update scoring_rule_confirmation set comment = 'x'`,
    ).rejects.toThrow();
  });

  it('is seen with its behaviours alone, and is not there for whoever may not see it', async () => {
    await inChange(requestContext(world.services, person), 'write:evals', (change) =>
      registerBehavior(change, { name: 'hushed', title: 'Hushed', visibility: 'RESTRICTED' }),
    );
    const input = { ...letters('hush', { behavior: 'hushed' }), visibility: 'PUBLIC' };
    const { scoringRuleVersion: one } = await propose(person, input);
    await confirm(person, one.id);
    const list =
      '{ scoringRules(evaluation: "hush") { totalCount nodes { name } } scoringRule(name: "hush/match") { id } }';
    expect(await ask(person, list)).toMatchObject({ scoringRules: { totalCount: 1 } });
    for (const viewer of [colleague, { kind: 'anonymous' } as const])
      expect(await ask(viewer, list)).toEqual({
        scoringRules: { totalCount: 0, nodes: [] },
        scoringRule: null,
      });
    expect(await ask(colleague, 'query($id: ID!) { node(id: $id) { id } }', { id: one.id })).toEqual({
      node: null,
    });
    // Nor does it measure for them, nor say that its name is held by more than a name.
    const hidden = await bringIn('hush', [match('I')], colleague);
    expect(await measurementsOf(colleague, hidden.ref)).toEqual([]);
    expect(await propose(colleague, letters('hush'))).toMatchObject({
      __typename: 'ConflictError',
      message: 'The name "hush/match" is taken in your team\'s namespace.',
    });
  });

  it('is numbered without a gap for whoever sees it: what is for fewer is proposed under another name', async () => {
    await inChange(requestContext(world.services, person), 'write:evals', (change) =>
      registerBehavior(change, { name: 'shown', title: 'Shown', visibility: 'PUBLIC' }),
    );
    const shown = letters('numbered', { behavior: 'shown' });
    await propose(person, { ...shown, visibility: 'PUBLIC' });
    for (const visibility of ['TEAM', 'RESTRICTED', 'MEMBERS'])
      expect(await propose(colleague, { ...shown, visibility })).toMatchObject({
        __typename: 'ConflictError',
        path: ['visibility'],
        message:
          'numbered/match is visible as PUBLIC: give a version that fewer may see another name, as its number would be missing.',
      });
    const apart = { ...shown, name: 'numbered/apart', visibility: 'TEAM' };
    expect((await propose(colleague, apart)).scoringRuleVersion).toMatchObject({ number: 1 });
    // Who says nothing of who may see it shows it as widely as the rule.
    expect((await propose(colleague, shown)).scoringRuleVersion).toMatchObject({ number: 2 });
    const read = await ask(
      { kind: 'anonymous' },
      '{ scoringRule(name: "numbered/match") { versions { number } } }',
    );
    expect(read.scoringRule.versions.map((one: { number: number }) => one.number)).toEqual([2, 1]);
  });
});
