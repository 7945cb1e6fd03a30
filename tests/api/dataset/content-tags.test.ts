import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { inAnotherTeam, inTeams } from '../../testkit/in-teams.ts';
import { building, mutating } from '../../testkit/mutate.ts';

describe('a content tag that something public carries', () => {
  let api: TestApi;
  let author: Principal;
  let colleague: Principal;
  let elsewhere: Principal;

  beforeAll(async () => {
    api = await testApi();
    author = await inAnotherTeam(api.records, await api.person('REPORTER'));
    colleague = await inTeams(api.records, await api.person('REPORTER'), author.teamIds);
    elsewhere = await inAnotherTeam(api.records, await api.person('REPORTER'));
    for (const who of [author, elsewhere])
      await building(mutating(api, who))('registerDatasetVersion', {
        dataset: 'open',
        version: '1',
        visibility: 'PUBLIC',
      });
  });
  afterAll(() => api.close());

  /** A tag that somebody has, described in words that are for no others than its visibility says. */
  const tag = async (by: Principal, name: string, visibility: string) => {
    const { namespace } = await api.records.team.findUniqueOrThrow({ where: { id: by.teamIds[0]! } });
    await api.records.$executeRaw`
      insert into content_tag (namespace, name, description, visibility, team_id, actor_id)
      values (${namespace}, ${name}, ${`words on ${name}`}, ${visibility}::visibility, ${by.teamIds[0]!}, ${by.actorId})`;
  };
  const measure = async (by: Principal, name: string) => {
    const { namespace } = await api.records.team.findUniqueOrThrow({ where: { id: by.teamIds[0]! } });
    return mutating(api, by)('recordContentMeasurement', {
      datasetVersion: `dataset:${namespace}/open@1`,
      tag: name,
      fraction: 0.5,
      unit: 'DOCUMENTS',
      method: 'ESTIMATE',
    });
  };
  const suspect = async (by: Principal, name: string, more: object = {}) => {
    const { data, errors } = await api.as(by)(
      `mutation ($input: FileIncidentInput!) { fileIncident(input: $input) {
        __typename ... on ConflictError { message path existing { id } } } }`,
      {
        input: {
          title: 'It wrote of it',
          summary: 'At length.',
          setting: 'DEPLOYMENT',
          severity: 'LOW',
          visibility: 'PUBLIC',
          suspectTags: [name],
          ...more,
        },
      },
    );
    expect(errors).toEqual([]);
    return data.fileIncident;
  };
  const named = async (name: string) => {
    const { data } = await api.anonymous(
      'query ($name: String) { contentTags(search: $name) { description } }',
      {
        name,
      },
    );
    return data.contentTags;
  };

  it('is public where it is new, and where the team has it and its writer sees it', async () => {
    expect(await measure(author, 'new')).toMatchObject({ __typename: 'RecordContentMeasurementSuccess' });
    expect(await named('new')).toEqual([{ description: null }]);
    await tag(author, 'ours', 'TEAM');
    expect(await named('ours')).toEqual([]);
    expect(await measure(colleague, 'ours')).toMatchObject({ __typename: 'RecordContentMeasurementSuccess' });
    expect(await named('ours')).toEqual([{ description: 'words on ours' }]);
  });

  it("stays a colleague's own where its writer does not see it: its name is taken, and nothing is recorded", async () => {
    await tag(author, 'kept-back', 'RESTRICTED');
    const taken = {
      __typename: 'ConflictError',
      message: 'The name "kept-back" is taken in your team\'s namespace.',
      existing: null,
    };
    expect(await measure(colleague, 'kept-back')).toMatchObject({ ...taken, path: ['tag'] });
    expect(await suspect(colleague, 'kept-back')).toEqual({ ...taken, path: ['suspectTags', '0'] });
    expect(await named('kept-back')).toEqual([]);
    expect(await api.records.contentMeasurement.count({ where: { contentTag: { name: 'kept-back' } } })).toBe(
      0,
    );
    expect(await api.records.suspect.count({ where: { contentTag: { name: 'kept-back' } } })).toBe(0);
  });

  it("stays another team's for members, whose it is to show, and carries what is said of it all the same", async () => {
    await tag(elsewhere, 'theirs', 'MEMBERS');
    expect(await measure(author, 'theirs')).toMatchObject({ __typename: 'RecordContentMeasurementSuccess' });
    expect(await suspect(author, 'theirs')).toEqual({ __typename: 'FileIncidentSuccess' });
    expect(await named('theirs')).toEqual([]);
    expect(await api.records.contentTag.findMany({ where: { name: 'theirs' } })).toMatchObject([
      { visibility: 'MEMBERS', teamId: elsewhere.teamIds[0] },
    ]);
  });

  it('stays with the team while what carries it is under embargo, until something public that is not names it', async () => {
    const embargo = { embargoedUntil: new Date(Date.now() + 3_600_000).toISOString() };
    await tag(author, 'held', 'TEAM');
    for (const name of ['held', 'held-new']) {
      expect(await suspect(colleague, name, embargo)).toEqual({ __typename: 'FileIncidentSuccess' });
      expect(await named(name)).toEqual([]);
      expect(await api.records.contentTag.findMany({ where: { name } })).toMatchObject([
        { visibility: 'TEAM' },
      ]);
    }
    const [filed] = await api.records.$queryRaw<[{ id: bigint }]>`
      select max(node_id) as id from incident`;
    const incident = api.services.ids.encode('Incident', filed.id);
    const mutate = mutating(api, colleague);
    const link = { incident, suspectTags: ['held-linked'] };
    await building(mutate)('linkIncident', link, 'incident { id }');
    const opened = { incident, statement: 'It is that.', suspectTags: ['held-supposed'] };
    await building(mutate)('openHypothesis', opened, 'hypothesis { id }');
    for (const name of ['held-linked', 'held-supposed']) expect(await named(name)).toEqual([]);
    await building(mutate)('shareWith', { target: incident, embargoedUntil: null }, 'shared { id }');
    expect(await named('held-new')).toEqual([]);
    expect(await suspect(colleague, 'held-new')).toEqual({ __typename: 'FileIncidentSuccess' });
    expect(await named('held-new')).toEqual([{ description: null }]);
  });

  it("tells nothing of another team's that its writer does not see: their own is made beside it", async () => {
    await tag(elsewhere, 'apart', 'TEAM');
    expect(await measure(author, 'apart')).toMatchObject({ __typename: 'RecordContentMeasurementSuccess' });
    expect(await named('apart')).toEqual([{ description: null }]);
    expect(await api.records.contentTag.count({ where: { name: 'apart', visibility: 'TEAM' } })).toBe(1);
  });
});
