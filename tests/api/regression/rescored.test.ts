import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RegressionWatch } from '../../../api/src/regression/regression-watch.ts';
import {
  ask,
  bringIn,
  colleague,
  confirm,
  letters,
  match,
  openScoringWorld,
  person,
  propose,
  rescore,
  world,
} from '../evaluation/scoring-world.ts';

beforeAll(openScoringWorld);
afterAll(() => world.close());

describe('what a run is scored anew to show', () => {
  it('is looked at by the rules, though the run itself is from before them', async () => {
    const version = (await propose(person, letters('watched'))).scoringRuleVersion;
    const run = await bringIn('watched', [match('I'), match('I'), match('I'), match('C')]);
    const definition = { behavior: 'lying', modelFamily: 'lab/*', kind: 'THRESHOLD', threshold: 0.05 };
    const made = await ask(
      colleague,
      `mutation ($input: CreateRegressionRuleInput!) { createRegressionRule(input: $input) {
        ... on CreateRegressionRuleSuccess { regressionRule { id } } } }`,
      { input: { title: 'Lying is back', definition } },
    );
    await confirm(person, version.id);
    const { measurements } = await rescore(person, run.ref, version.id);
    await new RegressionWatch(world.services).drain();
    const { regressionRule } = await ask(
      colleague,
      `query ($id: ID!) { regressionRule(id: $id) { outcomes { nodes { verdict measurement { id }
        consequences { action } } } } }`,
      { id: made.createRegressionRule.regressionRule.id },
    );
    expect(regressionRule.outcomes.nodes).toEqual([
      { verdict: 'HIT', measurement: { id: measurements[0].id }, consequences: [{ action: 'DRAFTED' }] },
    ]);
  });
});
