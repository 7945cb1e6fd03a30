import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import { ANONYMOUS, type Principal, type Viewer } from '../../../api/src/access/viewer.ts';
import { registerBehavior } from '../../../api/src/evaluation/register-behavior.ts';
import { registerEvaluation } from '../../../api/src/evaluation/register-evaluation.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { registerModelVersion } from '../../../api/src/model/register-model-version.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { asJson, logOf } from '../interchange/inspect-fixture.ts';
import { ask, confirm, match, openScoringWorld, person, propose, rescore, world } from './scoring-world.ts';

const people: Record<string, Viewer> = {};
let runs = 0;

beforeAll(async () => {
  await openScoringWorld();
  const owner = person;
  Object.assign(people, {
    owner,
    ownersToken: { ...owner, scopes: new Set(['write:evals']) },
    colleague: await world.person('REPORTER'),
    viewer: await world.person('VIEWER'),
    stranger: await inAnotherTeam(world.records, await world.person('REPORTER')),
    named: await inAnotherTeam(world.records, await world.person('REPORTER')),
    auditor: await world.person('AUDITOR'),
    administrator: await world.person('ADMINISTRATOR'),
    anonymous: ANONYMOUS,
  });
  await inChange(requestContext(world.services, owner), 'write:evals', (change) =>
    registerBehavior(change, { name: 'cruelty', title: 'Cruelty', visibility: 'PUBLIC' }),
  );
  await inChange(requestContext(world.services, owner), 'write:lineage', (change) =>
    registerModelVersion(change, { model: 'lab/model-1', version: 'unspecified', visibility: 'PUBLIC' }),
  );
  // The graders that each of these logs names, and the model that judges, are seen by everybody.
  await published('first');
  await bringIn('first', 'plan', 'PUBLIC');
});
afterAll(() => world.close());

/** An evaluation that everybody sees, with a rule that makes its conditions of two arguments, and a condition of its own. */
async function published(task: string): Promise<string> {
  await inChange(requestContext(world.services, person), 'write:evals', (change) =>
    registerEvaluation(change, {
      name: task,
      version: '0',
      visibility: 'PUBLIC',
      conditions: [{ name: 'declared', factors: { said: 'by its owner' } }],
    }),
  );
  const { scoringRuleVersion } = await propose(person, {
    evaluation: task,
    visibility: 'PUBLIC',
    definition: {
      behavior: 'cruelty',
      scorer: 'match',
      exhibited: { values: ['I'] },
      notExhibited: { values: ['C'] },
      conditionArgs: ['plot'],
    },
  });
  await confirm(person, scoringRuleVersion.id);
  return scoringRuleVersion.id;
}

/** Brings in a run of the task under `plot=VALUE`; answers its reference. */
async function bringIn(
  task: string,
  plot: unknown,
  visibility: VisibilityWord,
  viewer: Viewer = person,
): Promise<string> {
  runs += 1;
  const log = logOf({ task, evalId: `${String(runs).padStart(8, '0')}run`, args: { plot } });
  const samples = ['I', 'C'].map((letter, i) => ({ id: `s${i}`, epoch: 1, ...match(letter) }));
  const { row } = await world.bringIn(viewer, asJson({ ...log, samples }), 'log.json', visibility);
  expect(row.error).toBeNull();
  const [run] = await world.records.$queryRaw<{ name: string; namespace: string }[]>`
    select n.name, n.namespace from node n join eval_run r on r.node_id = n.id where r.import_id = ${row.id}`;
  return run!.namespace === '' ? `eval-run:${run!.name}` : `eval-run:${run!.namespace}/${run!.name}`;
}

const CONDITIONS = `query ($name: String!) {
  evaluation(name: $name) { versions(first: 5) { nodes { conditions { id name factors } } } } }`;

/** The conditions of the task's version that each of them is shown, by what makes them. */
async function shown(task: string): Promise<Record<string, object[]>> {
  const all: Record<string, object[]> = {};
  for (const [who, viewer] of Object.entries(people)) {
    const { evaluation } = await ask(viewer, CONDITIONS, { name: task });
    all[who] = evaluation.versions.nodes[0].conditions.map((one: { factors: object }) => one.factors);
  }
  return all;
}

const DECLARED = { said: 'by its owner' };
const everybody = (sees: object[]) => Object.fromEntries(Object.keys(people).map((who) => [who, sees]));
const seeing = (...who: string[]): Record<string, object[]> => ({
  ...everybody([DECLARED]),
  ...Object.fromEntries(who.map((one) => [one, [DECLARED, { plot: 'plan' }]])),
});
const READERS_OF_ALL = ['auditor', 'administrator'];

describe('a condition that a run made of an evaluation version', () => {
  it.each([
    ['RESTRICTED', ['owner']],
    ['TEAM', ['owner', 'colleague', 'viewer']],
    ['MEMBERS', ['owner', 'colleague', 'viewer', 'stranger', 'named']],
    ['PUBLIC', []],
  ] as const)('is seen by whoever sees the run that was imported as %s', async (visibility, who) => {
    const task = `imported-${visibility}`;
    await published(task);
    expect(await shown(task)).toEqual(everybody([DECLARED]));
    await bringIn(task, 'plan', visibility);
    const all = visibility === 'PUBLIC' ? Object.keys(people) : [...who, ...READERS_OF_ALL];
    expect(await shown(task)).toEqual(seeing(...all));
  });

  it('is made by no version of an import that is seen more widely than its run', async () => {
    await inChange(requestContext(world.services, person), 'write:lineage', (change) =>
      registerModelVersion(change, { model: 'lab/inner', version: 'unspecified', visibility: 'TEAM' }),
    );
    const log = logOf({ task: 'inspect_evals/agentic_misalignment', model: 'lab/inner', evalId: 'narrow01' });
    const { row } = await world.bringIn(person, asJson(log), 'log.json', 'PUBLIC');
    expect(row.error).toBeNull();
    const name = 'inspect_evals/agentic_misalignment';
    const { evaluation } = await ask(ANONYMOUS, CONDITIONS, { name });
    expect(evaluation.versions.nodes[0].conditions).toEqual([]);
    const own = await ask(people.colleague!, CONDITIONS, { name });
    expect(own.evaluation.versions.nodes[0].conditions).toMatchObject([
      { name: 'scenario=blackmail, goal_type=none' },
    ]);
  });

  it.each([
    ['RESTRICTED', 'owner', ['owner']],
    ['MEMBERS', 'stranger', ['owner', 'colleague', 'viewer', 'stranger', 'named']],
  ] as const)(
    'is seen by whoever sees the run, imported as %s, that was scored anew by its %s',
    async (visibility, by, who) => {
      const task = `rescored-${visibility}`;
      await published(task);
      const run = await bringIn(task, 'plan', visibility);
      const rescorer = people[by]!;
      const { scoringRuleVersion } = await propose(rescorer, {
        evaluation: task,
        name: `${task}/again`,
        definition: {
          behavior: 'cruelty',
          scorer: 'match',
          exhibited: { values: ['I'] },
          notExhibited: { values: ['C'] },
          conditionArgs: ['scenario'],
        },
      });
      await confirm(rescorer, scoringRuleVersion.id);
      const scored = await rescore(rescorer, run, scoringRuleVersion.id);
      const anew = { scenario: 'blackmail' };
      expect(scored.measurements).toMatchObject([
        { condition: { name: 'scenario=blackmail', factors: anew } },
      ]);
      const all = seeing(...who, ...READERS_OF_ALL);
      for (const one of [...who, ...READERS_OF_ALL]) all[one] = [DECLARED, { plot: 'plan' }, anew];
      expect(await shown(task)).toEqual(all);
    },
  );

  it('is shared with the run', async () => {
    await published('shared');
    const run = await bringIn('shared', 'plan', 'RESTRICTED');
    const share = `mutation ($input: ShareWithInput!) { shareWith(input: $input) { __typename } }`;
    const { node } = await ask(person, 'query ($ref: NodeRef!) { node: lineageNode(ref: $ref) { id } }', {
      ref: run,
    });
    const id = world.services.ids.encode('Actor', (people.named as Principal).actorId);
    await ask(person, share, { input: { target: node.id, people: [id] } });
    expect(await shown('shared')).toEqual(seeing('owner', 'named', ...READERS_OF_ALL));
    await ask(person, share, { input: { target: node.id, visibility: 'PUBLIC' } });
    expect(await shown('shared')).toEqual(seeing(...Object.keys(people)));
  });

  it('is each run its own where two that do not see each other call theirs alike', async () => {
    await published('alike');
    await bringIn('alike', 1, 'RESTRICTED');
    await bringIn('alike', '1', 'PUBLIC', people.colleague);
    const all = await shown('alike');
    for (const who of ['anonymous', 'colleague', 'stranger', 'ownersToken'])
      expect(all[who]).toEqual([DECLARED, { plot: '1' }]);
    for (const who of ['owner', 'auditor'])
      expect(all[who]).toEqual([DECLARED, ...[{ plot: '1' }, { plot: 1 }]]);
  });

  it('is meant by its name as the run has it, where another run calls something else so', async () => {
    await published('twice');
    for (const plot of ['1', 1]) {
      const evalRun = await bringIn('twice', plot, 'PUBLIC');
      const measurement = { behavior: 'cruelty', exhibited: 1, notExhibited: 1, condition: 'plot=1' };
      const { recordMeasurement } = await ask(
        person,
        `mutation ($input: RecordMeasurementInput!) { recordMeasurement(input: $input) {
          ... on RecordMeasurementSuccess { measurement { condition { factors } } } } }`,
        { input: { evalRun, measurement } },
      );
      expect(recordMeasurement.measurement.condition.factors).toEqual({ plot });
    }
  });

  it('is one where they mean the same, whichever came first', async () => {
    for (const order of [
      ['RESTRICTED', 'PUBLIC'],
      ['PUBLIC', 'RESTRICTED'],
    ] as const) {
      const task = `same-${order[0]}`;
      await published(task);
      for (const visibility of order) await bringIn(task, 'plan', visibility);
      expect(await shown(task)).toEqual(seeing(...Object.keys(people)));
      const { evaluation } = await ask(person, CONDITIONS, { name: task });
      expect(evaluation.versions.nodes[0].conditions).toHaveLength(2);
    }
  });

  it('can be named by nobody who does not see it, nor found by its id', async () => {
    await published('unnamed');
    await bringIn('unnamed', 'plan', 'RESTRICTED');
    const { evaluation } = await ask(person, CONDITIONS, { name: 'unnamed' });
    const hidden = evaluation.versions.nodes[0].conditions.find(
      (one: { name: string }) => one.name === 'plot=plan',
    );
    const byId = 'query ($id: ID!) { node(id: $id) { __typename } }';
    for (const [who, viewer] of Object.entries(people)) {
      const sees = ['owner', ...READERS_OF_ALL].includes(who);
      expect((await ask(viewer, byId, { id: hidden.id })).node === null).toBe(!sees);
    }
    const record = (viewer: Viewer, condition: string) =>
      ask(
        viewer,
        `mutation ($input: RecordEvalRunInput!) { recordEvalRun(input: $input) { __typename
          ... on NotFoundError { message candidates } } }`,
        {
          input: {
            name: `by-hand-${condition}`,
            evaluation: 'unnamed',
            evaluationVersion: '0',
            modelVersion: 'model:lab/model-1@unspecified',
            measurements: [{ behavior: 'cruelty', exhibited: 1, notExhibited: 1, condition }],
          },
        },
      );
    expect(await record(people.colleague!, 'plot=plan')).toEqual({
      recordEvalRun: {
        __typename: 'NotFoundError',
        message: 'The evaluation version has no condition "plot=plan".',
        candidates: ['declared'],
      },
    });
    for (const condition of ['plot=plan', 'declared'])
      expect((await record(person, condition)).recordEvalRun.__typename).toBe('RecordEvalRunSuccess');
  });
});
