// Rules and behaviours of one team that somebody of another does not see, and files that these rules read.
import { expect } from 'vitest';
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
export let owner: Principal;
export let colleague: Principal;
export let stranger: Principal;

export const register = (by: Principal, name: string, visibility: VisibilityWord) =>
  inChange(requestContext(world.services, by), 'write:evals', (change) =>
    registerBehavior(change, { name, title: name, visibility }),
  );

/** Ends with `world.close()`. */
export async function openHiddenRules(): Promise<void> {
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
}

/** A rule for `match`, unless told otherwise, that the colleague has confirmed, unless somebody else did. */
export async function ruled(
  task: string,
  behavior: object | string,
  { scorer = 'match', by = owner, confirmed = colleague } = {},
) {
  const { scoringRuleVersion } = await propose(by, {
    evaluation: task,
    definition: {
      ...(typeof behavior === 'string' ? { behavior } : { behaviorByTaskArg: behavior }),
      scorer,
      exhibited: { values: ['I', 1] },
      notExhibited: { values: ['C', 2] },
    },
  });
  await confirm(confirmed, scoringRuleVersion.id);
}

let logs = 0;

/** A log of three verdicts, one of which no rule knows, and of two metrics, that was brought in by the owner unless told otherwise. */
export async function bringIn(task: string, by = owner) {
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
  const { row } = await world.bringIn(by, bytes);
  expect(row.error).toBeNull();
  const [run] = await world.records.$queryRaw<{ name: string }[]>`
    select n.name from node n join eval_run r on r.node_id = n.id where r.import_id = ${row.id}`;
  return { ref: `eval-run:b/${run!.name}`, id: row.id, bytes };
}

const RUN = `query ($ref: NodeRef!) { run: lineageNode(ref: $ref) { label ... on EvalRun {
  measurements { behavior { name } unscored } scores { metric value standardError grader { grader { name } } note }
  sampleOutcomes { behavior outcome count } sampleConditions { condition count }
  samples { nodes { outcomes { behavior outcome } conditions } }
  import { warnings kept { field how derived } leftOut { field count reason understood }
    rulesToPropose { scorer values { value count } }
    readings { same changes { subject before after } kept { field how } leftOut { field count } warnings } } } } }`;

export async function told(viewer: Principal, ref: string) {
  const { run } = await ask(viewer, RUN, { ref });
  return run;
}

/** What is told of a run with its own names put aside. */
export const apart = (run: { label: string }, task: string) =>
  JSON.parse(JSON.stringify(run).replaceAll(run.label, 'RUN').replaceAll(task, 'TASK'));

export const metricsOf = (run: { scores: { metric: string }[] }) =>
  run.scores.map(({ metric }) => metric).sort();

/** As if an earlier reader had told less of these runs, and otherwise what the first of their samples was to say. */
export async function readEarlier(...imports: readonly { id: bigint }[]) {
  const ids = imports.map(({ id }) => id);
  await pastTriggers('eval_run', async () => {
    await world.records.$executeRaw`
      update eval_run set metadata = metadata || '{"contentDigest": "another"}' where import_id = any(${ids}::bigint[])`;
  });
  await pastTriggers('eval_sample', async () => {
    await world.records.$executeRaw`
      update eval_sample s set target = 'earlier' from eval_run r
      where r.node_id = s.eval_run_id and r.import_id = any(${ids}::bigint[]) and s.sample_id = 's0'`;
  });
}

/** What is never changed is, for a test. */
export async function pastTriggers(table: string, change: () => Promise<unknown>) {
  await world.records.$executeRawUnsafe(`alter table ${table} disable trigger user`);
  await change();
  await world.records.$executeRawUnsafe(`alter table ${table} enable trigger user`);
}

export async function readAgain(id: bigint, by = owner) {
  const { rereadImport } = await ask(
    by,
    'mutation ($input: RereadImportInput!) { rereadImport(input: $input) { __typename ... on Error { message } } }',
    { input: { import: world.services.ids.encode('Import', id) } },
  );
  expect(rereadImport).toEqual({ __typename: 'RereadImportSuccess' });
}

/** What is told of how its file was read again, with its own names put aside. */
export async function readings(viewer: Principal, run: { ref: string }, task: string) {
  const { import: brought } = await told(viewer, run.ref);
  return JSON.parse(
    JSON.stringify(brought.readings)
      .replaceAll(/hiddenru[^"]*/g, 'RUN')
      .replaceAll(task, 'TASK'),
  );
}
