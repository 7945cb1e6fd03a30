import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { mutating } from '../../testkit/mutate.ts';
import { type SharedWorld, sharedWorld, WHAT } from './shared-world.ts';

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
});
afterAll(() => world.api.close());

const TITLES =
  '{ incidents(first: 100) { totalCount nodes { title } } search(query: "threatened") { totalCount } }';

describe('a restricted incident', () => {
  it('is seen by those named, with its evidence, hypotheses and lineage, and by nobody else', async () => {
    await world.build('registerModelVersion', { model: 'secret', version: '1', visibility: 'RESTRICTED' });
    const incident = await world.file({ visibility: 'RESTRICTED', modelVersions: ['model:secret@1'] });
    const ref = `incident:${incident.key}`;
    await world.build(
      'addEvidence',
      { incident: ref, kind: 'QUOTATION', title: 'I will tell', text: 'Said' },
      'evidence { id }',
    );
    await world.build('openHypothesis', { incident: ref, statement: 'It read of it' }, 'hypothesis { id }');
    for (const viewer of [null, world.colleague, world.named, world.stranger])
      expect(await world.sees(viewer, incident.id)).toBeNull();
    await world.build(
      'shareWith',
      { target: incident.id, people: [world.idOf(world.named)] },
      'shared { id }',
    );
    expect(await world.sees(world.named, incident.id)).toMatchObject({
      title: WHAT.title,
      // Restricted evidence is read only for a reason, by whoever may see it too.
      evidence: [{ title: 'I will tell', text: null }],
      hypotheses: [{ statement: 'It read of it' }],
      lineage: { nodes: [{ label: incident.key }], edges: [] },
    });
    for (const viewer of [null, world.colleague, world.stranger])
      expect(await world.sees(viewer, incident.id)).toBeNull();
    // What is added later is shared as the incident is.
    await world.build(
      'addEvidence',
      { incident: ref, kind: 'QUOTATION', title: 'Later', text: 'More' },
      'evidence { id }',
    );
    expect((await world.sees(world.named, incident.id)).evidence).toHaveLength(2);
    const { data } = await world.api.as(world.named)(TITLES);
    expect(data).toMatchObject({ incidents: { totalCount: 1 }, search: { totalCount: 1 } });
    expect((await world.api.as(world.stranger)(TITLES)).data).toMatchObject({
      incidents: { totalCount: 0, nodes: [] },
      search: { totalCount: 0 },
    });

    const { data: model } = await world.api.as(world.author)(
      '{ model(name: "secret") { id versions { nodes { id } } } }',
    );
    await world.build(
      'shareWith',
      { target: model.model.id, people: [world.idOf(world.named)] },
      'shared { id }',
    );
    expect((await world.sees(world.named, incident.id)).lineage).toEqual({
      nodes: [{ label: incident.key }, { label: 'lab/secret@1' }],
      edges: [{ kind: 'EXHIBITED_BY' }],
    });
    expect(await world.sees(world.stranger, incident.id)).toBeNull();

    await world.build('shareWith', { target: incident.id, people: [] }, 'shared { id }');
    expect(await world.sees(world.named, incident.id)).toBeNull();
  });

  it('may be opened wider later, with what was as narrow as it', async () => {
    const incident = await world.file({ visibility: 'RESTRICTED' });
    const ref = `incident:${incident.key}`;
    await world.build(
      'addEvidence',
      { incident: ref, kind: 'QUOTATION', title: 'Said', text: 'A' },
      'evidence { id }',
    );
    const { evidence } = await world.build(
      'addEvidence',
      { incident: ref, kind: 'QUOTATION', title: 'For us', text: 'B' },
      'evidence { id }',
    );
    await world.build('shareWith', { target: evidence.id, visibility: 'TEAM' }, 'shared { id }');
    await world.build('shareWith', { target: incident.id, visibility: 'PUBLIC' }, 'shared { id }');
    expect(await world.sees(null, incident.id)).toMatchObject({ evidence: [{ text: 'A' }] });
    expect((await world.sees(world.colleague, incident.id)).evidence).toHaveLength(2);
  });

  it('opens nothing that was recorded for fewer, or that who shares it does not see', async () => {
    const incident = await world.file({ visibility: 'TEAM' });
    const ref = `incident:${incident.key}`;
    const quote = (title: string, visibility: string) => ({
      ...{ incident: ref, kind: 'QUOTATION', title, text: title, sensitivity: 'NONE', visibility },
    });
    const others = world.by(world.colleague);
    await world.build('addEvidence', quote('For the team', 'TEAM'), 'evidence { id }');
    await world.build('addEvidence', quote('Mine alone', 'RESTRICTED'), 'evidence { id }');
    await others('addEvidence', quote('Theirs alone', 'RESTRICTED'), 'evidence { id }');
    await world.build(
      'shareWith',
      { target: incident.id, people: [world.idOf(world.named)] },
      'shared { id }',
    );
    await others('addEvidence', quote('Theirs alone, later', 'RESTRICTED'), 'evidence { id }');
    const seen = await world.sees(world.named, incident.id);
    expect(seen.evidence).toMatchObject([{ title: 'For the team' }]);
    await world.build('shareWith', { target: incident.id, visibility: 'RESTRICTED' }, 'shared { id }');
    await world.build(
      'shareWith',
      { target: incident.id, visibility: 'PUBLIC', people: [] },
      'shared { id }',
    );
    const titles = async (viewer: Principal | null) =>
      (await world.sees(viewer, incident.id)).evidence.map(({ title }: { title: string }) => title);
    expect(await titles(null)).not.toContain('Theirs alone');
    expect(await titles(null)).not.toContain('Theirs alone, later');
    expect(await titles(world.colleague)).toContain('Theirs alone');
  });
});

describe('what an incident tells of itself', () => {
  it('keeps who was named out of the public timeline, and is freed with an embargo that is lifted', async () => {
    const incident = await world.file({ visibility: 'TEAM', embargoedUntil: '2099-01-01T00:00:00.000Z' });
    const { hypothesis } = await world.build(
      'openHypothesis',
      { incident: `incident:${incident.key}`, statement: 'A' },
      'hypothesis { id }',
    );
    await world.build(
      'shareWith',
      { target: hypothesis.id, people: [world.idOf(world.named)] },
      'shared { id }',
    );
    const open = { target: incident.id, visibility: 'PUBLIC', embargoedUntil: null };
    await world.build('shareWith', open, 'shared { id }');
    const { data } = await world.api.anonymous(
      'query ($id: ID!) { node(id: $id) { ... on Incident { hypotheses { id } timeline { nodes { type } } } } }',
      incident,
    );
    expect(data.node.hypotheses).toEqual([{ id: hypothesis.id }]);
    const types = data.node.timeline.nodes.map((event: { type: string }) => event.type);
    expect(types).toContain('INCIDENT_FILED');
    expect(types).not.toContain('SHARED');
  });

  it('is not widened by whoever may edit an incident and not share it', async () => {
    const incident = await world.file({ visibility: 'MEMBERS' });
    const { records } = world.api;
    const person = await world.api.person('INVESTIGATOR');
    const investigator = await inTeams(records, person, world.stranger.teamIds);
    const { errors } = await world.api.as(investigator)(
      'mutation ($input: UpdateIncidentInput!) { updateIncident(input: $input) { __typename } }',
      { input: { incident: `incident:${incident.key}`, visibility: 'PUBLIC' } },
    );
    expect(errors[0]).toMatchObject({ code: 'FORBIDDEN' });
    expect(await world.sees(null, incident.id)).toBeNull();
  });
});

describe('sharing', () => {
  it('is for whoever recorded the thing, their team and administrators, and told to nobody else', async () => {
    const incident = await world.file({ visibility: 'PUBLIC' });
    const { errors } = await world.api.as(world.stranger)(
      'mutation ($input: ShareWithInput!) { shareWith(input: $input) { __typename } }',
      { input: { target: incident.id, visibility: 'RESTRICTED' } },
    );
    expect(errors[0]).toMatchObject({ code: 'FORBIDDEN' });
    const told =
      'query ($id: ID!) { node(id: $id) { ... on Incident { sharing { visibility people { name } canShare { allowed } } } } }';
    expect((await world.api.as(world.stranger)(told, incident)).data.node.sharing).toBeNull();
    expect((await world.api.anonymous(told, incident)).data.node.sharing).toBeNull();
    expect((await world.api.as(world.colleague)(told, incident)).data.node.sharing).toMatchObject({
      visibility: 'PUBLIC',
      canShare: { allowed: true },
    });
    expect((await world.api.as(world.auditor)(told, incident)).data.node.sharing).toMatchObject({
      canShare: { allowed: false },
    });
  });

  it('refuses what may not be seen like what does not exist, and people who do not', async () => {
    const incident = await world.file({ visibility: 'RESTRICTED' });
    const mutate = mutating(world.api, world.stranger);
    const hidden = await mutate('shareWith', { target: incident.id, visibility: 'PUBLIC' }, 'shared { id }');
    const never = world.api.services.ids.encode('Incident', 9_999_999n);
    expect(hidden).toMatchObject({ __typename: 'NotFoundError', path: ['target'] });
    expect(await mutate('shareWith', { target: never, visibility: 'PUBLIC' }, 'shared { id }')).toEqual(
      hidden,
    );
    const nobody = world.api.services.ids.encode('Actor', 9_999_999n);
    expect(
      await mutating(world.api, world.author)(
        'shareWith',
        { target: incident.id, people: [nobody] },
        'shared { id }',
      ),
    ).toMatchObject({ __typename: 'NotFoundError', path: ['people', '0'] });
  });

  it('finds people by name for members alone', async () => {
    const find = '{ people(search: "Person") { name } }';
    expect((await world.api.as(world.author)(find)).data.people.length).toBeGreaterThan(3);
    expect((await world.api.anonymous(find)).data.people).toEqual([]);
  });
});
