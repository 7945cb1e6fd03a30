// What a team states of another's activities and eval runs: it stands, and has no force over who may see those.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { mutating } from '../../testkit/mutate.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
  await world.build('registerSource', { name: 'crawl', visibility: 'PUBLIC' });
});
afterAll(() => world.api.close());

type Visibility = 'PUBLIC' | 'MEMBERS' | 'TEAM' | 'RESTRICTED';

const idOf = async (ref: string): Promise<string> => {
  const { data } = await world.api.as(world.auditor)(
    'query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }',
    { ref },
  );
  return data.lineageNode.id;
};
/** The id of a model, all of whose versions are shared with it. */
const modelOf = async (name: string): Promise<string> => {
  const { data } = await world.api.as(world.auditor)('query ($name: String!) { model(name: $name) { id } }', {
    name,
  });
  return data.model.id;
};
const sees = async (viewer: Principal | null, ref: string): Promise<boolean> => {
  const ask = viewer === null ? world.api.anonymous : world.api.as(viewer);
  const { data } = await ask('query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }', { ref });
  return data.lineageNode !== null;
};
const claims = async (viewer: Principal, ref: string): Promise<string[]> => {
  const { data } = await world.api.as(viewer)(
    'query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on TrainingRun { claims { text } } } }',
    { ref },
  );
  return (data.lineageNode?.claims ?? []).map(({ text }: { text: string }) => text).sort();
};

/** A model of the author's that a training run of theirs made. */
async function trained(name: string, visibility: Visibility): Promise<void> {
  const inputs = [{ of: 'source:lab/crawl', amount: 1 }];
  await world.build('registerModelVersion', {
    ...{ model: name, version: '1', visibility },
    trainedBy: {
      ...{ name: `${name}-run`, stage: 'PRETRAINING', startedFrom: 'SCRATCH' },
      composition: { unit: 'FRACTION', inputs },
    },
  });
}

/** A model of the named person's that they say was made by the author's training run. */
async function claimed(name: string, by: string, visibility: Visibility): Promise<void> {
  const { named } = world;
  await world.by(named)('registerModelVersion', { model: name, version: '1', visibility });
  await world.by(named)('assertEdge', {
    kind: 'GENERATED_BY',
    downstream: `model:other/${name}@1`,
    upstream: `training-run:lab/${by}-run`,
  });
}

describe('a training run that another team says made its own model', () => {
  it('is seen by nobody for it whom the other team names', async () => {
    const { named, stranger } = world;
    await trained('first', 'MEMBERS');
    await world.by(named)('registerModelVersion', { model: 'mine', version: '1', visibility: 'RESTRICTED' });
    const target = await modelOf('other/mine');
    await world.by(named)('shareWith', { target, people: [world.idOf(stranger)] }, 'shared { id }');
    await world.by(named)('assertEdge', {
      kind: 'GENERATED_BY',
      downstream: 'model:other/mine@1',
      upstream: 'training-run:lab/first-run',
    });
    await world.build(
      'shareWith',
      { target: await idOf('model:lab/first@1'), visibility: 'TEAM' },
      'shared { id }',
    );
    for (const viewer of [named, stranger, null])
      expect(await sees(viewer, 'training-run:lab/first-run'), viewer?.name).toBe(false);
    for (const viewer of [world.author, world.colleague])
      expect(await sees(viewer, 'training-run:lab/first-run'), viewer.name).toBe(true);
  });

  it('stays as wide as it is where they share that model with somebody, or narrow or widen it', async () => {
    const { named, stranger } = world;
    await trained('open', 'PUBLIC');
    await claimed('private', 'open', 'RESTRICTED');
    const target = await modelOf('other/private');
    await world.by(named)('shareWith', { target, people: [world.idOf(stranger)] }, 'shared { id }');
    expect(await sees(null, 'training-run:lab/open-run')).toBe(true);

    await trained('inner', 'MEMBERS');
    await claimed('wide', 'inner', 'MEMBERS');
    const model = await modelOf('other/wide');
    await world.by(named)('shareWith', { target: model, visibility: 'PUBLIC' }, 'shared { id }');
    expect(await sees(null, 'training-run:lab/inner-run')).toBe(false);
    expect(await sees(stranger, 'training-run:lab/inner-run')).toBe(true);
  });

  it('is what its own team makes it, whatever others have said of it', async () => {
    await trained('moving', 'MEMBERS');
    await claimed('anchored', 'moving', 'RESTRICTED');
    const model = await modelOf('lab/moving');
    await world.build('shareWith', { target: model, visibility: 'PUBLIC' }, 'shared { id }');
    expect(await sees(null, 'training-run:lab/moving-run')).toBe(true);
  });
});

describe('an activity that its own team says made what is shared', () => {
  it('is seen by those who are named, without what was said of it for fewer', async () => {
    const { author, named } = world;
    await world.build('registerModelVersion', { model: 'late', version: '1', visibility: 'TEAM' });
    const target = await idOf('model:lab/late@1');
    const model = await modelOf('lab/late');
    for (const id of [model, target])
      await world.build('shareWith', { target: id, people: [world.idOf(named)] }, 'shared { id }');
    const trainingRun = { name: 'late-run', stage: 'SFT', startedFrom: 'SCRATCH' };
    await world.build('recordTrainingRun', { trainingRun, visibility: 'MEMBERS' });
    for (const text of ['For all', 'For one'])
      await world.build('assertClaim', { node: 'training-run:lab/late-run', property: 'LICENSE', text });
    await world.api.records
      .$executeRaw`update claim set visibility = 'RESTRICTED' where value_text = 'For one'`;
    await world.build('assertEdge', {
      kind: 'GENERATED_BY',
      downstream: 'model:lab/late@1',
      upstream: 'training-run:lab/late-run',
    });
    expect(await claims(author, 'training-run:lab/late-run')).toEqual(['For all', 'For one']);
    expect(await claims(named, 'training-run:lab/late-run')).toEqual(['For all']);
  });
});

describe('what is for fewer than the thing that is shared', () => {
  it('is not shown to those who are named on that: a training run, an eval run', async () => {
    const { author, colleague, named } = world;
    await world.build('registerModelVersion', { model: 'shown', version: '1', visibility: 'TEAM' });
    const trainingRun = { name: 'shown-run', stage: 'SFT', startedFrom: 'SCRATCH' };
    await world.build('recordTrainingRun', { trainingRun, visibility: 'RESTRICTED' });
    await world.build('assertEdge', {
      kind: 'GENERATED_BY',
      downstream: 'model:lab/shown@1',
      upstream: 'training-run:lab/shown-run',
    });
    const people = [world.idOf(named)];
    await world.build('shareWith', { target: await modelOf('lab/shown'), people }, 'shared { id }');
    expect(await sees(named, 'model:lab/shown@1')).toBe(true);
    expect(await sees(named, 'training-run:lab/shown-run')).toBe(false);

    await world.build('registerModelVersion', { model: 'tried', version: '1', visibility: 'PUBLIC' });
    await world.build(
      'registerEvaluation',
      { name: 'trying', version: '1', visibility: 'PUBLIC' },
      'evaluationVersion { id }',
    );
    await world.build(
      'recordEvalRun',
      {
        ...{ name: 'team-run', evaluation: 'trying', evaluationVersion: '1' },
        ...{ modelVersion: 'model:lab/tried@1', visibility: 'TEAM' },
      },
      'evalRun { id }',
    );
    expect(await sees(colleague, 'eval-run:lab/team-run')).toBe(true);
    await world.build(
      'shareWith',
      { target: await modelOf('lab/tried'), visibility: 'RESTRICTED', people },
      'shared { id }',
    );
    expect(await sees(named, 'model:lab/tried@1')).toBe(true);
    expect(await sees(named, 'eval-run:lab/team-run')).toBe(false);
    expect(await sees(author, 'eval-run:lab/team-run')).toBe(true);
  });
});

describe('a training run that its team says made another team’s model', () => {
  it('is opened by nobody but its own team, and narrowed with the model', async () => {
    const { named, stranger } = world;
    const trainingRun = { name: 'lent-run', stage: 'SFT', startedFrom: 'SCRATCH' };
    await world.build('recordTrainingRun', { trainingRun, visibility: 'MEMBERS' });
    await world.by(named)('registerModelVersion', { model: 'lent', version: '1', visibility: 'MEMBERS' });
    await world.build('assertEdge', {
      kind: 'GENERATED_BY',
      downstream: 'model:other/lent@1',
      upstream: 'training-run:lab/lent-run',
    });
    const target = await modelOf('other/lent');
    await world.by(named)('shareWith', { target, visibility: 'PUBLIC' }, 'shared { id }');
    expect(await sees(null, 'model:other/lent@1')).toBe(true);
    expect(await sees(null, 'training-run:lab/lent-run')).toBe(false);
    await world.by(named)('shareWith', { target, visibility: 'TEAM' }, 'shared { id }');
    expect(await sees(world.colleague, 'training-run:lab/lent-run')).toBe(true);
    expect(await sees(stranger, 'training-run:lab/lent-run')).toBe(false);
  });
});

describe('an activity that somebody recorded of another’s output', () => {
  const made = (dataset: string) =>
    world.by(world.administrator)('registerDatasetVersion', {
      ...{ dataset, version: '1', visibility: 'RESTRICTED' },
    });
  const datasetOf = async (name: string): Promise<string> => {
    const { data } = await world.api.as(world.auditor)(
      'query ($name: String!) { dataset(name: $name) { id } }',
      { name },
    );
    return data.dataset.id;
  };
  const share = async (dataset: string) =>
    world.by(world.administrator)(
      'shareWith',
      { target: await datasetOf(`other/${dataset}`), people: [world.idOf(world.stranger)] },
      'shared { id }',
    );

  it('stays in the sight of whose output it made, where it is said to have made another, shared before or after', async () => {
    const { author, administrator } = world;
    for (const [when, own] of [
      ['before', 'shared-before'],
      ['after', 'shared-after'],
    ] as const) {
      await world.build('registerDatasetVersion', { dataset: own, version: '1', visibility: 'RESTRICTED' });
      const composition = { unit: 'FRACTION', inputs: [{ of: 'source:lab/crawl', amount: 1 }] };
      await world.by(administrator)('recordTransformation', {
        output: `dataset:lab/${own}@1`,
        transformation: { name: `${own}-making`, composition },
      });
      expect(await sees(author, `transformation:other/${own}-making`)).toBe(true);
      await made(`${own}-too`);
      if (when === 'before') await share(`${own}-too`);
      await world.by(administrator)('assertEdge', {
        kind: 'GENERATED_BY',
        downstream: `dataset:other/${own}-too@1`,
        upstream: `transformation:other/${own}-making`,
      });
      if (when === 'after') await share(`${own}-too`);
      expect(await sees(author, `transformation:other/${own}-making`), when).toBe(true);
      expect(await sees(world.colleague, `transformation:other/${own}-making`)).toBe(false);
    }
  });
});

describe('an eval run that another team says ran on its own model', () => {
  it('stays as wide as it is when they narrow that, and is widened without a word of it', async () => {
    const { named, author, api } = world;
    await world.build('registerModelVersion', { model: 'tested', version: '1', visibility: 'PUBLIC' });
    await world.build(
      'registerEvaluation',
      { name: 'probing', version: '1', visibility: 'PUBLIC' },
      'evaluationVersion { id }',
    );
    const run = async (name: string, visibility: Visibility): Promise<string> => {
      const on = { evaluation: 'probing', evaluationVersion: '1', modelVersion: 'model:lab/tested@1' };
      return (await world.build('recordEvalRun', { name, visibility, ...on }, 'evalRun { id }')).evalRun.id;
    };
    const stated = async (name: string, by: Principal, model: string) =>
      world.by(by)('assertEdge', { kind: 'EVALUATED', downstream: `eval-run:lab/${name}`, upstream: model });
    await run('public-run', 'PUBLIC');
    const members = await run('members-run', 'MEMBERS');
    await world.by(named)('registerModelVersion', { model: 'theirs', version: '1', visibility: 'MEMBERS' });
    for (const name of ['public-run', 'members-run']) await stated(name, named, 'model:other/theirs@1');
    const theirs = await idOf('model:other/theirs@1');
    await world.by(named)('shareWith', { target: theirs, visibility: 'RESTRICTED' }, 'shared { id }');
    expect(await sees(null, 'eval-run:lab/public-run')).toBe(true);
    const mutate = mutating(api, author);
    expect(
      await mutate('shareWith', { target: members, visibility: 'PUBLIC' }, 'shared { id }'),
    ).toMatchObject({
      __typename: 'ShareWithSuccess',
    });
    expect(await sees(null, 'eval-run:lab/members-run')).toBe(true);
  });
});
