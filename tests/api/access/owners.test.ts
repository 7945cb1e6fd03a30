import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

let world: SharedWorld;
beforeAll(async () => {
  world = await sharedWorld();
});
afterAll(() => world.api.close());

const quote = (incident: { key: string }, title: string, more: object = {}) => ({
  ...{ incident: `incident:${incident.key}`, kind: 'QUOTATION', title, text: title, sensitivity: 'NONE' },
  ...more,
});
const titles = async (viewer: Principal, incident: { id: string }) =>
  (await world.sees(viewer, incident.id)).evidence.map(({ title }: { title: string }) => title).sort();
const add = (by: Principal, incident: { key: string }, title: string, more: object = {}) =>
  world.by(by)('addEvidence', quote(incident, title, more), 'evidence { id }');
const share = (target: { id: string }, more: object) =>
  world.build('shareWith', { target: target.id, ...more }, 'shared { id }');

describe('whoever filed a restricted incident', () => {
  it('sees what those who are named add to it, with what hangs on that', async () => {
    const { author, named, stranger, colleague, auditor } = world;
    const incident = await world.file({ visibility: 'RESTRICTED' });
    await share(incident, { people: [world.idOf(named)] });
    await add(named, incident, 'Theirs');
    const { hypothesis } = await world.by(named)(
      'openHypothesis',
      { incident: `incident:${incident.key}`, statement: 'It read of it' },
      'hypothesis { id }',
    );
    await world.by(named)(
      'assessHypothesis',
      { hypothesis: hypothesis.id, confidence: 'high' },
      'hypothesis { id }',
    );
    for (const viewer of [author, named, auditor]) {
      const seen = await world.sees(viewer, incident.id);
      expect(seen).toMatchObject({
        evidence: [{ title: 'Theirs' }],
        hypotheses: [{ statement: 'It read of it' }],
      });
      // All but with whom it is shared, which is not told to who is named.
      expect(seen.timeline.totalCount, viewer.name).toBe(
        (await world.sees(auditor, incident.id)).timeline.totalCount - (viewer === named ? 1 : 0),
      );
    }
    const ask = 'query ($id: ID!) { node(id: $id) { ... on Hypothesis { assessments { confidence } } } }';
    expect((await world.api.as(author)(ask, hypothesis)).data.node.assessments).toEqual([
      { confidence: 'high' },
    ]);
    for (const viewer of [null, stranger, colleague])
      expect(await world.sees(viewer, incident.id)).toBeNull();
  });

  it('sees what an administrator adds to it before it was ever shared, and those named later do too', async () => {
    const { author, administrator, named, stranger } = world;
    const incident = await world.file({ visibility: 'RESTRICTED' });
    await add(administrator, incident, 'From above');
    expect(await titles(author, incident)).toEqual(['From above']);
    await share(incident, { people: [world.idOf(named)] });
    expect(await titles(named, incident)).toEqual(['From above']);
    expect(await titles(author, incident)).toEqual(['From above']);
    await share(incident, { people: [] });
    expect(await world.sees(named, incident.id)).toBeNull();
    expect(await world.sees(stranger, incident.id)).toBeNull();
    expect(await titles(author, incident)).toEqual(['From above']);
  });

  it('keeps what others had added while more could see it, when it is narrowed', async () => {
    const { author, colleague, stranger } = world;
    for (const [by, from] of [
      [colleague, 'TEAM'],
      [stranger, 'MEMBERS'],
    ] as const) {
      for (const mutation of ['shareWith', 'updateIncident']) {
        const incident = await world.file({ visibility: from });
        await add(by, incident, 'Of another');
        await add(by, incident, 'Another keeps', { visibility: 'RESTRICTED' });
        if (mutation === 'shareWith') await share(incident, { visibility: 'RESTRICTED' });
        else
          await world.build(
            mutation,
            { incident: `incident:${incident.key}`, visibility: 'RESTRICTED' },
            'incident { id }',
          );
        expect(await titles(author, incident), `${mutation} from ${from}`).toEqual(['Of another']);
        expect(await world.sees(by, incident.id)).toBeNull();
      }
    }
  });

  it('sees what a person of another team, who is named, adds for teams', async () => {
    const { author, named } = world;
    const incident = await world.file({ visibility: 'TEAM' });
    await share(incident, { people: [world.idOf(named)] });
    await add(named, incident, 'For teams');
    expect(await titles(author, incident)).toEqual(['For teams']);
  });

  it('still sees what is shared with others of it, and is not told of as one who is named', async () => {
    const { author, named, stranger } = world;
    const incident = await world.file({ visibility: 'RESTRICTED' });
    await share(incident, { people: [world.idOf(named), world.idOf(stranger)] });
    const { evidence } = await add(named, incident, 'For one more');
    await world.by(named)(
      'shareWith',
      { target: evidence.id, people: [world.idOf(stranger)] },
      'shared { id }',
    );
    for (const viewer of [author, named, stranger])
      expect(await titles(viewer, incident), viewer.name).toEqual(['For one more']);
    const ask = `query ($id: ID!) { node(id: $id) { ... on Evidence { sharing { people { id } } }
      ... on Incident { sharing { people { id } } } } }`;
    const people = async (id: string) =>
      (await world.api.as(author)(ask, { id })).data.node.sharing?.people.map((p: { id: string }) => p.id);
    expect(await people(incident.id)).toEqual([world.idOf(named), world.idOf(stranger)]);
    await share(incident, { people: [world.idOf(author), world.idOf(named)] });
    expect(await people(incident.id)).toContain(world.idOf(author));
    await share(incident, { people: [] });
    expect(await people(incident.id)).toEqual([]);
    expect(await titles(author, incident)).toEqual(['For one more']);
  });

  it('does not see what was recorded for fewer than it was for', async () => {
    const { author, colleague, named } = world;
    const incident = await world.file({ visibility: 'TEAM' });
    await share(incident, { people: [world.idOf(named)] });
    await add(colleague, incident, 'Mine alone', { visibility: 'RESTRICTED' });
    expect(await titles(author, incident)).toEqual([]);
    expect(await titles(named, incident)).toEqual([]);
  });
});

describe('whoever recorded a restricted dataset or model', () => {
  const ofNode = async (viewer: Principal, ref: string) => {
    const { data, errors } = await world.api.as(viewer)(
      `query ($ref: NodeRef!) { lineageNode(ref: $ref) { ... on DatasetVersion { tokens }
        lineage(via: [DATA, REVISION]) { nodes { label } edges { kind } } } }`,
      { ref },
    );
    expect(errors).toEqual([]);
    return data.lineageNode;
  };

  it.each([['the named person', 'named'] as const, ['an administrator', 'administrator'] as const])(
    'sees what %s says of its versions: claims, and what they are made of',
    async (_, who) => {
      const { author, stranger } = world;
      const teller = world.by(world[who]);
      const name = `secret-${who}`;
      await world.build('registerDatasetVersion', { dataset: name, version: '1', visibility: 'RESTRICTED' });
      await world.build('registerSource', { name: `crawl-${who}`, visibility: 'PUBLIC' });
      const dataset = (await world.api.as(author)(`{ dataset(name: "lab/${name}") { id } }`)).data.dataset;
      if (who === 'named') await share(dataset, { people: [world.idOf(world.named)] });
      const ref = `dataset:lab/${name}@1`;
      await teller('assertClaim', { node: ref, property: 'TOKENS', number: 70 });
      await teller('recordTransformation', {
        output: ref,
        transformation: {
          name: `mixing-${who}`,
          composition: {
            unit: 'FRACTION',
            complete: true,
            inputs: [{ of: `source:lab/crawl-${who}`, amount: 1 }],
          },
        },
      });
      expect(await ofNode(author, ref)).toEqual(await ofNode(world.auditor, ref));
      expect(await ofNode(author, ref)).toMatchObject({
        tokens: '70',
        lineage: { edges: [{ kind: 'USED' }, { kind: 'GENERATED_BY' }] },
      });
      expect(await ofNode(stranger, ref)).toBeNull();
    },
  );

  it('sees the versions that a colleague who is named adds to it', async () => {
    const { author, colleague, stranger, build } = world;
    await build('registerDatasetVersion', { dataset: 'growing', version: '1', visibility: 'RESTRICTED' });
    const { data } = await world.api.as(author)('{ dataset(name: "lab/growing") { id } }');
    await share(data.dataset, { people: [world.idOf(colleague)] });
    await world.by(colleague)('registerDatasetVersion', { dataset: 'growing', version: '2', tokens: '7' });
    const next = 'dataset:lab/growing@2';
    for (const viewer of [author, colleague])
      expect(await ofNode(viewer, next)).toMatchObject({ tokens: '7' });
    expect(await ofNode(stranger, next)).toBeNull();
  });

  it('sees the measurements that the named person adds to an eval run', async () => {
    const { author, named, build } = world;
    const set = { visibility: 'RESTRICTED' };
    await build('registerModelVersion', { model: 'kept', version: '1', ...set });
    await build('registerEvaluation', { name: 'asked', version: '1' }, 'evaluationVersion { id }');
    await build('registerBehavior', { name: 'blackmail', title: 'Blackmail' }, 'behavior { id }');
    const { evalRun } = await build(
      'recordEvalRun',
      { name: 'run', evaluation: 'asked', evaluationVersion: '1', modelVersion: 'model:kept@1', ...set },
      'evalRun { id ref }',
    );
    const { data } = await world.api.as(author)('{ model(name: "lab/kept") { id } }');
    await share(data.model, { people: [world.idOf(named)] });
    await share(evalRun, { people: [world.idOf(named)] });
    await world.by(named)(
      'recordMeasurement',
      { evalRun: evalRun.ref, measurement: { behavior: 'lab/blackmail', exhibited: 1, notExhibited: 3 } },
      'measurement { id }',
    );
    const ask = 'query ($id: ID!) { node(id: $id) { ... on EvalRun { measurements { exhibited } } } }';
    const measured = (viewer: Principal) => world.api.as(viewer)(ask, evalRun);
    expect((await measured(author)).data.node).toEqual((await measured(named)).data.node);
    expect(JSON.stringify((await measured(author)).data)).toContain('"exhibited":1');
  });
});
