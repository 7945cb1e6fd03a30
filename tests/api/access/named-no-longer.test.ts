// Who is named on a thing no longer, or never was: they see nothing that is to be no wider than it either.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { mutating } from '../../testkit/mutate.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
  await evaluation('probing', 'PUBLIC');
});
afterAll(() => world.api.close());

const asked = async (query: string, variables: Record<string, unknown>) =>
  (await world.api.as(world.auditor)(query, variables)).data;
const idOf = async (ref: string): Promise<string> =>
  (await asked('query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }', { ref })).lineageNode.id;
const modelOf = async (name: string): Promise<string> =>
  (await asked('query ($name: String!) { model(name: $name) { id } }', { name: `lab/${name}` })).model.id;
const evaluationOf = async (name: string): Promise<string> =>
  (await asked('query ($name: String!) { evaluation(name: $name) { id } }', { name: `lab/${name}` }))
    .evaluation.id;
const evaluation = (name: string, visibility: string) =>
  world.build('registerEvaluation', { name, version: '1', visibility }, 'evaluationVersion { id }');
const model = (name: string, visibility: string) =>
  world.build('registerModelVersion', { model: name, version: '1', visibility });
const run = (name: string, modelVersion: string, more: object = {}, by = world.author) =>
  world.by(by)(
    'recordEvalRun',
    { name, evaluation: 'lab/probing', evaluationVersion: '1', modelVersion, ...more },
    'evalRun { id }',
  );
const share = (target: string, people: Principal[], more: object = {}) =>
  world.build('shareWith', { target, people: people.map(world.idOf), ...more }, 'shared { id }');
const RESTRICTED = { visibility: 'RESTRICTED' };

/** Of the other team's two and the author's colleague, those who see it. */
const seeing = async (ref: string): Promise<string[]> => {
  const { author, named, stranger, colleague } = world;
  const found: string[] = [];
  for (const [name, viewer] of Object.entries({ author, colleague, named, stranger })) {
    const ask = 'query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }';
    if ((await world.api.as(viewer)(ask, { ref })).data.lineageNode !== null) found.push(name);
  }
  return found;
};

describe('an eval run of a model', () => {
  it('is hidden with its model version from whom that is taken from', async () => {
    const { named, stranger } = world;
    await model('parted', 'MEMBERS');
    await run('parted-run', 'model:lab/parted@1');
    await share(await modelOf('parted'), [named, stranger], RESTRICTED);
    expect(await seeing('eval-run:lab/parted-run')).toEqual(['author', 'named', 'stranger']);
    const version = await idOf('model:lab/parted@1');
    await share(version, [named]);
    expect(await seeing('model:lab/parted@1')).toEqual(['author', 'named']);
    expect(await seeing('eval-run:lab/parted-run')).toEqual(['author', 'named']);
    await share(version, []);
    expect(await seeing('eval-run:lab/parted-run')).toEqual(['author']);
  });

  it('is hidden from them where it was shared with them by itself, too, and where they keep its evaluation', async () => {
    const { named, stranger } = world;
    await model('alone', 'MEMBERS');
    await share(await modelOf('alone'), [named, stranger], RESTRICTED);
    await run('alone-run', 'model:lab/alone@1', RESTRICTED);
    await share(await idOf('eval-run:lab/alone-run'), [named, stranger]);
    await share(await modelOf('alone'), [named]);
    expect(await seeing('eval-run:lab/alone-run')).toEqual(['author', 'named']);

    await evaluation('rare', 'MEMBERS');
    await model('rarely', 'MEMBERS');
    await run('rare-run', 'model:lab/rarely@1', { evaluation: 'lab/rare' });
    await share(await evaluationOf('rare'), [named, stranger], RESTRICTED);
    expect(await seeing('eval-run:lab/rare-run')).toEqual(['author', 'named', 'stranger']);
    await share(await modelOf('rarely'), [named], RESTRICTED);
    expect(await seeing('eval-run:lab/rare-run')).toEqual(['author', 'named']);
    // Nor are they shown it, who see one of the two alone.
    await share(await modelOf('rarely'), [named, world.colleague]);
    expect(await seeing('model:lab/rarely@1')).toEqual(['author', 'colleague', 'named']);
    expect(await seeing('eval-run:lab/rare-run')).toEqual(['author', 'named']);
  });

  it('of another team is that team’s where the model is not', async () => {
    const { named, api } = world;
    await model('wide', 'MEMBERS');
    await run('wide-run', 'model:lab/wide@1', {}, named);
    expect(await seeing('eval-run:other/wide-run')).toContain('stranger');
    await share(await modelOf('wide'), [], { visibility: 'TEAM' });
    expect(await seeing('model:lab/wide@1')).toEqual(['author', 'colleague']);
    expect(await seeing('eval-run:other/wide-run')).toEqual(['author', 'named']);

    await model('teams', 'TEAM');
    for (const target of [await modelOf('teams'), await idOf('model:lab/teams@1')])
      await share(target, [named]);
    await run('teams-run', 'model:lab/teams@1', {}, named);
    expect(await seeing('eval-run:other/teams-run')).toEqual(['named']);
    const toTeam = { target: await idOf('eval-run:other/teams-run'), visibility: 'TEAM' };
    expect(await mutating(api, named)('shareWith', toTeam, 'shared { id }')).toMatchObject({
      __typename: 'InputError',
      path: ['visibility'],
    });
    const on = { evaluation: 'lab/probing', evaluationVersion: '1', modelVersion: 'model:lab/teams@1' };
    expect(
      await mutating(api, named)('recordEvalRun', { name: 'teams-too', visibility: 'TEAM', ...on }),
    ).toMatchObject({ __typename: 'InputError', path: ['visibility'] });
  });
});

describe('a version that was shared by itself', () => {
  it('is hidden with its model from whom that is taken from, with what was tried on it', async () => {
    const { named, stranger } = world;
    await model('own', 'MEMBERS');
    await run('own-run', 'model:lab/own@1');
    const target = await modelOf('own');
    await share(target, [named, stranger], RESTRICTED);
    await share(await idOf('model:lab/own@1'), [named, stranger]);
    await share(target, [named]);
    expect(await seeing('model:lab/own@1')).toEqual(['author', 'named']);
    expect(await seeing('eval-run:lab/own-run')).toEqual(['author', 'named']);
    // Who is named on it later is shown what was tried on it, as before.
    await share(target, [named, world.colleague]);
    await share(await idOf('model:lab/own@1'), [named, world.colleague]);
    expect(await seeing('eval-run:lab/own-run')).toEqual(['author', 'colleague', 'named']);
  });
});

describe('a training run', () => {
  it('is hidden from whom one of its outputs is taken from', async () => {
    const { named, stranger } = world;
    const trainingRun = { name: 'twice', stage: 'SFT', startedFrom: 'SCRATCH' };
    await world.build('recordTrainingRun', { trainingRun, visibility: 'MEMBERS' });
    for (const name of ['first-of-two', 'second-of-two']) {
      await model(name, 'MEMBERS');
      await world.build('assertEdge', {
        ...{ kind: 'GENERATED_BY', downstream: `model:lab/${name}@1`, upstream: 'training-run:lab/twice' },
      });
      await share(await modelOf(name), [named, stranger], RESTRICTED);
    }
    expect(await seeing('training-run:lab/twice')).toEqual(['author', 'named', 'stranger']);
    await share(await modelOf('second-of-two'), [named]);
    expect(await seeing('training-run:lab/twice')).toEqual(['author', 'named']);
  });
});

describe('an eval run that has the people of a model', () => {
  it('names nobody on the model, when it is of that no longer and shared with others', async () => {
    const { named, stranger } = world;
    await model('former', 'MEMBERS');
    await run('former-run', 'model:lab/former@1');
    await share(await modelOf('former'), [named], RESTRICTED);
    const { lineageNode } = await asked(
      'query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on EvalRun { lineage { edges { id kind } } } } }',
      { ref: 'eval-run:lab/former-run' },
    );
    const target = lineageNode.lineage.edges.find(({ kind }: { kind: string }) => kind === 'EVALUATED').id;
    await world.build('retract', { target, reason: 'It ran on another.' });
    await share(await idOf('eval-run:lab/former-run'), [stranger]);
    expect(await seeing('model:lab/former@1')).toEqual(['author', 'named']);
    expect(await seeing('eval-run:lab/former-run')).toEqual(['author', 'stranger']);
  });
});
