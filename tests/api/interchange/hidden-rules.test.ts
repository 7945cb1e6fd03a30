import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { registerBehavior } from '../../../api/src/evaluation/register-behavior.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { registerModelVersion } from '../../../api/src/model/register-model-version.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { inAnotherTeam, inTeams } from '../../testkit/in-teams.ts';
import { ask, confirm, openScoringWorld, propose, world } from '../evaluation/scoring-world.ts';
import { asJson, logOf } from './inspect-fixture.ts';

/** Of the team `b`, with a colleague; and somebody of another team. */
let owner: Principal;
let colleague: Principal;
let stranger: Principal;

const register = (by: Principal, name: string, visibility: VisibilityWord) =>
  inChange(requestContext(world.services, by), 'write:evals', (change) =>
    registerBehavior(change, { name, title: name, visibility }),
  );

beforeAll(async () => {
  await openScoringWorld();
  const { id } = await world.records.team.create({ data: { namespace: 'b', name: 'B' } });
  owner = await inTeams(world.records, await world.person('REPORTER'), [id]);
  colleague = await inTeams(world.records, await world.person('REPORTER'), [id]);
  stranger = await inAnotherTeam(world.records, await world.person('REPORTER'));
  await inChange(requestContext(world.services, owner), 'write:lineage', (change) =>
    registerModelVersion(change, { model: 'lab/model-1', version: 'unspecified', visibility: 'PUBLIC' }),
  );
  await register(owner, 'hidden-thing', 'TEAM');
  await register(owner, 'open-thing', 'MEMBERS');
});
afterAll(() => world.close());

async function ruled(task: string, behavior: object | string, more: object = {}) {
  const { scoringRuleVersion } = await propose(owner, {
    evaluation: task,
    definition: {
      ...(typeof behavior === 'string' ? { behavior } : { behaviorByTaskArg: behavior }),
      scorer: 'match',
      exhibited: { values: ['I'] },
      notExhibited: { values: ['C'] },
    },
    ...more,
  });
  await confirm(colleague, scoringRuleVersion.id);
}

let logs = 0;

/** A log of three verdicts, one of which no rule knows, and of two metrics, that was brought in by the owner. */
async function bringIn(task: string, visibility?: VisibilityWord) {
  logs += 1;
  const said = { match: ['I', 'C', 'P'], other: [1, 2, 3] };
  const { results: _results, ...log } = logOf({ task, evalId: `hiddenrule${logs}`, verdicts: [] });
  const metrics = { accuracy: { value: 0.5 }, stderr: { value: 0.1 } };
  const bytes = asJson({
    ...log,
    results: {
      scores: ['match', 'other'].map((scorer) => ({ name: scorer, scorer, scored_samples: 3, metrics })),
    },
    samples: said.match.map((value, i) => ({
      id: `s${i}`,
      epoch: 1,
      input: 'x',
      target: 'y',
      scores: { match: { value }, other: { value: said.other[i] } },
    })),
  });
  const { row } = await world.bringIn(owner, bytes, 'log.json', visibility);
  expect(row.error).toBeNull();
  const [run] = await world.records.$queryRaw<{ name: string }[]>`
    select n.name from node n join eval_run r on r.node_id = n.id where r.import_id = ${row.id}`;
  return { ref: `eval-run:b/${run!.name}`, id: row.id };
}

const RUN = `query ($ref: NodeRef!) { run: lineageNode(ref: $ref) { label ... on EvalRun {
  measurements { behavior { name } unscored } scores { metric value standardError grader { grader { name } } note }
  sampleOutcomes { behavior outcome count } sampleConditions { condition count }
  samples { nodes { outcomes { behavior outcome } conditions } }
  import { warnings kept { field how derived } leftOut { field count reason understood }
    rulesToPropose { scorer values { value count } }
    readings { same changes { subject before after } kept { field how } leftOut { field count } warnings } } } } }`;

async function told(viewer: Principal, ref: string) {
  const { run } = await ask(viewer, RUN, { ref });
  return run;
}

/** What is told of a run with its own names put aside. */
const apart = (run: { label: string }, task: string) =>
  JSON.parse(JSON.stringify(run).replaceAll(run.label, 'RUN').replaceAll(task, 'TASK'));

const metricsOf = (run: { scores: { metric: string }[] }) => run.scores.map(({ metric }) => metric).sort();

describe('a file that a rule read which somebody does not see', () => {
  it.each([
    ['measures a behaviour', 'hidden-thing'],
    [
      'has no behaviour for the arguments',
      { argument: 'scenario', behaviors: [{ value: 'z', behavior: 'hidden-thing' }] },
    ],
  ])('is told of to them as one that none read, where the rule %s', async (_what, behavior) => {
    const task = `hides-${logs}`;
    await ruled(task, behavior);
    const { ref } = await bringIn(task);
    const plainTask = `plain-${logs}`;
    const plain = await bringIn(plainTask);
    const seen = await told(stranger, ref);
    expect(apart(seen, task)).toEqual(apart(await told(stranger, plain.ref), plainTask));
    expect(metricsOf(seen)).toHaveLength(2);
    expect(seen.import.warnings.join(' ')).toMatch(
      /No behaviour is known.*No rule says which values of match/,
    );
    expect(JSON.stringify(await told(owner, ref))).toMatch(/scoring rule/);
  });

  it('is told of in full to whoever sees the rule and what it measured', async () => {
    const task = 'told-to-the-team';
    await ruled(task, 'hidden-thing');
    const { ref } = await bringIn(task);
    for (const viewer of [owner, colleague]) {
      const seen = await told(viewer, ref);
      expect(seen.measurements).toEqual([{ behavior: { name: 'b/hidden-thing' }, unscored: 1 }]);
      expect(metricsOf(seen)).toEqual(['accuracy']);
      const { warnings, kept, leftOut, rulesToPropose } = seen.import;
      expect(warnings).toContain('1 × "P" by match means nothing to the scoring rule: counted as unscored.');
      expect(warnings.join(' ')).not.toMatch(/No behaviour is known|values of match/);
      expect(kept).toContainEqual({
        field: 'samples[].scores.match',
        how: 'measured as a behaviour, by a scoring rule',
        derived: true,
      });
      expect(leftOut).toContainEqual({
        field: 'results.scores[]',
        count: 1,
        reason: 'the measurements say the same, counted from the samples',
        understood: true,
      });
      expect(rulesToPropose.map(({ scorer }: { scorer: string }) => scorer)).toEqual(['other']);
    }
  });

  it('is told of by the rules that they see, as if there were no others', async () => {
    const [task, one] = ['two-rules', 'one-rule'];
    const open = {
      behavior: 'open-thing',
      scorer: 'other',
      exhibited: { values: [1] },
      notExhibited: { values: [2] },
    };
    for (const evaluation of [task, one]) {
      const { scoringRuleVersion } = await propose(owner, { evaluation, definition: open });
      await confirm(colleague, scoringRuleVersion.id);
    }
    await ruled(task, 'hidden-thing');
    const two = await told(stranger, (await bringIn(task)).ref);
    const single = await told(stranger, (await bringIn(one)).ref);
    expect(apart(two, task)).toEqual(apart(single, one));
    expect(two.measurements).toEqual([{ behavior: { name: 'b/open-thing' }, unscored: 1 }]);
    expect(metricsOf(two)).toEqual(['accuracy']);
    expect(two.import.warnings).toContain(
      '1 × 3 by other means nothing to the scoring rule: counted as unscored.',
    );
  });

  it('is told of the same when it is read again by a rule that was not there before', async () => {
    const [task, plain] = ['read-again', 'read-again-plain'];
    const [hidden, none] = [await bringIn(task), await bringIn(plain)];
    await ruled(task, 'hidden-thing');
    for (const { id } of [hidden, none]) {
      await world.records.$executeRaw`alter table eval_run disable trigger user`;
      // As if an earlier reader had told less of the run.
      await world.records.$executeRaw`
        update eval_run set metadata = metadata || '{"contentDigest": "another"}' where import_id = ${id}`;
      await world.records.$executeRaw`alter table eval_run enable trigger user`;
      const { rereadImport } = await ask(
        owner,
        'mutation ($input: RereadImportInput!) { rereadImport(input: $input) { __typename ... on Error { message } } }',
        { input: { import: world.services.ids.encode('Import', id) } },
      );
      expect(rereadImport).toEqual({ __typename: 'RereadImportSuccess' });
    }
    const read = async (viewer: Principal, run: { ref: string }, name: string) => {
      const { import: brought } = await told(viewer, run.ref);
      return JSON.parse(
        JSON.stringify(brought.readings)
          .replaceAll(/hiddenru[^"]*/g, 'RUN')
          .replaceAll(name, 'TASK'),
      );
    };
    const seen = await read(stranger, hidden, task);
    expect(seen).toHaveLength(1);
    expect(seen).toEqual(await read(stranger, none, plain));
    expect(JSON.stringify(await read(colleague, hidden, task))).toMatch(
      /measurement of hidden-thing.*samples with another outcome/,
    );
  });

  it('is told of as by no rule where the behaviour alone is hidden, which the rule finds by its name', async () => {
    await register(owner, 'murder', 'TEAM');
    const log = logOf({ evalId: 'ownmurder01', args: { scenario: 'murder' }, verdicts: [1] });
    await world.bringIn(owner, asJson(log));
    const ref = 'eval-run:b/inspect_evals/agentic_misalignment/ownmurde';
    const { run } = await ask(owner, 'query ($ref: NodeRef!) { run: lineageNode(ref: $ref) { id } }', {
      ref,
    });
    await ask(owner, 'mutation ($input: ShareWithInput!) { shareWith(input: $input) { __typename } }', {
      input: { target: run.id, visibility: 'MEMBERS' },
    });
    const seen = await told(stranger, ref);
    expect(seen.measurements).toEqual([]);
    expect(seen.import.kept).not.toEqual([]);
    expect(JSON.stringify(seen.import)).not.toMatch(/measured as a behaviour/);
    expect(JSON.stringify((await told(colleague, ref)).import)).toMatch(/measured as a behaviour/);
  });
});
