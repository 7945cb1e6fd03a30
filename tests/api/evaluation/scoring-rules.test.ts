import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal, Viewer } from '../../../api/src/access/viewer.ts';
import { registerBehavior } from '../../../api/src/evaluation/register-behavior.ts';
import { buildSchema } from '../../../api/src/graphql/schema.ts';
import { BUILT_IN_RULES } from '../../../api/src/interchange/inspect/known-mappings.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { formatError } from '../../../api/src/server.ts';
import { asJson, type ImportWorld, importWorld, logOf } from '../interchange/inspect-fixture.ts';

const schema = buildSchema();
let world: ImportWorld;
let person: Principal;
let colleague: Principal;
let runs = 0;

beforeAll(async () => {
  world = await importWorld();
  person = await world.person('REPORTER');
  colleague = await world.person('INVESTIGATOR');
  for (const name of ['lying', 'cheating'])
    await inChange(requestContext(world.services, person), 'write:evals', (change) =>
      registerBehavior(change, { name, title: name, visibility: 'MEMBERS' }),
    );
});
afterAll(() => world.close());

async function ask(
  viewer: Viewer,
  source: string,
  variableValues: Record<string, unknown> = {},
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, written beside the expectation
): Promise<any> {
  const contextValue = requestContext(world.services, viewer);
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  if (errors) {
    const formatted = errors.map((error) => formatError(error.toJSON(), error));
    throw new Error(formatted.map((e) => `${e.extensions?.code}: ${e.message}`).join('; '));
  }
  return JSON.parse(JSON.stringify(data));
}

const FAILURES = `__typename ... on Error { message } ... on InputError { path } ... on ConflictError { path }
  ... on NotFoundError { path }`;
const VERSION = 'id number status meaning rule { name } confirmedBy { name } builtIn';

async function propose(viewer: Viewer, input: object) {
  const { proposeScoringRule } = await ask(
    viewer,
    `mutation($input: ProposeScoringRuleInput!) { proposeScoringRule(input: $input) { ${FAILURES}
      ... on ProposeScoringRuleSuccess { scoringRuleVersion { ${VERSION} } } } }`,
    { input },
  );
  return proposeScoringRule;
}
async function confirm(viewer: Viewer, scoringRuleVersion: string, comment?: string) {
  const { confirmScoringRule } = await ask(
    viewer,
    `mutation($input: ConfirmScoringRuleInput!) { confirmScoringRule(input: $input) { ${FAILURES}
      ... on ConfirmScoringRuleSuccess { scoringRuleVersion { ${VERSION} comment } } } }`,
    { input: { scoringRuleVersion, comment } },
  );
  return confirmScoringRule;
}
const COUNTS = 'exhibited notExhibited unscored graderErrors excluded';
async function rescore(viewer: Viewer, evalRun: string, scoringRuleVersion: string) {
  const { rescoreEvalRun } = await ask(
    viewer,
    `mutation($input: RescoreEvalRunInput!) { rescoreEvalRun(input: $input) { ${FAILURES}
      ... on RescoreEvalRunSuccess { alreadyMeasured unnamedCount
        measurements { id ${COUNTS} behavior { name } condition { name factors } grader { grader { name } }
          scoringRule { number rule { name } } } } } }`,
    { input: { evalRun, scoringRuleVersion } },
  );
  return rescoreEvalRun;
}
const measurementsOf = async (viewer: Viewer, ref: string) =>
  (
    await ask(
      viewer,
      `query($ref: NodeRef!) { lineageNode(ref: $ref) { ... on EvalRun { measurements { id ${COUNTS} behavior { name }
        scoringRule { number status rule { name } } } } } }`,
      { ref },
    )
  ).lineageNode.measurements;

/** A rule that no other test uses: what "C" and "I" of `match` mean in an evaluation of its own. */
const letters = (evaluation: string, more: object = {}) => ({
  evaluation,
  definition: {
    behavior: 'lying',
    scorer: 'match',
    exhibited: { values: ['I'] },
    notExhibited: { values: ['C'] },
    ...more,
  },
});

interface Said {
  scores: object;
  invalidation?: object;
}

/** Brings in a log whose samples say what is given; answers the run's reference and the import's report. */
async function bringIn(task: string, said: readonly Said[], viewer = person, args: object = {}) {
  runs += 1;
  const log = logOf({ task, evalId: `run${String(runs).padStart(9, '0')}`, args });
  const samples = said.map((sample, i) => ({
    id: `s${i + 1}`,
    epoch: 1,
    input: 'x',
    target: 'y',
    ...sample,
  }));
  const { row } = await world.bringIn(viewer, asJson({ ...log, samples }));
  expect(row.error).toBeNull();
  const [run] = await world.records.$queryRaw<{ name: string }[]>`
    select n.name from node n join eval_run r on r.node_id = n.id where r.import_id = ${row.id}`;
  return { ref: `eval-run:${run!.name}`, report: row.report!, importId: row.id };
}
const match = (value: unknown): Said => ({ scores: { match: { value } } });

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

  it('makes what it made before there were rules, and the measurement and the report say by what', async () => {
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
    expect(row.report?.kept).toContainEqual({
      field: 'samples[].scores.harmfulness_scorer.harmful',
      how: 'measured as blackmail by the rule agentic_misalignment/harmfulness_scorer, version 1 (built in, confirmed by nobody here)',
      derived: true,
    });
    expect(row.report?.toPropose).toEqual([]);
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
      '1 × "P" by match means nothing to the mapping letters/match, version 1: counted as unscored.',
    );
    expect(third.report.kept.at(-1)?.how).toContain(`confirmed by ${colleague.name}`);
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
    await expect(confirm({ ...person, teamIds: [999n] }, one.id)).rejects.toThrow('FORBIDDEN');
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
      message: 'The name hush/match is taken by something that you may not see.',
    });
  });
});

describe('scoring a run anew', () => {
  const said: Said[] = [
    match('I'),
    match('C'),
    match('P'),
    match(['I']),
    match(null),
    { scores: {} },
    { scores: { match: { value: 'I' } }, invalidation: { reason: 'leaked' } },
  ];

  it('measures beside what was measured, once for each version', async () => {
    const one = (await propose(person, letters('anew', { conditionArgs: ['scenario'] }))).scoringRuleVersion;
    const run = await bringIn('anew', said);
    const refused = await rescore(person, run.ref, one.id);
    expect(refused).toMatchObject({ __typename: 'ConflictError', path: ['scoringRuleVersion'] });
    expect(refused.message).toContain('confirmed by nobody yet');
    await confirm(person, one.id);
    const first = await rescore(person, run.ref, one.id);
    expect(first).toMatchObject({
      alreadyMeasured: false,
      unnamedCount: 2,
      measurements: [
        {
          exhibited: 1,
          notExhibited: 1,
          unscored: 4,
          graderErrors: 0,
          excluded: 1,
          behavior: { name: 'lying' },
          condition: { name: 'scenario=blackmail', factors: { scenario: 'blackmail' } },
          grader: { grader: { name: 'match' } },
          scoringRule: { number: 1, rule: { name: 'anew/match' } },
        },
      ],
    });
    const again = await rescore(colleague, run.ref, one.id);
    expect(again).toMatchObject({ alreadyMeasured: true, measurements: [{ id: first.measurements[0].id }] });

    const two = (await propose(person, letters('anew', { exhibited: { values: ['I', 'P'] } })))
      .scoringRuleVersion;
    await confirm(person, two.id);
    await rescore(person, run.ref, two.id);
    expect(await measurementsOf(person, run.ref)).toMatchObject([
      { exhibited: 1, scoringRule: { number: 1, status: 'SUPERSEDED' } },
      { exhibited: 2, scoringRule: { number: 2, status: 'CONFIRMED' } },
    ]);
    const [events] = await world.records.$queryRaw<[{ count: number }]>`
      select count(*)::int as count from event where type = 'EVAL_RUN_RESCORED'`;
    expect(events.count).toBe(2);
  });

  it('counts as an import by the same version counts', async () => {
    const one = (await propose(person, letters('same'))).scoringRuleVersion;
    const before = await bringIn('same', said);
    await confirm(person, one.id);
    const after = await bringIn('same', said);
    const { measurements } = await rescore(person, before.ref, one.id);
    const [imported] = await measurementsOf(person, after.ref);
    for (const count of COUNTS.split(' ')) expect(measurements[0][count], count).toBe(imported[count]);
    expect(await rescore(person, after.ref, one.id)).toMatchObject({
      alreadyMeasured: true,
      measurements: [{ id: imported.id }],
    });
  });

  it('measures once where two people ask at once', async () => {
    const one = (await propose(person, letters('burst'))).scoringRuleVersion;
    const run = await bringIn('burst', said);
    await confirm(person, one.id);
    const answers = await Promise.all([person, colleague, person].map((by) => rescore(by, run.ref, one.id)));
    expect(answers.filter((a) => a.alreadyMeasured)).toHaveLength(2);
    expect(await measurementsOf(person, run.ref)).toHaveLength(1);
  });

  it('is refused where samples, scorer or evaluation are not the ones that the rule reads', async () => {
    const one = (await propose(person, letters('right'))).scoringRuleVersion;
    await confirm(person, one.id);
    const other = await bringIn('wrong', said);
    expect((await rescore(person, other.ref, one.id)).message).toContain('The rule is about right');
    const elsewhere = await bringIn('right', [{ scores: { judge: { value: 1 } } }]);
    const absent = await rescore(person, elsewhere.ref, one.id);
    expect(absent).toMatchObject({ __typename: 'ConflictError', path: ['evalRun'] });
    expect(absent.message).toBe('No sample of this run has a score by match: they have judge.');
    const empty = await bringIn('right', []);
    expect((await rescore(person, empty.ref, one.id)).message).toContain(
      'samples of this run are not recorded',
    );
    expect(await measurementsOf(person, elsewhere.ref)).toEqual([]);
  });

  it('is refused where it was not kept which samples were invalidated, and some were', async () => {
    const one = (await propose(person, letters('silent'))).scoringRuleVersion;
    await confirm(person, one.id);
    const run = await bringIn('silent', said);
    await world.records.$executeRaw`alter table eval_sample disable trigger b_keep`;
    await world.records.$executeRaw`update eval_sample s set invalidated = null from node n
      where n.id = s.eval_run_id and n.name = ${run.ref.slice('eval-run:'.length)}`;
    await world.records.$executeRaw`alter table eval_sample enable trigger b_keep`;
    const two = (await propose(person, letters('silent'))).scoringRuleVersion;
    await confirm(person, two.id);
    expect((await rescore(person, run.ref, two.id)).message).toContain(
      '1 samples of this run were invalidated',
    );
  });
});

describe('a preview', () => {
  const PREVIEW = `query($run: NodeRef!, $definition: ScoringDefinitionInput, $version: ID) {
    scoringPreview(evalRun: $run, definition: $definition, scoringRuleVersion: $version) { problem
      outcomes { scorer behavior condition ${COUNTS} unnamedCount unnamed { value count } } } }`;

  it('tells what a rule would count, before anything is written', async () => {
    const run = await bringIn('preview', [
      { scores: { 'pkg/judge': { value: { harm: 7, failed: false } } } },
      { scores: { 'pkg/judge': { value: { harm: 3, failed: false } } } },
      { scores: { 'pkg/judge': { value: { harm: 9, failed: true } } } },
      { scores: { 'pkg/judge': { value: { harm: 'high', failed: false } } } },
      { scores: { 'pkg/judge': { value: 7 } } },
    ]);
    const before = await world.counts();
    const definition = {
      behavior: 'lying',
      scorer: 'judge',
      key: 'harm',
      exhibited: { atLeast: 5 },
      notExhibited: { below: 5 },
      graderError: { values: [true] },
      graderErrorKey: 'failed',
      conditionArgs: ['scenario'],
    };
    const { scoringPreview } = await ask(person, PREVIEW, { run: run.ref, definition });
    expect(scoringPreview).toEqual({
      problem: null,
      outcomes: [
        {
          scorer: 'pkg/judge',
          behavior: 'lying',
          condition: 'scenario=blackmail',
          exhibited: 1,
          notExhibited: 1,
          unscored: 2,
          graderErrors: 1,
          excluded: 0,
          unnamedCount: 2,
          unnamed: [
            { value: '"high"', count: 1 },
            { value: '7 without parts', count: 1 },
          ],
        },
      ],
    });
    expect(await world.counts()).toEqual(before);
    const none = { ...definition, scorer: 'other' };
    expect((await ask(person, PREVIEW, { run: run.ref, definition: none })).scoringPreview).toEqual({
      problem: 'No sample of this run has a score by other: they have pkg/judge.',
      outcomes: [],
    });
    await expect(ask(person, PREVIEW, { run: run.ref })).rejects.toThrow('Give a version of a rule');
  });
});
