import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_BEHAVIOR_KNOWN } from '../../../api/src/interchange/told-by-rules.ts';
import { SENDER_WAS_TOLD } from '../../../api/src/interchange/told-report.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { ask, confirm, propose, world } from '../evaluation/scoring-world.ts';
import {
  apart,
  bringIn,
  colleague,
  metricsOf,
  openHiddenRules,
  owner,
  register,
  ruled,
  stranger,
  told,
} from './hidden-rules-world.ts';
import { asJson, logOf } from './inspect-fixture.ts';

beforeAll(openHiddenRules);
afterAll(() => world.close());

describe('a file that a rule read which somebody does not see', () => {
  it.each([
    ['measures a behaviour', 'measures', 'hidden-thing'],
    [
      'has no behaviour for the arguments',
      'is-silent',
      { argument: 'scenario', behaviors: [{ value: 'z', behavior: 'hidden-thing' }] },
    ],
  ])('is told of to them as one that none read, where the rule %s', async (_what, task, behavior) => {
    await ruled(task, behavior);
    const { ref } = await bringIn(task);
    const plainTask = `plain-${task}`;
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
    // Nor that there was something to be told, as that it was not seen as widely as it is.
    const narrowed =
      'A behaviour that is measured is seen by fewer people, so the eval run is visible as TEAM.';
    expect((await told(owner, ref)).import.warnings).toContain(narrowed);
    for (const viewer of [stranger, colleague])
      expect((await told(viewer, ref)).import.warnings).not.toContain(SENDER_WAS_TOLD);
  });

  it('is told of as one for which there is none, where its sender sees several of which none is applied', async () => {
    const { id } = await world.records.team.create({ data: { namespace: 'c', name: 'C' } });
    const ofBoth = await inTeams(world.records, await world.person('REPORTER'), [...owner.teamIds, id]);
    const [by, confirmed] = [await world.person('REPORTER'), await world.person('REPORTER')];
    for (const person of [by, confirmed]) Object.assign(person, await inTeams(world.records, person, [id]));
    await register(by, 'other-thing', 'TEAM');
    const [task, plainTask] = ['several-rules', 'no-rules'];
    await ruled(task, 'hidden-thing');
    await ruled(task, 'other-thing', { by, confirmed });
    const [run, plain] = [await bringIn(task, ofBoth), await bringIn(plainTask, ofBoth)];
    const { warnings } = (await told(ofBoth, run.ref)).import;
    expect(warnings).toContainEqual(expect.stringMatching(/^Several teams have a rule .* none was applied/));
    expect(warnings).toContain(NO_BEHAVIOR_KNOWN);
    const seen = await told(stranger, run.ref);
    expect(apart(seen, task)).toEqual(apart(await told(stranger, plain.ref), plainTask));
    expect(seen.import.warnings).toContain(NO_BEHAVIOR_KNOWN);
  });
});
