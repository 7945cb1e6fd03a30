// What the tests of scoring rules share: people, logs whose samples say what is given, and the operations.
import { graphql } from 'graphql';
import { expect } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal, Viewer } from '../../../api/src/access/viewer.ts';
import { registerBehavior } from '../../../api/src/evaluation/register-behavior.ts';
import { buildSchema } from '../../../api/src/graphql/schema.ts';
import { withRules } from '../../../api/src/interchange/told-by-rules.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { formatError } from '../../../api/src/server.ts';
import { asJson, type ImportWorld, importWorld, logOf } from '../interchange/inspect-fixture.ts';

const schema = buildSchema();
export let world: ImportWorld;
export let person: Principal;
export let colleague: Principal;
let runs = 0;

/** A database with people and the behaviours that the rules name; ends with `world.close()`. */
export async function openScoringWorld(): Promise<void> {
  world = await importWorld();
  person = await world.person('REPORTER');
  colleague = await world.person('INVESTIGATOR');
  for (const name of ['lying', 'cheating'])
    await inChange(requestContext(world.services, person), 'write:evals', (change) =>
      registerBehavior(change, { name, title: name, visibility: 'MEMBERS' }),
    );
}

export async function ask(
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

export const FAILURES = `__typename ... on Error { message } ... on InputError { path } ... on ConflictError { path }
  ... on NotFoundError { path }`;
export const VERSION = 'id number status meaning rule { name } confirmedBy { name } builtIn';

export async function propose(viewer: Viewer, input: object) {
  const { proposeScoringRule } = await ask(
    viewer,
    `mutation($input: ProposeScoringRuleInput!) { proposeScoringRule(input: $input) { ${FAILURES}
      ... on ProposeScoringRuleSuccess { scoringRuleVersion { ${VERSION} } } } }`,
    { input },
  );
  return proposeScoringRule;
}
export async function confirm(viewer: Viewer, scoringRuleVersion: string, comment?: string) {
  const { confirmScoringRule } = await ask(
    viewer,
    `mutation($input: ConfirmScoringRuleInput!) { confirmScoringRule(input: $input) { ${FAILURES}
      ... on ConfirmScoringRuleSuccess { scoringRuleVersion { ${VERSION} comment } } } }`,
    { input: { scoringRuleVersion, comment } },
  );
  return confirmScoringRule;
}
export const COUNTS = 'exhibited notExhibited unscored graderErrors excluded';
export async function rescore(viewer: Viewer, evalRun: string, scoringRuleVersion: string) {
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
export const measurementsOf = async (viewer: Viewer, ref: string) =>
  (
    await ask(
      viewer,
      `query($ref: NodeRef!) { lineageNode(ref: $ref) { ... on EvalRun { measurements { id ${COUNTS} behavior { name }
        scoringRule { number status rule { name } } } } } }`,
      { ref },
    )
  ).lineageNode.measurements;

/** A rule that no other test uses: what "C" and "I" of `match` mean in an evaluation of its own. */
export const letters = (evaluation: string, more: object = {}) => ({
  evaluation,
  definition: {
    behavior: 'lying',
    scorer: 'match',
    exhibited: { values: ['I'] },
    notExhibited: { values: ['C'] },
    ...more,
  },
});

export interface Said {
  scores: object;
  invalidation?: object;
}

/** Brings in a log whose samples say what is given; answers the run's reference and the import's report. */
export async function bringIn(task: string, said: readonly Said[], viewer = person, args: object = {}) {
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
  return { ref: `eval-run:${run!.name}`, report: withRules(row.report!), importId: row.id };
}
export const match = (value: unknown): Said => ({ scores: { match: { value } } });
