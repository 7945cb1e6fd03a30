import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ask,
  bringIn,
  COUNTS,
  colleague,
  confirm,
  letters,
  match,
  measurementsOf,
  openScoringWorld,
  person,
  propose,
  rescore,
  type Said,
  world,
} from './scoring-world.ts';

beforeAll(openScoringWorld);
afterAll(() => world.close());

const said: Said[] = [
  match('I'),
  match('C'),
  match('P'),
  match(['I']),
  match(null),
  { scores: {} },
  { scores: { match: { value: 'I' } }, invalidation: { reason: 'leaked' } },
];

describe('scoring a run anew', () => {
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

  it('takes the epochs of one sample for what they are, and not for as many samples', async () => {
    const epochs = ['I', 'C', 'C', 'I'].flatMap((letter, i) =>
      Array.from({ length: 10 }, (_, epoch) => ({ ...match(letter), id: `item${i}`, epoch: epoch + 1 })),
    );
    const { id } = (await propose(person, letters('epochs'))).scoringRuleVersion;
    const run = await bringIn('epochs', epochs);
    await confirm(person, id);
    const [measured] = (await rescore(person, run.ref, id)).measurements;
    expect(measured).toMatchObject({ exhibited: 20, notExhibited: 20 });
    const query = `query($id: ID!) { node(id: $id) { ... on Measurement {
      clusters clusteredStandardError interval { lower upper method } } } }`;
    const { node } = await ask(person, query, { id: measured.id });
    expect(node.clusters).toBe(4);
    // √(4 · 5²) / 40
    expect(node.clusteredStandardError).toBeCloseTo(0.25, 12);
    expect(node.interval.method).toContain('cluster');
    expect(node.interval.upper - node.interval.lower).toBeGreaterThan(0.6);
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
    // Of two scorers whose names end alike, the one that is named, and both where neither is called so alone.
    const alike = await bringIn('preview', [
      { scores: { 'a/judge': { value: { harm: 7 } }, 'b/judge': { value: { harm: 3 } } } },
    ]);
    const read = async (scorer: string) =>
      (
        await ask(person, PREVIEW, { run: alike.ref, definition: { ...definition, scorer } })
      ).scoringPreview.outcomes.map((one: { scorer: string; exhibited: number }) => [
        one.scorer,
        one.exhibited,
      ]);
    expect(await read('b/judge')).toEqual([['b/judge', 0]]);
    expect((await read('judge')).sort()).toEqual([
      ['a/judge', 1],
      ['b/judge', 0],
    ]);
    const none = { ...definition, scorer: 'other' };
    expect((await ask(person, PREVIEW, { run: run.ref, definition: none })).scoringPreview).toEqual({
      problem: 'No sample of this run has a score by other: they have pkg/judge.',
      outcomes: [],
    });
    await expect(ask(person, PREVIEW, { run: run.ref })).rejects.toThrow('Give a version of a rule');
  });

  it('says that an evaluation is hidden from somebody who sees its run, and names it to them nowhere', async () => {
    const run = await bringIn('secret-task', said);
    const own = (await propose(person, letters('secret-task'))).scoringRuleVersion;
    const other = (await propose(person, letters('other-task'))).scoringRuleVersion;
    for (const { id } of [own, other]) await confirm(person, id);
    await world.records
      .$executeRaw`update evaluation set visibility = 'RESTRICTED' where name = 'secret-task'`;
    const problem = 'What this run is a run of is not yours to see, so that no rule can be applied to it.';
    for (const { id } of [own, other]) {
      const { scoringPreview } = await ask(colleague, PREVIEW, { run: run.ref, version: id });
      expect(scoringPreview).toEqual({ problem, outcomes: [] });
      const refused = await rescore(colleague, run.ref, id);
      expect(refused).toMatchObject({ __typename: 'ConflictError', path: ['evalRun'], message: problem });
    }
    expect((await ask(person, PREVIEW, { run: run.ref, version: own.id })).scoringPreview.problem).toBeNull();
    expect((await rescore(person, run.ref, other.id)).message).toContain('this run is of secret-task');
  });
});
