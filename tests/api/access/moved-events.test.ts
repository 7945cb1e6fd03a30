import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
  await world.build('registerEvaluation', { name: 'probe', version: '1', visibility: 'PUBLIC' });
});
afterAll(() => world.api.close());

const told: SharedWorld['told'] = (...asked) => world.told(...asked);
const share = (target: string, visibility: string, by = world.author) =>
  world.by(by)('shareWith', { target, visibility }, 'shared { id }');
const suppose = async (ref: string, statement: string, by = world.author): Promise<string> =>
  (await world.by(by)('openHypothesis', { incident: ref, statement }, 'hypothesis { id }')).hypothesis.id;
const support = (hypothesis: string, statement: string, by = world.author) =>
  world.by(by)(
    'addHypothesisEvidence',
    { hypothesis, direction: 'SUPPORTS', method: 'OTHER', statement },
    'evidenceItem { id }',
  );
const quote = async (ref: string, title: string, more: object, by = world.author): Promise<string> => {
  const input = { incident: ref, kind: 'QUOTATION', title, sensitivity: 'NONE', ...more };
  return (await world.by(by)('addEvidence', input, 'evidence { id }')).evidence.id;
};
async function filed(visibility: string) {
  const { id, key } = await world.file({ visibility });
  return { id, ref: `incident:${key}` };
}
/** As events were recorded before they kept which row they tell of. */
async function forgetRows(): Promise<void> {
  await world.api.records.$executeRawUnsafe('alter table event disable trigger user');
  await world.api.records.$executeRaw`update event set subject_type = null, subject_id = null`;
  await world.api.records.$executeRawUnsafe('alter table event enable trigger user');
}

describe('what a timeline tells of a hypothesis', () => {
  it('is told to whoever sees it, its evidence included, when it is narrowed and when it is opened again', async () => {
    const { id, ref } = await filed('PUBLIC');
    const hypothesis = await suppose(ref, 'It read a plan.');
    await support(hypothesis, 'The plan is in the data.');
    await support(hypothesis, 'The plan is quoted.', world.stranger);
    expect(await told(null, id, 'plan')).toHaveLength(3);
    await share(hypothesis, 'TEAM');
    for (const viewer of [null, world.named]) expect(await told(viewer, id, 'plan')).toEqual([]);
    // Whoever wrote of it, and whoever may still see it by their own right, reads on.
    expect(await told(world.stranger, id, 'plan')).toHaveLength(1);
    expect(await told(world.author, id, 'plan')).toHaveLength(3);
    expect(await told(world.auditor, id, 'plan')).toHaveLength(3);
    expect((await told(world.colleague, id, 'plan')).length).toBeGreaterThanOrEqual(2);
    await share(hypothesis, 'PUBLIC');
    expect(await told(null, id, 'plan')).toHaveLength(3);
  });

  it('stays where it is when another of the same words is narrowed or opened', async () => {
    const { id, ref } = await filed('PUBLIC');
    const mine = await suppose(ref, 'Rewards taught it.');
    const theirs = await suppose(ref, 'Rewards taught it.', world.colleague);
    await share(theirs, 'TEAM', world.colleague);
    expect(await told(null, id, 'Rewards')).toHaveLength(1);
    await share(mine, 'TEAM');
    expect(await told(null, id, 'Rewards')).toEqual([]);
    await share(mine, 'PUBLIC');
    expect(await told(null, id, 'Rewards')).toHaveLength(1);
  });

  it('is opened with an incident no further than the hypothesis is', async () => {
    const { id, ref } = await filed('PUBLIC');
    const hypothesis = await suppose(ref, 'It guessed.');
    await support(hypothesis, 'It guessed twice.', world.colleague);
    await share(id, 'RESTRICTED');
    await share(hypothesis, 'TEAM');
    await share(id, 'PUBLIC');
    expect((await world.sees(null, id)).hypotheses).toEqual([]);
    expect(await told(null, id, 'guessed')).toEqual([]);
  });

  it('was recorded before it was known of which: then it is narrowed with each that it may tell of, and not opened', async () => {
    const { id, ref } = await filed('PUBLIC');
    const hypothesis = await suppose(ref, 'It copied.');
    await support(hypothesis, 'It copied a page.');
    await forgetRows();
    await share(hypothesis, 'TEAM');
    expect(await told(null, id, 'copied')).toEqual([]);
    expect(await told(world.colleague, id, 'copied')).toHaveLength(2);
    await share(hypothesis, 'PUBLIC');
    await share(id, 'TEAM');
    await share(id, 'PUBLIC');
    expect(await told(null, id, 'copied')).toEqual([]);
    expect(await told(world.colleague, id, 'copied')).toHaveLength(2);
  });

  it('was recorded before, for people who are no longer named on it: it is not told to them', async () => {
    const { id, ref } = await filed('TEAM');
    await world.build('shareWith', { target: id, people: [world.idOf(world.named)] }, 'shared { id }');
    const hypothesis = await suppose(ref, 'It memorised it.');
    await forgetRows();
    expect(await told(world.named, id, 'memorised')).toHaveLength(1);
    await world.build('shareWith', { target: hypothesis, people: [] }, 'shared { id }');
    expect(await told(world.named, id, 'memorised')).toEqual([]);
    expect(await told(world.colleague, id, 'memorised')).toHaveLength(1);
  });
});

describe('what a timeline tells of evidence', () => {
  it('stays where it is when other evidence of the same bytes is narrowed or opened', async () => {
    const { id, ref } = await filed('PUBLIC');
    const hidden = await quote(ref, 'Same words, hidden', { text: 'I will.', visibility: 'RESTRICTED' });
    const open = await quote(ref, 'Same words, open', { text: 'I will.' }, world.colleague);
    await share(hidden, 'TEAM');
    expect(await told(null, id, 'Same words')).toEqual(['Added evidence (quotation): Same words, open']);
    await share(open, 'TEAM', world.colleague);
    await share(open, 'PUBLIC', world.colleague);
    expect(await told(null, id, 'Same words')).toEqual(['Added evidence (quotation): Same words, open']);
    await share(hidden, 'PUBLIC');
    expect(await told(null, id, 'Same words')).toHaveLength(2);
  });

  it('names who opened it and why, and is narrowed with it, and never opened', async () => {
    const { id, ref } = await filed('PUBLIC');
    const evidence = await quote(ref, 'A recipe', { text: 'How to', sensitivity: 'HAZARDOUS' });
    const reason = 'To see what the recipe says.';
    await world.by(world.stranger)('revealEvidence', { id: evidence, reason }, 'ticket');
    expect(await told(world.colleague, id, reason)).toHaveLength(1);
    await share(evidence, 'RESTRICTED');
    expect(await told(world.colleague, id, 'recipe')).toEqual([]);
    await share(evidence, 'PUBLIC');
    expect(await told(null, id, reason)).toEqual([]);
    expect(await told(world.auditor, id, reason)).toHaveLength(1);
  });

  it('is told to nobody of the team whose incident it is, where another team alone sees it', async () => {
    const { id, ref } = await filed('PUBLIC');
    const theirs = { text: 'How to', sensitivity: 'HAZARDOUS', visibility: 'TEAM' };
    const evidence = await quote(ref, 'Their recipe', theirs, world.stranger);
    const reason = 'To see what it is about.';
    await world.by(world.named)('revealEvidence', { id: evidence, reason }, 'ticket');
    for (const viewer of [null, world.author, world.colleague]) {
      expect(await told(viewer, id, 'Their recipe')).toEqual([]);
      expect(await told(viewer, id, reason)).toEqual([]);
    }
    expect(await told(world.named, id, reason)).toHaveLength(1);
    expect(await told(world.auditor, id, reason)).toHaveLength(1);
  });
});

describe("what a model version's timeline tells of an eval run", () => {
  it('is told to whoever sees the run, and moves with it and not with the model version', async () => {
    const { modelVersion } = await world.build('registerModelVersion', {
      ...{ model: 'asked', version: '1', visibility: 'TEAM' },
    });
    const { model } = (await world.api.as(world.author)('{ model(name: "asked") { id } }')).data;
    const run = { evaluation: 'probe', evaluationVersion: '1', modelVersion: 'model:asked@1' };
    const made = await world.build('recordEvalRun', { name: 'quiet-run', ...run }, 'evalRun { id }');
    const of = (viewer: Principal | null) => told(viewer, modelVersion.id, 'quiet-run');
    await share(model.id, 'PUBLIC');
    expect(await of(world.colleague)).toHaveLength(1);
    expect(await of(null)).toEqual([]);
    await share(made.evalRun.id, 'PUBLIC');
    expect(await of(null)).toHaveLength(1);
    await share(made.evalRun.id, 'TEAM');
    expect(await of(null)).toEqual([]);
    await share(made.evalRun.id, 'PUBLIC');
    await forgetRows();
    await share(made.evalRun.id, 'TEAM');
    expect(await of(null)).toEqual([]);
    await share(model.id, 'TEAM');
    await share(model.id, 'PUBLIC');
    expect(await of(null)).toEqual([]);
  });

  it('is told to nobody who is named on the model version and not on the run', async () => {
    const { modelVersion } = await world.build('registerModelVersion', {
      ...{ model: 'shown', version: '1', visibility: 'TEAM' },
    });
    const { model } = (await world.api.as(world.author)('{ model(name: "shown") { id } }')).data;
    await world.build('shareWith', { target: model.id, people: [world.idOf(world.named)] }, 'shared { id }');
    const run = { evaluation: 'probe', evaluationVersion: '1', modelVersion: 'model:shown@1' };
    await world.build('recordEvalRun', { name: 'few-run', ...run }, 'evalRun { id }');
    expect(await told(world.named, modelVersion.id, 'few-run')).toEqual([]);
    expect(await told(world.author, modelVersion.id, 'few-run')).toHaveLength(1);
  });
});

describe("what a model version's timeline tells of a reported result", () => {
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
  const embargo = (target: string, embargoedUntil: string | null) =>
    world.build('shareWith', { target, embargoedUntil }, 'shared { id }');
  /** A public incident of which a result of a public model is reported, with who of these is told of that. */
  async function reported(model: string, statement: string, by = world.author) {
    const incident = await filed('PUBLIC');
    const { modelVersion } = await world.build('registerModelVersion', {
      ...{ model, version: '1', visibility: 'PUBLIC' },
    });
    const citation = { source: 'A report', certainty: 'PRIMARY' };
    await world.by(by)(
      'recordReportedResult',
      { statement, value: 1, incident: incident.ref, modelVersion: `model:lab/${model}@1`, citation },
      'reportedResult { id }',
    );
    const tellees = async () => {
      const people = { anonymous: null, ...world };
      const names = ['anonymous', 'author', 'colleague', 'named', 'stranger', 'auditor'] as const;
      const each = names.map(async (name) => ({
        name,
        told: await told(people[name], modelVersion.id, statement),
      }));
      return (await Promise.all(each)).filter((one) => one.told.length > 0).map(({ name }) => name);
    };
    return { ...incident, modelVersion: modelVersion.id as string, tellees };
  }
  const EVERYBODY = ['anonymous', 'author', 'colleague', 'named', 'stranger', 'auditor'];
  const TEAM = ['author', 'colleague', 'auditor'];

  it('is told to whoever sees the incident, when that is narrowed, put under an embargo and opened again', async () => {
    const { id, tellees } = await reported('reported', 'It did so in 1 of 2.');
    expect(await tellees()).toEqual(EVERYBODY);
    await share(id, 'TEAM');
    expect(await tellees()).toEqual(TEAM);
    await share(id, 'PUBLIC');
    expect(await tellees()).toEqual(EVERYBODY);
    await embargo(id, inAnHour());
    expect(await tellees()).toEqual(TEAM);
    await embargo(id, null);
    expect(await tellees()).toEqual(EVERYBODY);
    const people = [world.idOf(world.named)];
    await world.build('shareWith', { target: id, visibility: 'RESTRICTED', people }, 'shared { id }');
    expect(await tellees()).toEqual(['author', 'named', 'auditor']);
  });

  it('is told to nobody of the team of whoever reported it, where the incident is of another', async () => {
    const { id, tellees } = await reported('reported-by-another', 'They did so.', world.stranger);
    await share(id, 'TEAM');
    expect(await tellees()).toEqual(['author', 'stranger', 'auditor']);
    await share(id, 'PUBLIC');
    expect(await tellees()).toEqual(EVERYBODY);
  });

  it('is told to nobody who is named on the model version and sees neither the incident nor the run', async () => {
    const { id, tellees, modelVersion } = await reported('shown-to-few', 'It did so once.');
    const { model } = (await world.api.as(world.author)('{ model(name: "lab/shown-to-few") { id } }')).data;
    await world.build('shareWith', { target: model.id, people: [world.idOf(world.named)] }, 'shared { id }');
    const run = { evaluation: 'probe', evaluationVersion: '1', modelVersion: 'model:lab/shown-to-few@1' };
    const { evalRun } = await world.build('recordEvalRun', { name: 'shown-run', ...run }, 'evalRun { id }');
    await share(evalRun.id, 'TEAM');
    expect(await told(world.named, modelVersion, 'shown-run')).toEqual([]);
    expect(await told(world.colleague, modelVersion, 'shown-run')).toHaveLength(1);
    await share(id, 'TEAM');
    expect(await tellees()).toEqual(TEAM);
  });

  it('was recorded before it was known of which: then it is narrowed with the incident, and not opened', async () => {
    const { id, tellees } = await reported('reported-before', 'It did so before.');
    await forgetRows();
    await embargo(id, inAnHour());
    expect(await tellees()).toEqual(TEAM);
    await embargo(id, null);
    expect(await tellees()).toEqual(TEAM);
    await share(id, 'RESTRICTED');
    expect(await tellees()).toEqual(['author', 'auditor']);
  });
});

describe('what a timeline tells of a dispute', () => {
  it('is not told to whom the thing is opened, and who does not see what is disputed', async () => {
    const version = (name: string) =>
      world.build('registerDatasetVersion', { dataset: name, version: '1', visibility: 'TEAM' });
    await version('disputed');
    await version('its-origin');
    const { edge } = await world.build(
      'assertEdge',
      { kind: 'DERIVED_FROM', downstream: 'dataset:lab/disputed@1', upstream: 'dataset:lab/its-origin@1' },
      'edge { id }',
    );
    await world.build('dispute', { target: edge.id, statement: 'It was made anew.' });
    const { data } = await world.api.as(world.author)(
      '{ dataset(name: "lab/disputed") { id versions { nodes { id } } } }',
    );
    const { id, versions } = data.dataset;
    expect(await told(world.colleague, versions.nodes[0].id, 'made anew')).toHaveLength(1);
    await share(id, 'PUBLIC');
    for (const viewer of [null, world.stranger])
      expect(await told(viewer, versions.nodes[0].id, 'made anew')).toEqual([]);
    expect(await told(world.colleague, versions.nodes[0].id, 'made anew')).toHaveLength(1);
  });
});
