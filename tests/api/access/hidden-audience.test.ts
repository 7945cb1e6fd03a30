// What somebody tries on a thing of their own, or adds to one that they were shown, tells nothing of who else sees what.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { mutating } from '../../testkit/mutate.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
  await evaluation(world.author, 'probing', 'PUBLIC');
});
afterAll(() => world.api.close());

const asked = async (as: Principal, query: string, variables: Record<string, unknown>) =>
  (await world.api.as(as)(query, variables)).data;
const evaluation = (by: Principal, name: string, visibility: string) =>
  world.by(by)('registerEvaluation', { name, version: '1', visibility }, 'evaluationVersion { id }');
const model = (by: Principal, name: string, visibility: string) =>
  world.by(by)('registerModelVersion', { model: name, version: '1', visibility });
/** The id of a model or an evaluation, by which all versions of it are shared. */
const familyOf = async (of: 'model' | 'evaluation', name: string): Promise<string> =>
  (await asked(world.auditor, `query ($name: String!) { ${of}(name: $name) { id } }`, { name }))[of].id;
const share = (by: Principal, target: string, more: object) =>
  world.by(by)('shareWith', { target, ...more }, 'shared { id }');
const tryToShare = (by: Principal, target: string, more: object) =>
  mutating(world.api, by)('shareWith', { target, ...more }, 'shared { id }');
const sharingOf = async (as: Principal, id: string) =>
  (
    await asked(
      as,
      `query ($id: ID!) { node(id: $id) {
        ... on EvalRun { sharing { people { id } peopleTold } } ... on Evidence { sharing { people { id } peopleTold } } } }`,
      { id },
    )
  ).node.sharing;
const named = (...people: Principal[]) => people.map((person) => ({ id: world.idOf(person) }));

/** An eval run that `named` recorded of the author's model version, which may be narrowed then. */
async function runOn(name: string, more: object = {}): Promise<string> {
  await model(world.author, name, 'MEMBERS');
  const on = { evaluation: 'lab/probing', evaluationVersion: '1', modelVersion: `model:lab/${name}@1` };
  const { evalRun } = await world.by(world.named)(
    'recordEvalRun',
    { name: `${name}-run`, ...on, ...more },
    'evalRun { id }',
  );
  return evalRun.id;
}
const narrowModel = async (name: string, people: Principal[], visibility = 'RESTRICTED') =>
  share(world.author, await familyOf('model', `lab/${name}`), {
    visibility,
    people: people.map(world.idOf),
  });

describe('who recorded an eval run of a model version that is hidden from them since', () => {
  it('names nobody on it, and is told the same of whoever they try, in whatever order', async () => {
    const { named: recorder, stranger, colleague, author, auditor, administrator, idOf } = world;
    const run = await runOn('asked');
    await narrowModel('asked', [stranger]);
    const answers: unknown[] = [];
    for (const person of [stranger, colleague, author, auditor, administrator, recorder])
      for (const people of [[person], [recorder, person], [person, recorder]])
        answers.push(await tryToShare(recorder, run, { people: people.map(idOf) }));
    expect(answers[0]).toEqual({
      __typename: 'InputError',
      message: 'It tells of something that is not yours to share, so you can name nobody on it.',
      path: ['people'],
      expected: 'nobody',
    });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    // To name nobody tells nothing, and stays open to them.
    await share(recorder, run, { people: [] });
  });

  it('is told the same of whatever they would open it to, however widely the model is seen', async () => {
    const { named: recorder } = world;
    const answers: unknown[] = [];
    for (const to of ['RESTRICTED', 'TEAM']) {
      const run = await runOn(`opened-${to}`);
      await narrowModel(`opened-${to}`, [], to);
      for (const visibility of ['PUBLIC', 'MEMBERS', 'TEAM'])
        answers.push(await tryToShare(recorder, run, { visibility }));
      await share(recorder, run, { visibility: 'RESTRICTED' });
    }
    expect(answers[0]).toEqual({
      __typename: 'InputError',
      message: 'It tells of something that is not yours to share, so it is not yours to open.',
      path: ['visibility'],
      expected: 'what it is, or narrower',
    });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('does not read in the people of the run whom the model is shared with', async () => {
    const { named: recorder, stranger, colleague, auditor } = world;
    const run = await runOn('listed');
    await narrowModel('listed', [stranger, colleague]);
    expect(await sharingOf(recorder, run)).toEqual({ people: [], peopleTold: false });
    expect((await sharingOf(auditor, run)).people).toEqual(named(colleague, stranger));
  });

  it('does not read in them who sees the model of those whom they name on something else', async () => {
    const { named: recorder, stranger, colleague, author, auditor, idOf } = world;
    await evaluation(recorder, 'own', 'MEMBERS');
    const own = await familyOf('evaluation', 'other/own');
    const run = await runOn('followed', { evaluation: 'other/own' });
    await share(recorder, own, { visibility: 'RESTRICTED', people: [idOf(auditor)] });
    await narrowModel('followed', [], 'TEAM');
    await share(recorder, own, { people: [stranger, colleague, author].map(idOf) });
    expect(await sharingOf(recorder, run)).toEqual({ people: [], peopleTold: false });
  });
});

describe('who sees a model version that is shared with them, and may not share it', () => {
  it('names nobody on an eval run of it, and is told the same of whoever they try', async () => {
    const { named: recorder, stranger, colleague, author, auditor, idOf } = world;
    const run = await runOn('shown');
    await narrowModel('shown', [recorder, stranger]);
    const answers: unknown[] = [];
    for (const person of [stranger, colleague, author, auditor])
      answers.push(await tryToShare(recorder, run, { people: [idOf(person)] }));
    expect(answers[0]).toMatchObject({ __typename: 'InputError', path: ['people'] });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await sharingOf(recorder, run)).toEqual({ people: [], peopleTold: false });
  });

  it('names whom they like where everybody sees it, and reads whom', async () => {
    const { named: recorder, stranger, idOf } = world;
    const run = await runOn('open', { visibility: 'RESTRICTED' });
    await share(recorder, run, { people: [idOf(stranger)] });
    expect(await sharingOf(recorder, run)).toEqual({ people: named(stranger), peopleTold: true });
    expect(await tryToShare(recorder, run, { visibility: 'PUBLIC' })).toMatchObject({
      path: ['visibility'],
      expected: 'MEMBERS or narrower, or a wider model version first',
    });
    await share(recorder, run, { visibility: 'MEMBERS' });
  });
});

describe('who may share a model version', () => {
  it('is told of an eval run of it which of those they name it is not shared with, whatever these may read by their role', async () => {
    const { author, colleague, stranger, named: other, auditor, idOf } = world;
    await model(author, 'kept', 'RESTRICTED');
    const on = { evaluation: 'lab/probing', evaluationVersion: '1', modelVersion: 'model:lab/kept@1' };
    const { evalRun } = await world.build('recordEvalRun', { name: 'kept-run', ...on }, 'evalRun { id }');
    for (const id of [await familyOf('model', 'lab/kept'), await versionOf('kept')])
      await share(author, id, { people: [idOf(stranger)] });
    for (const person of [other, auditor, colleague])
      expect(await tryToShare(author, evalRun.id, { people: [idOf(stranger), idOf(person)] })).toMatchObject({
        __typename: 'InputError',
        message: 'Its model version, of which it tells, is not shared with them.',
        path: ['people', '1'],
      });
    await share(author, evalRun.id, { people: [idOf(stranger)] });
    expect(await sharingOf(author, evalRun.id)).toEqual({ people: named(stranger), peopleTold: true });
  });
});

const versionOf = async (name: string): Promise<string> =>
  (
    await asked(world.auditor, 'query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }', {
      ref: `model:lab/${name}@1`,
    })
  ).lineageNode.id;

describe('who is named on an incident', () => {
  /** Of another team than the incident's, to whom it is shown by name. */
  let investigator: Principal;
  beforeAll(async () => {
    const { api, named } = world;
    investigator = await inTeams(api.records, await api.person('INVESTIGATOR'), named.teamIds);
  });
  const filed = (people: Principal[]) =>
    world.file({ visibility: 'RESTRICTED', sharedWith: people.map(world.idOf) });
  const changedAt = async (id: string): Promise<string> =>
    (
      await asked(world.author, 'query ($id: ID!) { node(id: $id) { ... on Incident { updatedAt } } }', {
        id,
      })
    ).node.updatedAt;

  it('finds out nobody else who is by what they link, whoever sees that', async () => {
    const { stranger, colleague, author, idOf } = world;
    const moved: boolean[] = [];
    for (const [i, people] of [[], [colleague], [stranger], [colleague, author]].entries()) {
      await model(investigator, `shown-to-${i}`, 'RESTRICTED');
      const ref = `model:other/shown-to-${i}@1`;
      const { lineageNode } = await asked(
        investigator,
        'query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }',
        {
          ref,
        },
      );
      for (const target of [await familyOf('model', `other/shown-to-${i}`), lineageNode.id])
        await share(investigator, target, { people: [author, ...people].map(idOf) });
      const { id, key } = await filed([investigator, colleague]);
      const before = await changedAt(id);
      await world.by(investigator)('linkIncident', { incident: `incident:${key}`, modelVersions: [ref] });
      moved.push((await changedAt(id)) !== before);
    }
    expect(moved).toEqual([false, false, false, false]);
  });

  it('tells by its date what they link that everybody sees', async () => {
    const { colleague } = world;
    await model(investigator, 'for-all', 'MEMBERS');
    const { id, key } = await filed([investigator, colleague]);
    const before = await changedAt(id);
    await world.by(investigator)('linkIncident', {
      incident: `incident:${key}`,
      modelVersions: ['model:other/for-all@1'],
      reports: [{ title: 'In the news' }],
    });
    expect(await changedAt(id)).not.toBe(before);
  });

  it('does not read who else is in the people of what they add', async () => {
    const { colleague, stranger, auditor, idOf } = world;
    const { key } = await filed([investigator, colleague]);
    const { evidence } = await world.by(investigator)(
      'addEvidence',
      { incident: `incident:${key}`, kind: 'QUOTATION', title: 'Said', text: 'So it was said.' },
      'evidence { id }',
    );
    expect(await sharingOf(investigator, evidence.id)).toEqual({ people: [], peopleTold: false });
    expect((await sharingOf(auditor, evidence.id)).people).toContainEqual({ id: idOf(colleague) });
    // Whom they name themselves they read.
    await share(investigator, evidence.id, { people: [idOf(stranger)] });
    expect(await sharingOf(investigator, evidence.id)).toEqual({ people: named(stranger), peopleTold: true });
  });
});
