import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { mutating } from '../../testkit/mutate.ts';
import { type SharedWorld, sharedWorld } from '../access/shared-world.ts';

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
  await world.build('registerBehavior', { name: 'lying', title: 'Lying' });
  await world.api.records.$executeRaw`update behavior set visibility = 'PUBLIC' where name = 'lying'`;
  await world.build('registerModelVersion', { model: 'tested', version: '1', visibility: 'PUBLIC' });
});
afterAll(() => world.api.close());

const definition = {
  behavior: 'lying',
  scorer: 'match',
  exhibited: { values: ['I'] },
  notExhibited: { values: ['C'] },
};

/** How a thing of each kind is recorded under a name, and where the name stands in the input. */
const KINDS = [
  ['registerEvaluation', 'name', (name: string, version: string) => ({ name, version })],
  ['registerGrader', 'name', (name: string, version: string) => ({ name, version, kind: 'MODEL' })],
  [
    'publishStandard',
    'name',
    (name: string, version: string) => ({ name, version, kind: 'rubric', title: 'A title' }),
  ],
  ['registerBehavior', 'name', (name: string) => ({ name, title: 'A title' })],
  ['proposeScoringRule', 'name', (name: string) => ({ name, evaluation: 'letters', definition })],
  ['registerModelVersion', 'model', (name: string, version: string) => ({ model: name, version })],
  ['registerDatasetVersion', 'dataset', (name: string, version: string) => ({ dataset: name, version })],
] as const;

/** Those of which only an import says who may see them, with their tables. */
const SAID_BY_IMPORTS: Readonly<Record<string, string>> = {
  registerBehavior: 'behavior',
  registerGrader: 'grader',
  publishStandard: 'standard',
};
const narrow = (table: string, names: readonly string[]) =>
  world.api.records.$executeRawUnsafe(
    `update ${table} set visibility = 'RESTRICTED' where name = any($1::text[])`,
    names,
  );

const VERSIONS = ['evaluation_version', 'grader_version', 'standard_version', 'scoring_rule_version', 'node'];
const counted = async () =>
  Promise.all(
    VERSIONS.map(async (table) => {
      const [row] = await world.api.records.$queryRawUnsafe<[{ n: bigint }]>(
        `select count(*) as n from ${table}`,
      );
      return [table, row.n];
    }),
  );

/** The refusal with the name put aside: it was given by whoever is refused. */
const told = (answer: object, name: string) => JSON.stringify(answer).replaceAll(name, 'NAME');

describe("a name of the team's that is held by what the writer may not see", () => {
  it.each(KINDS)('is refused as taken by %s, in one way whatever it holds', async (mutation, path, input) => {
    const [one, two] = [`${mutation}-one`, `${mutation}-two`];
    const versioned = mutation !== 'registerBehavior';
    const table = SAID_BY_IMPORTS[mutation];
    const as = (visibility: string) => (table === undefined ? { visibility } : {});
    await world.build(mutation, { ...input(one, '1'), ...as('RESTRICTED') });
    await world.build(mutation, { ...input(two, '1'), ...as('RESTRICTED') });
    if (versioned) await world.build(mutation, { ...input(two, '2'), ...as('RESTRICTED') });
    if (table !== undefined) await narrow(table, [one, two]);
    const before = await counted();
    const by = mutating(world.api, world.colleague);
    const refusals = [];
    for (const [name, version] of [
      [one, '1'],
      [one, '9'],
      [two, '1'],
      [two, '2'],
      [two, '9'],
    ] as const)
      for (const visibility of ['RESTRICTED', 'PUBLIC'])
        refusals.push(told(await by(mutation, { ...input(name, version), ...as(visibility) }), name));
    expect(await counted()).toEqual(before);
    expect([...new Set(refusals)]).toEqual([
      told(
        {
          __typename: 'ConflictError',
          message: 'The name "NAME" is taken in your team\'s namespace.',
          path: [path],
          existing: null,
          lineagePath: null,
        },
        'NAME',
      ),
    ]);
    // What another team calls so is its own.
    const stranger = await mutating(world.api, world.stranger)(mutation, {
      ...input(two, '1'),
      ...(mutation === 'proposeScoringRule' ? { definition: { ...definition, behavior: 'lab/lying' } } : {}),
    });
    expect(stranger.__typename).toMatch(/Success$/);
    // And its owner adds to it as before.
    if (versioned)
      expect(await mutating(world.api, world.author)(mutation, input(two, '9'))).toMatchObject({
        __typename: expect.stringMatching(/Success$/),
      });
  });

  it("leaves its owner's judge what it was", async () => {
    await world.build('registerEvaluation', { name: 'judged', version: '1' });
    await world.build('registerGrader', { name: 'judge', version: 'ours', kind: 'MODEL' });
    await narrow('grader', ['judge']);
    await mutating(world.api, world.colleague)('registerGrader', {
      name: 'judge',
      version: 'theirs',
      kind: 'HUMAN',
    });
    const { evalRun } = await world.build(
      'recordEvalRun',
      {
        name: 'judged-run',
        evaluation: 'judged',
        evaluationVersion: '1',
        modelVersion: 'model:lab/tested@1',
        measurements: [{ behavior: 'lying', exhibited: 1, notExhibited: 1, grader: 'judge' }],
      },
      'evalRun { measurements { grader { version } } }',
    );
    expect(evalRun.measurements).toEqual([{ grader: { version: 'ours' } }]);
  });
});

describe('whoever may write and not read', () => {
  const writing = (scope: 'write:lineage' | 'write:evals'): Principal => ({
    ...world.author,
    scopes: new Set([scope]),
  });

  it.each(KINDS)('records by %s under a name that is free', async (mutation, _path, input) => {
    const scope = /Model|Dataset/.test(mutation) ? 'write:lineage' : 'write:evals';
    const made = await mutating(world.api, writing(scope))(
      mutation,
      input(`${mutation}-free`, '1'),
      '__typename',
    );
    expect(made.__typename).toMatch(/Success$/);
  });
});
