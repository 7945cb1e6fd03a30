// What timelines and the log tell of statements that were replaced, disputed and taken back, and of incidents that are opened.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

let world: SharedWorld;
/** Of both teams, in the name of the author's. */
let between: Principal;
beforeAll(async () => {
  world = await sharedWorld();
  between = await inTeams(world.api.records, await world.api.person('REPORTER'), [
    world.author.teamIds[0]!,
    world.named.teamIds[0]!,
  ]);
  await world.build('registerSource', { name: 'open', visibility: 'PUBLIC' });
  await world.build('registerSource', { name: 'hidden', visibility: 'TEAM' });
});
afterAll(() => world.api.close());

const told: SharedWorld['told'] = (...asked) => world.told(...asked);
const share = (target: string, input: object, by = world.author) =>
  world.by(by)('shareWith', { target, ...input }, 'shared { id }');
const version = async (dataset: string, visibility = 'PUBLIC', by = world.author): Promise<string> =>
  (await world.by(by)('registerDatasetVersion', { dataset, version: '1', visibility })).datasetVersion.id;
const retract = (target: string, reason: string, by: Principal) =>
  world.by(by)('retract', { target, reason });
const dispute = async (target: string, statement: string, by: Principal): Promise<string> =>
  (await world.by(by)('dispute', { target, statement })).dispute.id;
const composed = async (dataset: string, of: string[], more: object = {}): Promise<string> => {
  const inputs = of.map((name) => ({ of: `source:lab/${name}`, amount: 1 / of.length }));
  const composition = { unit: 'FRACTION', inputs };
  const { composition: made } = await world.build('assertComposition', {
    ...{ node: `dataset:lab/${dataset}@1`, composition },
    ...more,
  });
  return made.id;
};
/** Whom an event is not for that is the team's. */
const outside = () => [null, world.named, world.stranger];

describe('of a statement that another team made of what is public', () => {
  /** A public source of which people of the other team, who were named on it before, stated something for themselves. */
  async function stated(
    name: string,
    state: () => Promise<string>,
  ): Promise<{ source: string; made: string }> {
    const { source } = await world.build('registerSource', { name, visibility: 'TEAM' });
    await share(source.id, { people: [world.idOf(world.named)] });
    const made = await state();
    // Who opens it does not see what they stated, which stays theirs.
    await share(source.id, { visibility: 'PUBLIC', people: [] }, world.colleague);
    return { source: source.id, made };
  }
  const claimed = (name: string) => async () =>
    (
      await world.by(world.named)('assertClaim', {
        ...{ node: `source:lab/${name}`, property: 'TITLE', text: 'A guess' },
      })
    ).claim.id;

  it('is told that it was taken back to their people, and not to those of the team that whoever did so acts for', async () => {
    const { source, made } = await stated('claimed', claimed('claimed'));
    await retract(made, 'It was a guess.', between);
    for (const viewer of [null, world.colleague]) expect(await told(viewer, source, 'guess')).toEqual([]);
    for (const viewer of [world.named, world.stranger, between, world.auditor])
      expect(await told(viewer, source, 'It was a guess')).toEqual(['Retracted Claim: It was a guess.']);
  });

  it('is told so of a name, too', async () => {
    const { source, made } = await stated('renamed', async () => {
      const input = { alias: 'source:other-name', node: 'source:lab/renamed' };
      return (await world.by(world.named)('addAlias', input, 'node { id } alias { id }')).alias.id;
    });
    await retract(made, 'Nobody calls it so.', between);
    for (const viewer of [null, world.colleague]) expect(await told(viewer, source, 'calls it')).toEqual([]);
    expect(await told(world.stranger, source, 'calls it')).toHaveLength(1);
  });

  it('is told of a dispute, and of its end, to nobody who does not see what is disputed', async () => {
    const { source, made } = await stated('contested', claimed('contested'));
    const disputed = await dispute(made, 'They guess here.', between);
    await retract(disputed, 'They guessed well.', between);
    for (const viewer of [null, world.colleague]) {
      expect(await told(viewer, source, 'They guess')).toEqual([]);
      expect(await told(viewer, null, 'They guessed')).toEqual([]);
    }
    expect(await told(between, source, 'They guess')).toHaveLength(1);
    expect(await told(between, null, 'They guessed')).toHaveLength(1);
  });

  it('is told of a name that logs have for a model to the people of its team', async () => {
    const model = { model: 'named-in-logs', version: '1', visibility: 'PUBLIC' };
    const { modelVersion } = await world.build('registerModelVersion', model);
    const { modelAlias } = await world.by(world.named)(
      'confirmModelAlias',
      { name: 'their/secret-name', modelVersion: 'model:lab/named-in-logs@1' },
      'modelAlias { id }',
    );
    const input = { modelAlias: modelAlias.id, reason: 'It is another.' };
    await world.by(between)('retractModelAlias', input, 'modelAlias { id }');
    expect(await told(world.colleague, modelVersion.id, 'secret-name')).toEqual([]);
    expect(await told(world.stranger, modelVersion.id, 'Retracted the name their/secret-name')).toHaveLength(
      1,
    );
  });
});

describe('of what a thing was made of', () => {
  it('is told that it was disputed and taken back to whoever sees one of the inputs', async () => {
    const id = await version('of-hidden');
    const made = await composed('of-hidden', ['hidden']);
    const disputed = await dispute(made, 'Not of hidden books.', world.colleague);
    await retract(disputed, 'Of hidden books, after all.', world.colleague);
    await retract(made, 'The hidden books were lost.', world.colleague);
    for (const viewer of outside()) {
      expect(await told(viewer, id, 'hidden books')).toEqual([]);
      expect(await told(viewer, null, 'hidden books, after all')).toEqual([]);
    }
    expect(await told(world.author, id, 'hidden books')).toHaveLength(2);
    expect(await told(world.author, null, 'hidden books, after all')).toHaveLength(1);
    await retract(await composed('of-hidden', ['hidden', 'open']), 'Some books were lost.', world.author);
    for (const viewer of outside()) expect(await told(viewer, id, 'Some books')).toHaveLength(1);
  });

  it('is told that it replaces another to whoever sees that, and to others that it was stated', async () => {
    const id = await version('corrected');
    const hidden = await composed('corrected', ['hidden']);
    const open = await composed('corrected', ['open'], { replaces: hidden, reason: 'It was none of ours.' });
    const stated = 'Stated what lab/corrected@1 was made of.';
    for (const viewer of outside()) {
      expect(await told(viewer, id, 'made of')).toEqual([stated]);
      expect(await told(viewer, id, 'none of ours')).toEqual([]);
    }
    expect(await told(world.colleague, id, 'none of ours')).toEqual([
      'Retracted Composition: It was none of ours.',
    ]);
    await composed('corrected', ['open', 'hidden'], { replaces: open, reason: 'It was more.' });
    for (const viewer of outside())
      expect(await told(viewer, id, 'made of')).toEqual([
        stated,
        'Corrected what lab/corrected@1 was made of: It was more.',
      ]);
  });

  it('is told that it replaces another in one, whatever that was made of which they do not see', async () => {
    const secret = { name: 'secret', visibility: 'RESTRICTED' };
    await world.by(world.colleague)('registerSource', secret);
    const kept = await version('kept');
    const inputs = ['hidden', 'secret'].map((name) => ({ of: `source:lab/${name}`, amount: 0.25 }));
    const { composition: first } = await world.by(world.colleague)('assertComposition', {
      ...{ node: 'dataset:lab/kept@1', composition: { unit: 'FRACTION', complete: false, inputs } },
    });
    // The author does not see the secret of a colleague, who reads the same as they.
    await composed('kept', ['hidden'], { replaces: first.id, reason: 'It was all of it.' });
    for (const viewer of [world.author, world.colleague])
      expect(await told(viewer, kept, 'all of it')).toEqual([
        'Corrected what lab/kept@1 was made of: It was all of it.',
      ]);
    for (const viewer of outside()) expect(await told(viewer, kept, 'all of it')).toEqual([]);
  });

  it('is told so of an edge, too', async () => {
    const id = await version('joined');
    const edge = { kind: 'DERIVED_FROM', downstream: 'dataset:lab/joined@1' };
    const { edge: hidden } = await world.build('assertEdge', { ...edge, upstream: 'source:lab/hidden' });
    const corrected = { replaces: hidden.id, reason: 'It was none of ours.' };
    const { edge: open } = await world.build('assertEdge', {
      ...edge,
      upstream: 'source:lab/open',
      ...corrected,
    });
    const stated = 'Stated that lab/joined@1 is joined to lab/open (derived from).';
    for (const viewer of outside()) {
      expect(await told(viewer, id, 'joined to')).toEqual([stated]);
      expect(await told(viewer, id, 'none of ours')).toEqual([]);
    }
    expect(await told(world.colleague, id, 'none of ours')).toHaveLength(1);
    const again = { replaces: open.id, reason: 'Read again.' };
    await world.build('assertEdge', { ...edge, upstream: 'source:lab/open', ...again });
    for (const viewer of outside())
      expect(await told(viewer, id, 'Read again')).toEqual([
        'Corrected that lab/joined@1 is joined to lab/open (derived from): Read again.',
      ]);
  });

  it('is told of a content measurement that was taken back to whoever sees its tag', async () => {
    const id = await version('measured');
    const { contentMeasurement } = await world.build('recordContentMeasurement', {
      ...{ datasetVersion: 'dataset:lab/measured@1', tag: 'plans', fraction: 0.5, unit: 'TOKENS' },
      method: 'ESTIMATE',
    });
    await world.api.records.$executeRaw`update content_tag set visibility = 'TEAM' where name = 'plans'`;
    await retract(contentMeasurement.id, 'Counted anew.', world.colleague);
    for (const viewer of outside()) expect(await told(viewer, id, 'Counted anew')).toEqual([]);
    expect(await told(world.author, id, 'Counted anew')).toHaveLength(1);
  });

  it("is told that a run was tested on another team's dataset, by whatever name, to whoever sees that", async () => {
    await version('guessed');
    await version('real', 'TEAM', world.named);
    await world.build('registerEvaluation', { name: 'asked', version: '1', visibility: 'PUBLIC' });
    const model = { model: 'tested', version: '1', visibility: 'PUBLIC' };
    await world.build('registerModelVersion', model);
    const run = { evaluation: 'asked', evaluationVersion: '1', modelVersion: 'model:lab/tested@1' };
    const { evalRun } = await world.build('recordEvalRun', { name: 'tried', ...run }, 'evalRun { id }');
    const edge = { kind: 'TESTED_ON', downstream: 'eval-run:lab/tried', upstream: 'dataset:lab/guessed@1' };
    await world.build('assertEdge', edge);
    const alias = { alias: 'dataset:guessed@1', node: 'dataset:other/real@1', replacing: true };
    await world.by(between)('addAlias', alias);
    for (const viewer of [null, world.colleague]) expect(await told(viewer, evalRun.id, 'real')).toEqual([]);
    expect(await told(between, evalRun.id, 'real')).toHaveLength(1);
  });
});

const updatedAt = async (viewer: Principal | null, id: string): Promise<string> => {
  const ask = viewer === null ? world.api.anonymous : world.api.as(viewer);
  const { data } = await ask('query ($id: ID!) { node(id: $id) { ... on Incident { updatedAt } } }', { id });
  return data.node.updatedAt;
};

describe('what a timeline tells of an incident that is opened', () => {
  it('is not which behaviours it has, nor since when, to those who do not see all of them', async () => {
    await world.build('registerBehavior', { name: 'schemes', title: 'Schemes' }, 'behavior { id }');
    const { id, key } = await world.file({ visibility: 'MEMBERS' });
    const changed = { incident: `incident:${key}`, title: 'It schemed', behaviors: ['schemes'] };
    await world.build('updateIncident', changed, 'incident { id }');
    expect(await told(world.stranger, id, 'Changed')).toEqual(['Changed behaviors.', 'Changed title.']);
    // As it was recorded before it was told by itself.
    const before = { node: world.api.services.ids.decode(id)!.id, ...world.author };
    await world.api.records.$executeRaw`insert into event (type, node_id, payload, team_id, actor_id)
      values ('INCIDENT_UPDATED', ${before.node}, '{"fields": ["summary", "behaviors"]}', ${before.teamIds[0]}, ${before.actorId})`;
    const date = await updatedAt(world.stranger, id);
    await share(id, { visibility: 'PUBLIC' });
    expect(await told(null, id, 'Changed')).toEqual(['Changed title.']);
    expect(await told(world.stranger, id, 'Changed')).toHaveLength(3);
    expect((await updatedAt(null, id)) > date).toBe(true);
  });

  it('is not what was linked with it, nor since when, to those who are named on it later', async () => {
    const { id, key } = await world.file({ visibility: 'PUBLIC' });
    await share(id, { visibility: 'TEAM' });
    const link = { incident: `incident:${key}`, suspects: ['source:lab/hidden'] };
    await world.build('linkIncident', link, 'incident { id }');
    const date = await updatedAt(world.colleague, id);
    await share(id, { people: [world.idOf(world.named)] });
    expect(await told(world.named, id, 'lab/hidden')).toEqual([]);
    expect(await told(world.colleague, id, 'lab/hidden')).toHaveLength(1);
    expect((await updatedAt(world.named, id)) > date).toBe(true);
    // Whoever saw it before, and is named now, reads nothing new.
    const named = await updatedAt(world.named, id);
    await share(id, { people: [world.idOf(world.named)] });
    expect(await updatedAt(world.named, id)).toBe(named);
  });

  it('is who is named on it to its team, and not to that of whoever named them', async () => {
    const { id } = await world.file({ visibility: 'PUBLIC' });
    await share(id, { people: [world.idOf(world.colleague)] }, world.administrator);
    expect(await told(world.author, id, 'named')).toHaveLength(1);
    for (const viewer of [null, world.stranger]) expect(await told(viewer, id, 'named')).toEqual([]);
  });
});

describe("what is done in another team's name", () => {
  /** An incident of the author's team, which somebody of the other is named on. */
  const shared = async (more: object = {}): Promise<{ id: string; incident: string }> => {
    const { id, key } = await world.file({ visibility: 'TEAM', ...more });
    await share(id, { people: [world.idOf(world.named)] });
    return { id, incident: `incident:${key}` };
  };
  const link = (input: Record<string, unknown>, by: Principal) =>
    world.by(by)('linkIncident', input, 'incident { id }');
  let model: string;
  let run: string;
  beforeAll(async () => {
    const version = { model: 'linked', version: '1', visibility: 'PUBLIC' };
    model = (await world.build('registerModelVersion', version)).modelVersion.id;
    await world.build('registerEvaluation', { name: 'looked', version: '1', visibility: 'PUBLIC' });
    const looked = { evaluation: 'looked', evaluationVersion: '1', modelVersion: 'model:lab/linked@1' };
    run = (await world.build('recordEvalRun', { name: 'linked', ...looked }, 'evalRun { id }')).evalRun.id;
    await share(run, { visibility: 'PUBLIC' });
  });

  it('is told of links that another team took back to whoever saw them, and of their date to nobody else', async () => {
    const administrator = await inTeams(
      world.api.records,
      await world.api.person('ADMINISTRATOR'),
      world.author.teamIds,
    );
    const other = await world.file({ visibility: 'PUBLIC' });
    const { id, incident } = await shared();
    const links = {
      ...{ modelVersions: ['model:lab/linked@1'], evalRuns: ['eval-run:lab/linked'] },
      related: [{ incident: `incident:${other.key}`, relation: 'follows' }],
    };
    await link({ incident, ...links }, world.administrator);
    // Who opens it does not see the links of the other team, which stay theirs.
    await share(id, { visibility: 'PUBLIC', people: [] }, world.colleague);
    const date = await updatedAt(null, id);
    for (const [thing, reason] of [
      [model, 'Not this model.'],
      [run, 'Not this run.'],
      [other.id, 'Not after this.'],
    ]) {
      await link({ incident, unlink: [thing], reason }, administrator);
      for (const viewer of [null, world.author, world.colleague])
        expect(await told(viewer, id, reason!)).toEqual([]);
      for (const viewer of [world.stranger, administrator, world.auditor])
        expect(await told(viewer, id, reason!)).toEqual([`Took back 1 link: ${reason}`]);
    }
    expect(await updatedAt(null, id)).toBe(date);
  });

  it('is told of links that all saw, of what changed, and of the status, to the team whose incident it is', async () => {
    const { id, incident } = await shared({ modelVersions: ['model:lab/linked@1'] });
    const by = world.by(world.administrator);
    await by('linkIncident', { incident, unlink: [model], reason: 'It was another.' }, 'incident { id }');
    await by('updateIncident', { incident, title: 'It schemed' }, 'incident { id }');
    await by('changeIncidentStatus', { incident, to: 'TRIAGED' }, 'incident { id }');
    for (const words of ['It was another', 'Changed title', 'triaged'])
      for (const viewer of [world.author, world.colleague, world.named])
        expect(await told(viewer, id, words)).toHaveLength(1);
  });

  it("is told of a decision on another team's standard to whoever sees both", async () => {
    const standard = { name: 'house-rules', title: 'House rules', kind: 'policy', version: '1' };
    await world.build('publishStandard', standard, 'standardVersion { id }');
    for (const table of ['standard', 'standard_version'])
      await world.api.records.$executeRawUnsafe(`update ${table} set visibility = 'TEAM'`);
    const decide = (decision: string, by: Principal) =>
      world.by(by)(
        'approveStandard',
        { standard: 'lab/house-rules', decision, comment: 'So be it.' },
        'standardVersion { id }',
      );
    await decide('DISSENTED', world.administrator);
    for (const viewer of [null, world.stranger, world.named, world.author])
      expect(await told(viewer, null, 'dissented: the standard')).toEqual([]);
    for (const viewer of [world.administrator, world.auditor])
      expect(await told(viewer, null, 'dissented: the standard')).toHaveLength(1);
    await decide('APPROVED', world.colleague);
    expect(await told(world.author, null, 'approved: the standard')).toHaveLength(1);
    for (const viewer of [null, world.stranger])
      expect(await told(viewer, null, 'approved: the standard')).toEqual([]);
  });
});
