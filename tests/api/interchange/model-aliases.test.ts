import { graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal, Viewer } from '../../../api/src/access/viewer.ts';
import { buildSchema } from '../../../api/src/graphql/schema.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { registerModelVersion } from '../../../api/src/model/register-model-version.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { asJson, type ImportWorld, importWorld, logOf } from './inspect-fixture.ts';
import { type FileOfModel, FORMATS_OF_MODELS, promptfooOf } from './model-in-formats.ts';

const schema = buildSchema();
let world: ImportWorld;
let person: Principal;
let colleague: Principal;
let runs = 0;

beforeAll(async () => {
  world = await importWorld();
  person = await world.person('REPORTER');
  colleague = await world.person('REPORTER');
  await register('opus', '4', 'MEMBERS');
  await register('opus', '3', 'MEMBERS');
  await register('sonnet', '4', 'RESTRICTED');
});
afterAll(() => world.close());

const register = (model: string, version: string, visibility: VisibilityWord) =>
  inChange(requestContext(world.services, person), 'write:lineage', (change) =>
    registerModelVersion(change, { model, version, visibility }),
  );

async function ask(
  viewer: Viewer,
  source: string,
  variableValues: Record<string, unknown> = {},
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, written beside the expectation
): Promise<any> {
  const contextValue = requestContext(world.services, viewer);
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  if (errors) throw new Error(errors.map((error) => error.message).join('; '));
  return JSON.parse(JSON.stringify(data));
}

async function bringIn(model: string, viewer = person, modelArgs: object | null = null) {
  runs += 1;
  const evalId = `aliasrun${String(runs).padStart(6, '0')}`.split('').reverse().join('');
  const log = logOf({ model, evalId });
  const stated = { ...log, eval: { ...log.eval, ...(modelArgs === null ? {} : { model_args: modelArgs }) } };
  const { row } = await world.bringIn(viewer, asJson(stated));
  expect(row.error).toBeNull();
  const id = requestContext(world.services, viewer).ids.encode('Import', row.id);
  const answer = await ask(
    viewer,
    `query($id: ID!) { import(id: $id) { warnings evalRun { modelVersion { ref } judgedBy { ref } }
      model { name recordedAs { ref } alias { id name modelVersion { ref } confirmedBy { name } } candidates { ref } } } }`,
    { id },
  );
  return answer.import;
}

const FAILURES =
  '__typename ... on Error { message } ... on ConflictError { path } ... on NotFoundError { path }';
const confirm = async (viewer: Viewer, name: string, modelVersion: string) =>
  (
    await ask(
      viewer,
      `mutation($input: ConfirmModelAliasInput!) { confirmModelAlias(input: $input) { ${FAILURES}
        ... on ConfirmModelAliasSuccess { modelAlias { id name modelVersion { ref } } } } }`,
      { input: { name, modelVersion } },
    )
  ).confirmModelAlias;

describe('the name of a model in a log', () => {
  it('is recorded as it stands until a person says what is meant, and is never guessed', async () => {
    const first = await bringIn('anthropic/opus-4');
    expect(first.evalRun.modelVersion.ref).toBe('model:anthropic/opus-4@unspecified');
    expect(first.model).toMatchObject({
      name: 'anthropic/opus-4',
      recordedAs: { ref: 'model:anthropic/opus-4@unspecified' },
      alias: null,
      candidates: [{ ref: 'model:opus@4' }],
    });
  });

  it('is what a person confirmed in later imports, which say so; earlier runs stay', async () => {
    const before = await bringIn('vendor/opus-4-latest');
    const made = await confirm(person, 'vendor/opus-4-latest', 'model:opus@4');
    expect(made.modelAlias).toMatchObject({
      name: 'vendor/opus-4-latest',
      modelVersion: { ref: 'model:opus@4' },
    });
    const after = await bringIn('vendor/opus-4-latest', colleague);
    expect(after.evalRun.modelVersion.ref).toBe('model:opus@4');
    expect(after.model.alias).toMatchObject({ confirmedBy: { name: person.name } });
    expect(after.warnings).toContain(
      'The log names the model under test vendor/opus-4-latest: it is recorded as model:opus@4, as a person of your team confirmed that name to mean.',
    );
    expect(after.warnings.join(' ')).not.toContain('vendor/opus-4-latest, without a version');
    const runs = await ask(
      person,
      '{ evalRuns(filter: { modelVersion: "model:vendor/opus-4-latest@unspecified" }) { totalCount } }',
    );
    expect(runs.evalRuns.totalCount).toBe(1);
    expect(before.evalRun.modelVersion.ref).toBe('model:vendor/opus-4-latest@unspecified');
  });

  it('means one thing in a team, until it is taken back', async () => {
    const { modelAlias } = await confirm(person, 'means-one', 'model:opus@3');
    expect(await confirm(colleague, 'means-one', 'model:opus@3')).toMatchObject({
      __typename: 'ConflictError',
      message: 'means-one is confirmed to mean model:opus@3 already.',
    });
    expect((await confirm(colleague, 'means-one', 'model:opus@4')).message).toContain('retract that first');
    const retract = (viewer: Viewer) =>
      ask(
        viewer,
        `mutation($input: RetractModelAliasInput!) { retractModelAlias(input: $input) { ${FAILURES}
          ... on RetractModelAliasSuccess { modelAlias { retractedAt } } } }`,
        { input: { modelAlias: modelAlias.id, reason: 'another checkpoint' } },
      );
    const stranger = await inAnotherTeam(world.records, await world.person('REPORTER'));
    await expect(retract(stranger)).resolves.toMatchObject({
      retractModelAlias: { __typename: 'NotFoundError' },
    });
    expect((await retract(colleague)).retractModelAlias.modelAlias.retractedAt).not.toBeNull();
    expect((await retract(colleague)).retractModelAlias.__typename).toBe('ConflictError');
    expect((await bringIn('means-one')).evalRun.modelVersion.ref).toBe('model:means-one@unspecified');
    expect((await confirm(colleague, 'means-one', 'model:opus@4')).__typename).toBe(
      'ConfirmModelAliasSuccess',
    );
  });

  it('is confirmed by a person alone, of a model version that they see', async () => {
    await expect(confirm({ ...person, actorKind: 'SERVICE' }, 'robot', 'model:opus@4')).rejects.toThrow(
      'Only a person',
    );
    await expect(confirm({ kind: 'anonymous' }, 'nobody', 'model:opus@4')).rejects.toThrow();
    expect(await confirm(colleague, 'unseen', 'model:sonnet@4')).toMatchObject({
      __typename: 'NotFoundError',
      path: ['modelVersion'],
    });
  });

  it('tells nothing of a model version that the importer may not see', async () => {
    await confirm(person, 'vendor/sonnet-4', 'model:sonnet@4');
    const own = await bringIn('vendor/sonnet-4');
    expect(own.evalRun.modelVersion.ref).toBe('model:sonnet@4');
    const other = await bringIn('vendor/sonnet-4', colleague);
    expect(other.evalRun.modelVersion.ref).toBe('model:vendor/sonnet-4@unspecified');
    expect(other.model).toMatchObject({ alias: null, candidates: [] });
    expect(await confirm(colleague, 'vendor/sonnet-4', 'model:opus@4')).toMatchObject({
      __typename: 'ConflictError',
      message: 'The name vendor/sonnet-4 is taken by something that you may not see, or that was retracted.',
    });
  });

  it('is another with each revision that a log says was loaded, and none with a branch', async () => {
    const at = (revision: string) => bringIn('hf/org/pythia', person, { revision });
    expect((await confirm(person, 'hf/org/pythia', 'model:opus@3')).__typename).toBe(
      'ConfirmModelAliasSuccess',
    );
    const first = await at('step1000');
    expect(first.evalRun.modelVersion.ref).toBe('model:hf/org/pythia@step1000');
    expect(first.model).toMatchObject({ name: 'hf/org/pythia@step1000', alias: null });
    await confirm(person, first.model.name, 'model:opus@4');
    expect((await at('step1000')).evalRun.modelVersion.ref).toBe('model:opus@4');
    expect((await at('step2000')).evalRun.modelVersion.ref).toBe('model:hf/org/pythia@step2000');
    expect((await at('main')).evalRun.modelVersion.ref).toBe('model:opus@3');
  });

  it('of a grader means what was confirmed, too', async () => {
    await confirm(person, 'lab/judge', 'model:opus@3');
    const { evalRun } = await bringIn('lab/other');
    expect(evalRun.judgedBy).toEqual([{ ref: 'model:opus@3' }]);
  });
});

describe('the name of a model in a file of any format', () => {
  async function modelsOf({ bytes, name }: FileOfModel, viewer = person) {
    const { row } = await world.bringIn(viewer, bytes, name);
    expect(row.error).toBeNull();
    const id = requestContext(world.services, viewer).ids.encode('Import', row.id);
    return { id, ...(await askModels(id, viewer)) };
  }
  const askModels = async (id: string, viewer = person) =>
    (
      await ask(
        viewer,
        `query($id: ID!) { import(id: $id) { format warnings evalRuns { modelVersion { ref } } model { name }
          truncations { field shown total }
          models { name recordedAs { ref } alias { modelVersion { ref } } candidates { ref } } } }`,
        { id },
      )
    ).import;

  it.each(FORMATS_OF_MODELS)(
    'is asked for by itself, with the version where one is stated: $format',
    async ({ format, model, states, file }) => {
      const asked = states ? `${model}@r1` : model;
      const as = (name: string) => (name.includes('@') ? `model:${name}` : `model:${name}@unspecified`);
      const first = await modelsOf(file(model, 'r1', 1));
      expect(first.format).toBe(format);
      expect(first.models).toMatchObject([{ name: asked, recordedAs: { ref: as(asked) }, alias: null }]);
      expect(first.models[0].candidates).toContainEqual({ ref: 'model:opus@4' });
      expect(first.model).toEqual({ name: asked });
      expect((await confirm(person, first.models[0].name, 'model:opus@4')).__typename).toBe(
        'ConfirmModelAliasSuccess',
      );
      const meant = { name: asked, alias: { modelVersion: { ref: 'model:opus@4' } } };
      expect((await askModels(first.id)).models).toMatchObject([
        { ...meant, recordedAs: { ref: as(asked) } },
      ]);
      const second = await modelsOf(file(model, 'r1', 2), colleague);
      expect(second.models).toMatchObject([{ ...meant, recordedAs: { ref: 'model:opus@4' } }]);
      expect(second.evalRuns).toEqual([{ modelVersion: { ref: 'model:opus@4' } }]);
      expect(second.warnings.join(' ')).toContain(`${asked}: it is recorded as model:opus@4`);
      if (!states) return;
      const other = await modelsOf(file(model, 'r2', 3));
      expect(other.models).toMatchObject([
        { name: `${model}@r2`, recordedAs: { ref: `model:${model}@r2` }, alias: null },
      ]);
    },
  );

  it('is asked for of each model of the file once, and of no more than fifty', async () => {
    await confirm(person, 'known-one', 'model:opus@3');
    const two = await modelsOf(promptfooOf(['known-one', 'new-one'], 1));
    expect(two.models).toMatchObject([
      { name: 'known-one', recordedAs: { ref: 'model:opus@3' } },
      { name: 'new-one', recordedAs: { ref: 'model:new-one@unspecified' }, alias: null },
    ]);
    expect(two.truncations).toEqual([]);
    const many = await modelsOf(
      promptfooOf(
        Array.from({ length: 52 }, (_, i) => `many-${i}`),
        1,
      ),
    );
    expect(many.models).toHaveLength(50);
    expect(many.truncations).toEqual([{ field: 'models', shown: 50, total: 52 }]);
  });

  it('is told of an older run where its file kept it, and is not guessed from what it was recorded as', async () => {
    const recordedEarlier = async (nth: number, format: string) => {
      const { file } = FORMATS_OF_MODELS.find((one) => one.format === format)!;
      const { id } = await modelsOf(file(`hf/before-${nth}`, 'r1', 7));
      await world.records.$executeRawUnsafe('alter table eval_run disable trigger user');
      await world.records.$executeRaw`update eval_run set metadata = metadata - 'statedModel'
        where import_id = ${requestContext(world.services, person).ids.decode(id)!.id}`;
      await world.records.$executeRawUnsafe('alter table eval_run enable trigger user');
      return (await askModels(id)).models;
    };
    expect(await recordedEarlier(1, 'inspect-json')).toMatchObject([{ name: 'hf/before-1@r1' }]);
    expect(await recordedEarlier(2, 'lm-eval-results')).toEqual([]);
  });
});
