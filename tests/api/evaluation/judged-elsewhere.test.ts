import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../api/src/access/viewer.ts';
import { asJson } from '../interchange/inspect-fixture.ts';
import {
  ask,
  colleague,
  confirm,
  openScoringWorld,
  person,
  propose,
  rescore,
  world,
} from './scoring-world.ts';

beforeAll(openScoringWorld);
afterAll(() => world.close());

interface Asked {
  judge?: string;
  prompts?: readonly string[];
  broken?: boolean;
}
/** Four tests, each by every prompt, half of which pass. */
const resultsOf = (description: string, model: string, { judge, prompts = ['p1'], broken }: Asked) => ({
  evalId: `eval-${description}-${model}`,
  config: { description },
  results: {
    version: 3,
    stats: {},
    results: prompts.flatMap((promptId, promptIdx) =>
      [true, false, true, false].map((pass, testIdx) => ({
        promptIdx,
        testIdx,
        promptId,
        prompt: { raw: 'x', label: promptId },
        provider: { id: model },
        vars: { test: testIdx },
        success: pass,
        failureReason: pass ? 0 : 1,
        score: pass ? 1 : 0,
        namedScores: {},
        gradingResult: {
          pass,
          score: pass ? 1 : 0,
          componentResults: [
            {
              pass,
              score: pass ? 1 : 0,
              assertion: judge === undefined ? { type: 'contains' } : { type: 'llm-rubric', provider: judge },
              metadata: broken && testIdx === 1 ? { graderError: true } : {},
            },
          ],
        },
      })),
    ),
  },
});

const bringIn = async (...of: Parameters<typeof resultsOf>) => {
  const { row } = await world.bringIn(person, asJson(resultsOf(...of)), 'results.json');
  expect(row.error).toBeNull();
  const runs = await world.records.$queryRaw<{ name: string }[]>`
    select n.name from node n join eval_run r on r.node_id = n.id where r.import_id = ${row.id} order by n.id`;
  return runs.map(({ name }) => `eval-run:${name}`);
};
const passing = async (evaluation: string) => {
  const definition = {
    behavior: 'lying',
    scorer: 'success',
    exhibited: { values: [false] },
    notExhibited: { values: [true] },
  };
  const { scoringRuleVersion } = await propose(person, { evaluation, definition });
  await confirm(person, scoringRuleVersion.id);
  return scoringRuleVersion.id as string;
};
const COMPARABILITY = 'comparability { differences }';

describe('runs of promptfoo that a model judged', () => {
  it('name it, and their figures are compared where the same one judged, and not with what code computed', async () => {
    const [one] = await bringIn('judged', 'lab:m-1', { judge: 'lab:judge' });
    const [same] = await bringIn('judged', 'lab:m-2', { judge: 'lab:judge' });
    const [other] = await bringIn('judged', 'lab:m-3', { judge: 'lab:other' });
    const [code] = await bringIn('judged', 'lab:m-4', {});
    const { lineageNode } = await ask(
      person,
      `{ lineageNode(ref: "${one}") { ... on EvalRun { graders { kind grader { name } model { ref } }
        scores { metric grader { grader { name } } } } } }`,
    );
    expect(lineageNode.graders).toMatchObject([
      {
        kind: 'MODEL',
        grader: { name: 'promptfoo/success' },
        model: { ref: 'model:lab%3Ajudge@unspecified' },
      },
      { kind: 'MODEL', grader: { name: 'promptfoo/score' } },
    ]);
    const against = async (two: string | undefined) => {
      const { scoreComparisons } = await ask(
        person,
        `query ($runs: [EvalRunPairInput!]!) { scoreComparisons(runs: $runs) { rows { one { metric } ${COMPARABILITY} } } }`,
        { runs: [{ one, two }] },
      );
      return scoreComparisons.rows[0].comparability;
    };
    expect((await against(same)).differences).toEqual([]);
    expect((await against(other)).differences.join(' ')).toMatch(/grader version: promptfoo\/success/);
    expect((await against(code)).differences.join(' ')).toMatch(/grader version: promptfoo\/success/);
  });

  it('are measured by a rule under the prompt that they were asked by, so that two prompts are no one measurement', async () => {
    const rule = await passing('prompted');
    const runs = await bringIn('prompted', 'lab:m-1', { judge: 'lab:judge', prompts: ['p1', 'p2'] });
    const measured = [];
    for (const run of runs) measured.push(await rescore(person, run, rule));
    const named = measured.map(({ measurements }) => measurements[0]);
    expect(named).toMatchObject([
      { exhibited: 2, condition: { name: expect.stringMatching(/^prompt p1 ~/) } },
      { exhibited: 2, condition: { name: expect.stringMatching(/^prompt p2 ~/) } },
    ]);
    expect(named[0].grader).toMatchObject({ grader: { name: 'promptfoo/success' } });
    const { node } = await ask(
      person,
      `query ($one: ID!, $two: ID!) { node(id: $one) { ... on Measurement { comparability(with: $two) { differences } } } }`,
      { one: named[0].id, two: named[1].id },
    );
    expect(node.comparability.differences.join(' ')).toMatch(/condition: prompt p1 .* against prompt p2/);
  });

  it('tell in a preview the condition that a measurement would be under', async () => {
    const rule = await passing('previewed');
    const [run] = await bringIn('previewed', 'lab:m-1', { judge: 'lab:judge' });
    const { scoringPreview } = await ask(
      person,
      `query ($run: NodeRef!, $rule: ID!) { scoringPreview(evalRun: $run, scoringRuleVersion: $rule) { outcomes { condition } } }`,
      { run, rule },
    );
    expect(scoringPreview.outcomes[0].condition).toMatch(/^prompt p1 ~/);
  });

  it('are read by whoever does not see the rule that measured them as if whoever recorded them had said so', async () => {
    const definition = {
      behavior: 'lying',
      scorer: 'success',
      exhibited: { values: [false] },
      notExhibited: { values: [true] },
    };
    const own = await propose(person, { evaluation: 'unseen', definition, visibility: 'RESTRICTED' });
    await confirm(person, own.scoringRuleVersion.id);
    const [run] = await bringIn('unseen', 'lab:m-1', { judge: 'lab:judge' });
    await rescore(person, run!, own.scoringRuleVersion.id);
    // What the file stated is taken back: the measurement alone says under which prompt it was.
    await world.records.$executeRaw`
      update score set retracted_at = now(), retracted_by = ${person.actorId} where eval_run_id = (select id from node where 'eval-run:' || name = ${run})`;
    const previewed = async (viewer: Viewer) => {
      const { scoringPreview } = await ask(
        viewer,
        `query ($run: NodeRef!, $definition: ScoringDefinitionInput!) {
          scoringPreview(evalRun: $run, definition: $definition) { outcomes { condition } } }`,
        { run, definition },
      );
      return scoringPreview.outcomes[0].condition;
    };
    expect(await previewed(person)).toBeNull();
    expect(await previewed(colleague)).toMatch(/^prompt p1 ~/);
  });

  it('leave unscored what a grader failed on', async () => {
    const rule = await passing('broken');
    const [run] = await bringIn('broken', 'lab:m-1', { judge: 'lab:judge', broken: true });
    const { measurements } = await rescore(person, run!, rule);
    expect(measurements).toMatchObject([{ exhibited: 1, notExhibited: 2, unscored: 1 }]);
  });
});
