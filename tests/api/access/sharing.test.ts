import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';

let api: TestApi;
let author: Principal;
let colleague: Principal;
let named: Principal;
let stranger: Principal;
let auditor: Principal;
let build: Mutate;
const ids = new Map<Principal, string>();

const WHAT = {
  title: 'A model that was told of its replacement threatened an engineer',
  summary: 'It was given an affair to use.',
  setting: 'SAFETY_TEST',
  severity: 'HIGH',
};

/** Two teams: the author's with a colleague, and another with the named person and the stranger. */
beforeAll(async () => {
  api = await testApi();
  const teams = await api.records.$queryRaw<{ id: bigint }[]>`
    insert into team (namespace, name) values ('lab', 'Lab'), ('other', 'Other') returning id`;
  const member = async (role: Parameters<TestApi['person']>[0], team: number) => {
    const person = { ...(await api.person(role)), teamIds: [teams[team]!.id] };
    ids.set(person, api.services.ids.encode('Actor', person.actorId));
    return person;
  };
  author = await member('REPORTER', 0);
  colleague = await member('REPORTER', 0);
  named = await member('REPORTER', 1);
  stranger = await member('REPORTER', 1);
  auditor = await member('AUDITOR', 1);
  build = building(mutating(api, author));
});
afterAll(() => api.close());

const INCIDENT = `query ($id: ID!) { node(id: $id) { ... on Incident { title evidence { title text } hypotheses { statement }
  lineage { nodes { label } edges { kind } } timeline { totalCount } } } }`;
const TITLES =
  '{ incidents(first: 100) { totalCount nodes { title } } search(query: "threatened") { totalCount } }';

async function file(more: object) {
  const { incident } = await build('fileIncident', { ...WHAT, ...more }, 'incident { id key }');
  return incident as { id: string; key: string };
}

async function sees(viewer: Principal | null, id: string) {
  const { data, errors } = await (viewer === null ? api.anonymous : api.as(viewer))(INCIDENT, { id });
  expect(errors).toEqual([]);
  return data.node;
}

describe('a restricted incident', () => {
  it('is seen by those named, with its evidence, hypotheses and lineage, and by nobody else', async () => {
    await build('registerModelVersion', { model: 'secret', version: '1', visibility: 'RESTRICTED' });
    const incident = await file({ visibility: 'RESTRICTED', modelVersions: ['model:secret@1'] });
    const ref = `incident:${incident.key}`;
    await build(
      'addEvidence',
      { incident: ref, kind: 'QUOTATION', title: 'I will tell', text: 'Said' },
      'evidence { id }',
    );
    await build('openHypothesis', { incident: ref, statement: 'It read of it' }, 'hypothesis { id }');
    for (const viewer of [null, colleague, named, stranger])
      expect(await sees(viewer, incident.id)).toBeNull();
    await build('shareWith', { target: incident.id, people: [ids.get(named)] }, 'shared { id }');
    expect(await sees(named, incident.id)).toMatchObject({
      title: WHAT.title,
      // Restricted evidence is read only for a reason, by whoever may see it too.
      evidence: [{ title: 'I will tell', text: null }],
      hypotheses: [{ statement: 'It read of it' }],
      lineage: { nodes: [{ label: incident.key }], edges: [] },
    });
    for (const viewer of [null, colleague, stranger]) expect(await sees(viewer, incident.id)).toBeNull();
    // What is added later is shared as the incident is.
    await build(
      'addEvidence',
      { incident: ref, kind: 'QUOTATION', title: 'Later', text: 'More' },
      'evidence { id }',
    );
    expect((await sees(named, incident.id)).evidence).toHaveLength(2);
    const { data } = await api.as(named)(TITLES);
    expect(data).toMatchObject({ incidents: { totalCount: 1 }, search: { totalCount: 1 } });
    expect((await api.as(stranger)(TITLES)).data).toMatchObject({
      incidents: { totalCount: 0, nodes: [] },
      search: { totalCount: 0 },
    });

    const { data: model } = await api.as(author)(
      '{ model(name: "secret") { id versions { nodes { id } } } }',
    );
    await build('shareWith', { target: model.model.id, people: [ids.get(named)] }, 'shared { id }');
    expect((await sees(named, incident.id)).lineage).toEqual({
      nodes: [{ label: incident.key }, { label: 'lab/secret@1' }],
      edges: [{ kind: 'EXHIBITED_BY' }],
    });
    expect(await sees(stranger, incident.id)).toBeNull();

    await build('shareWith', { target: incident.id, people: [] }, 'shared { id }');
    expect(await sees(named, incident.id)).toBeNull();
  });

  it('may be opened wider later, with what was as narrow as it', async () => {
    const incident = await file({ visibility: 'RESTRICTED' });
    const ref = `incident:${incident.key}`;
    await build(
      'addEvidence',
      { incident: ref, kind: 'QUOTATION', title: 'Said', text: 'A' },
      'evidence { id }',
    );
    const { evidence } = await build(
      'addEvidence',
      { incident: ref, kind: 'QUOTATION', title: 'For us', text: 'B' },
      'evidence { id }',
    );
    await build('shareWith', { target: evidence.id, visibility: 'TEAM' }, 'shared { id }');
    await build('shareWith', { target: incident.id, visibility: 'PUBLIC' }, 'shared { id }');
    expect(await sees(null, incident.id)).toMatchObject({ evidence: [{ text: 'A' }] });
    expect((await sees(colleague, incident.id)).evidence).toHaveLength(2);
  });

  it('opens nothing that was recorded for fewer, or that who shares it does not see', async () => {
    const incident = await file({ visibility: 'TEAM' });
    const ref = `incident:${incident.key}`;
    const quote = (title: string, visibility: string) => ({
      ...{ incident: ref, kind: 'QUOTATION', title, text: title, sensitivity: 'NONE', visibility },
    });
    const others = building(mutating(api, colleague));
    await build('addEvidence', quote('For the team', 'TEAM'), 'evidence { id }');
    await build('addEvidence', quote('Mine alone', 'RESTRICTED'), 'evidence { id }');
    await others('addEvidence', quote('Theirs alone', 'RESTRICTED'), 'evidence { id }');
    await build('shareWith', { target: incident.id, people: [ids.get(named)] }, 'shared { id }');
    await others('addEvidence', quote('Theirs alone, later', 'RESTRICTED'), 'evidence { id }');
    const seen = await sees(named, incident.id);
    expect(seen.evidence).toMatchObject([{ title: 'For the team' }]);
    await build('shareWith', { target: incident.id, visibility: 'RESTRICTED' }, 'shared { id }');
    await build('shareWith', { target: incident.id, visibility: 'PUBLIC', people: [] }, 'shared { id }');
    const titles = async (viewer: Principal | null) =>
      (await sees(viewer, incident.id)).evidence.map(({ title }: { title: string }) => title);
    expect(await titles(null)).not.toContain('Theirs alone');
    expect(await titles(null)).not.toContain('Theirs alone, later');
    expect(await titles(colleague)).toContain('Theirs alone');
  });
});

describe('an embargo', () => {
  const clock = async (id: string, until: string) => {
    const decoded = api.services.ids.decode(id);
    await api.records.$executeRaw`
      update audience set embargoed_until = ${new Date(until)}
      where id = (select audience_id from node where id = ${decoded!.id})`;
  };

  it('hides a public incident from all but its team, those named and who reads everything, until the clock lifts it', async () => {
    const incident = await file({
      visibility: 'PUBLIC',
      sharedWith: [ids.get(named)],
      embargoedUntil: '2099-01-01T00:00:00.000Z',
    });
    for (const viewer of [null, stranger]) expect(await sees(viewer, incident.id)).toBeNull();
    for (const viewer of [author, colleague, named, auditor])
      expect(await sees(viewer, incident.id)).toMatchObject({ title: WHAT.title });
    await clock(incident.id, '2020-01-01T00:00:00.000Z');
    for (const viewer of [null, stranger])
      expect(await sees(viewer, incident.id)).toMatchObject({ title: WHAT.title });
  });

  it('is refused for a time that has passed, and for what is no incident', async () => {
    const incident = await file({});
    const mutate = mutating(api, author);
    expect(
      await mutate(
        'shareWith',
        { target: incident.id, embargoedUntil: '2001-01-01T00:00:00.000Z' },
        'shared { id }',
      ),
    ).toMatchObject({ __typename: 'InputError', path: ['embargoedUntil'] });
    const { source } = await build('registerSource', { name: 'a-crawl' });
    expect(
      await mutate(
        'shareWith',
        { target: source.id, embargoedUntil: '2099-01-01T00:00:00.000Z' },
        'shared { id }',
      ),
    ).toMatchObject({ __typename: 'InputError', path: ['embargoedUntil'] });
  });
});

describe('a dataset shared with people', () => {
  it('takes its versions, what they were made of and the transformation that made them along', async () => {
    await build('registerSource', { name: 'hidden-crawl', visibility: 'PUBLIC' });
    await build('registerDatasetVersion', {
      dataset: 'mixture',
      version: '1',
      visibility: 'RESTRICTED',
      tokens: '100',
      transformation: {
        name: 'mixing',
        effect: 'PRESERVES',
        composition: { unit: 'FRACTION', complete: true, inputs: [{ of: 'source:hidden-crawl', amount: 1 }] },
      },
    });
    const ask =
      'query ($name: String!) { dataset(name: $name) { id versions { nodes { tokens lineage { nodes { kind } edges { share } } } } } }';
    const asked = { name: 'lab/mixture' };
    expect((await api.as(named)(ask, asked)).data.dataset).toBeNull();
    const { data } = await api.as(author)(ask, asked);
    await build('shareWith', { target: data.dataset.id, people: [ids.get(named)] }, 'shared { id }');
    expect((await api.as(named)(ask, asked)).data.dataset.versions.nodes).toEqual([
      {
        tokens: '100',
        lineage: {
          nodes: [{ kind: 'DATASET_VERSION' }, { kind: 'TRANSFORMATION' }, { kind: 'SOURCE' }],
          edges: [{ share: 1 }, { share: 1 }],
        },
      },
    ]);
    // A version that comes later belongs to the same dataset, and is shared as it is.
    await build('registerDatasetVersion', { dataset: 'mixture', version: '2', tokens: '7' });
    expect((await api.as(named)(ask, asked)).data.dataset.versions.nodes).toHaveLength(2);
    expect((await api.as(stranger)(ask, asked)).data.dataset).toBeNull();
  });
});

describe('what rests on a thing', () => {
  const idOf = async (query: string, path: (data: { [field: string]: { id: string } }) => string) =>
    path((await api.as(author)(query)).data);

  it('is narrowed with it: versions that were wider, and an activity as far as its narrowest output', async () => {
    await build('registerSource', { name: 'open-crawl', visibility: 'PUBLIC' });
    const inputs = [{ of: 'source:open-crawl', amount: 1 }];
    const composition = { unit: 'FRACTION', complete: true, inputs };
    for (const dataset of ['narrowing', 'staying'])
      await build('registerDatasetVersion', { dataset, version: '1', visibility: 'PUBLIC' });
    await build('recordTransformation', {
      output: 'dataset:narrowing@1',
      transformation: { name: 'making-both', composition },
    });
    await build('assertEdge', {
      kind: 'GENERATED_BY',
      downstream: 'dataset:staying@1',
      upstream: 'transformation:making-both',
    });
    const dataset = await idOf('{ dataset(name: "lab/narrowing") { id } }', (data) => data.dataset!.id);
    await build('shareWith', { target: dataset, visibility: 'MEMBERS' }, 'shared { id }');
    const version = await idOf(
      '{ lineageNode(ref: "dataset:lab/narrowing@1") { id } }',
      (data) => data.lineageNode!.id,
    );
    await build('shareWith', { target: dataset, visibility: 'PUBLIC' }, 'shared { id }');
    await build('shareWith', { target: version, visibility: 'MEMBERS' }, 'shared { id }');
    // Not as wide as its dataset any more, and wider than the dataset is now to be.
    await build('shareWith', { target: dataset, visibility: 'TEAM' }, 'shared { id }');
    const sees = async (viewer: Principal | null, ref: string) =>
      (
        await (viewer === null ? api.anonymous : api.as(viewer))(
          'query ($ref: NodeRef!) { lineageNode(ref: $ref) { id } }',
          { ref },
        )
      ).data.lineageNode !== null;
    for (const ref of ['dataset:lab/narrowing@1', 'transformation:lab/making-both']) {
      expect(await sees(stranger, ref), ref).toBe(false);
      expect(await sees(colleague, ref), ref).toBe(true);
    }
    expect(await sees(null, 'dataset:lab/staying@1')).toBe(true);
  });

  it('is never made wider than what it tells of, and names nobody who does not see that', async () => {
    await build('registerDatasetVersion', { dataset: 'kept', version: '1', visibility: 'RESTRICTED' });
    const mutate = mutating(api, author);
    const version = await idOf(
      '{ lineageNode(ref: "dataset:lab/kept@1") { id } }',
      (data) => data.lineageNode!.id,
    );
    expect(
      await mutate('shareWith', { target: version, visibility: 'PUBLIC' }, 'shared { id }'),
    ).toMatchObject({
      __typename: 'InputError',
      path: ['visibility'],
    });
    const toName = { target: version, people: [ids.get(named)] };
    expect(await mutate('shareWith', toName, 'shared { id }')).toMatchObject({
      __typename: 'InputError',
      path: ['people', '0'],
    });
    const dataset = await idOf('{ dataset(name: "lab/kept") { id } }', (data) => data.dataset!.id);
    await build(
      'shareWith',
      { target: dataset, people: [ids.get(named), ids.get(stranger)] },
      'shared { id }',
    );
    await build('shareWith', toName, 'shared { id }');
    const told =
      'query ($id: ID!) { node(id: $id) { ... on DatasetVersion { dataset { name } sharing { people { id } } } } }';
    expect((await api.as(named)(told, { id: version })).data.node.dataset).toEqual({ name: 'lab/kept' });
    expect((await api.as(stranger)(told, { id: version })).data.node).toBeNull();
    // A change of the visibility alone leaves those named.
    await build('shareWith', { target: version, visibility: 'RESTRICTED' }, 'shared { id }');
    expect((await api.as(author)(told, { id: version })).data.node.sharing.people).toEqual([
      { id: ids.get(named) },
    ]);

    await build('registerModelVersion', { model: 'kept', version: '1', visibility: 'TEAM' });
    await build(
      'registerEvaluation',
      { name: 'wide', version: '1', visibility: 'PUBLIC' },
      'evaluationVersion { id }',
    );
    const on = { evaluation: 'wide', evaluationVersion: '1', modelVersion: 'model:kept@1' };
    const { evalRun } = await build('recordEvalRun', { name: 'kept-run', ...on }, 'evalRun { id }');
    expect(
      await mutate('shareWith', { target: evalRun.id, visibility: 'PUBLIC' }, 'shared { id }'),
    ).toMatchObject({
      __typename: 'InputError',
      path: ['visibility'],
    });
  });

  it('keeps who was named out of the public timeline, and is freed with an embargo that is lifted', async () => {
    const incident = await file({ visibility: 'TEAM', embargoedUntil: '2099-01-01T00:00:00.000Z' });
    const { hypothesis } = await build(
      'openHypothesis',
      { incident: `incident:${incident.key}`, statement: 'A' },
      'hypothesis { id }',
    );
    await build('shareWith', { target: hypothesis.id, people: [ids.get(named)] }, 'shared { id }');
    const open = { target: incident.id, visibility: 'PUBLIC', embargoedUntil: null };
    await build('shareWith', open, 'shared { id }');
    const { data } = await api.anonymous(
      'query ($id: ID!) { node(id: $id) { ... on Incident { hypotheses { id } timeline { nodes { type } } } } }',
      incident,
    );
    expect(data.node.hypotheses).toEqual([{ id: hypothesis.id }]);
    const types = data.node.timeline.nodes.map((event: { type: string }) => event.type);
    expect(types).toContain('INCIDENT_FILED');
    expect(types).not.toContain('SHARED');
  });

  it('is not widened by whoever may edit an incident and not share it', async () => {
    const incident = await file({ visibility: 'MEMBERS' });
    const investigator = { ...(await api.person('INVESTIGATOR')), teamIds: stranger.teamIds };
    const { errors } = await api.as(investigator)(
      'mutation ($input: UpdateIncidentInput!) { updateIncident(input: $input) { __typename } }',
      { input: { incident: `incident:${incident.key}`, visibility: 'PUBLIC' } },
    );
    expect(errors[0]).toMatchObject({ code: 'FORBIDDEN' });
    expect(await sees(null, incident.id)).toBeNull();
  });
});

describe('a model version made narrower', () => {
  it('takes the eval runs on it along, which would tell of it', async () => {
    await build('registerModelVersion', { model: 'public', version: '1', visibility: 'PUBLIC' });
    await build(
      'registerEvaluation',
      { name: 'an-evaluation', version: '1', visibility: 'PUBLIC' },
      'evaluationVersion { id }',
    );
    const { evalRun } = await build(
      'recordEvalRun',
      {
        name: 'a-run',
        evaluation: 'an-evaluation',
        evaluationVersion: '1',
        modelVersion: 'model:public@1',
        visibility: 'PUBLIC',
      },
      'evalRun { id }',
    );
    const run = async () =>
      (await api.anonymous('query ($id: ID!) { node(id: $id) { id } }', { id: evalRun.id })).data.node;
    expect(await run()).not.toBeNull();
    const { data } = await api.as(author)('{ model(name: "lab/public") { versions { nodes { id } } } }');
    await build(
      'shareWith',
      { target: data.model.versions.nodes[0].id, visibility: 'TEAM' },
      'shared { id }',
    );
    expect(await run()).toBeNull();
  });
});

describe('sharing', () => {
  it('is for whoever recorded the thing, their team and administrators, and told to nobody else', async () => {
    const incident = await file({ visibility: 'PUBLIC' });
    const { errors } = await api.as(stranger)(
      'mutation ($input: ShareWithInput!) { shareWith(input: $input) { __typename } }',
      { input: { target: incident.id, visibility: 'RESTRICTED' } },
    );
    expect(errors[0]).toMatchObject({ code: 'FORBIDDEN' });
    const told =
      'query ($id: ID!) { node(id: $id) { ... on Incident { sharing { visibility people { name } canShare { allowed } } } } }';
    expect((await api.as(stranger)(told, incident)).data.node.sharing).toBeNull();
    expect((await api.anonymous(told, incident)).data.node.sharing).toBeNull();
    expect((await api.as(colleague)(told, incident)).data.node.sharing).toMatchObject({
      visibility: 'PUBLIC',
      canShare: { allowed: true },
    });
    expect((await api.as(auditor)(told, incident)).data.node.sharing).toMatchObject({
      canShare: { allowed: false },
    });
  });

  it('refuses what may not be seen like what does not exist, and people who do not', async () => {
    const incident = await file({ visibility: 'RESTRICTED' });
    const mutate = mutating(api, stranger);
    const hidden = await mutate('shareWith', { target: incident.id, visibility: 'PUBLIC' }, 'shared { id }');
    const never = api.services.ids.encode('Incident', 9_999_999n);
    expect(hidden).toMatchObject({ __typename: 'NotFoundError', path: ['target'] });
    expect(await mutate('shareWith', { target: never, visibility: 'PUBLIC' }, 'shared { id }')).toEqual(
      hidden,
    );
    const nobody = api.services.ids.encode('Actor', 9_999_999n);
    expect(
      await mutating(api, author)('shareWith', { target: incident.id, people: [nobody] }, 'shared { id }'),
    ).toMatchObject({ __typename: 'NotFoundError', path: ['people', '0'] });
  });

  it('finds people by name for members alone', async () => {
    const find = '{ people(search: "Person") { name } }';
    expect((await api.as(author)(find)).data.people.length).toBeGreaterThan(3);
    expect((await api.anonymous(find)).data.people).toEqual([]);
  });
});
