import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, type Principal, type Viewer } from '../../../api/src/access/viewer.ts';
import { inAnotherTeam } from '../../testkit/in-teams.ts';
import { type FiledWorld, filedWorld } from '../incident/filed-world.ts';
import { evalRun } from '../incident/world.ts';

const PUBLIC = { visibility: 'PUBLIC' };
const TEAM = { visibility: 'TEAM' };

/** An event names other things than the node on whose timeline it stands: nobody reads of one that they do not see. */
describe('an event', () => {
  let world: FiledWorld;
  /** Of another team: sees what members see. */
  let stranger: Principal;
  beforeAll(async () => {
    world = await filedWorld();
    stranger = await inAnotherTeam(world.api.records, await world.api.person('INVESTIGATOR'));
    await make('registerSource', { name: 'open-books', ...PUBLIC }, 'source { id }');
    await make('registerSource', { name: 'hidden-books', ...TEAM }, 'source { id }');
  });
  afterAll(() => world.api.close());

  // biome-ignore lint/suspicious/noExplicitAny: the shape is the mutation's
  async function make(mutation: string, input: object, fields: string, as = world.reporter): Promise<any> {
    const result = await world.run(as, mutation, input, fields);
    expect(result.__typename, JSON.stringify(result)).toMatch(/Success$/);
    return result;
  }
  const share = (table: string, name: string, visibility: string) =>
    world.api.records.$executeRawUnsafe(
      `update ${table} set visibility = '${visibility}' where name = '${name}'`,
    );

  interface Told {
    summary: string;
    payload: Record<string, unknown>;
  }
  /** The events of a node that a viewer is told, read one by one as a tool does, oldest first. */
  async function told(as: Viewer, name: string): Promise<Told[]> {
    const rows = await world.api.records.$queryRaw<{ id: bigint }[]>`
      select e.id from event e join node n on n.id = e.node_id where n.name = ${name} or exists (
        select 1 from incident i where i.node_id = n.id and i.key = ${name}) order by e.id`;
    const ids = rows.map(({ id }) => world.api.services.ids.encode('Event', id));
    const { nodes } = await world.ask(
      as,
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Event { summary payload } } }',
      { ids },
    );
    return nodes.filter((node: Told | null) => node !== null);
  }
  const summaries = async (as: Viewer, name: string) => (await told(as, name)).map(({ summary }) => summary);
  /** An incident's `updatedAt` and what its timeline tells. */
  async function timeline(as: Viewer, key: string): Promise<{ updatedAt: string; told: string[] }> {
    const { incident } = await world.ask(
      as,
      'query ($key: String!) { incident(key: $key) { updatedAt timeline(first: 50) { nodes { summary } } } }',
      { key },
    );
    return {
      updatedAt: incident.updatedAt,
      told: incident.timeline.nodes.map((event: Told) => event.summary),
    };
  }

  it('of a measurement is told to whoever sees its behaviour', async () => {
    await make('registerBehavior', { name: 'secret-plan', title: 'Secret' }, 'behavior { id }');
    await share('behavior', 'secret-plan', 'TEAM');
    await make('recordEvalRun', evalRun('measured-run'), 'evalRun { id }');
    const measurement = { behavior: 'secret-plan', exhibited: 1, notExhibited: 9 };
    await make('recordMeasurement', { evalRun: 'eval-run:measured-run', measurement }, 'measurement { id }');
    const whole = [
      'Recorded eval-run:measured-run.',
      'Recorded a measurement of secret-plan in eval-run:measured-run.',
    ];
    expect(await summaries(world.reporter, 'measured-run')).toEqual(whole);
    expect(await summaries(stranger, 'measured-run')).toEqual(whole.slice(0, 1));
  });

  it('of a retraction is told to whoever sees what stands in its place', async () => {
    await make('registerSource', { name: 'old-books', ...PUBLIC }, 'source { id }');
    const { lineageNode } = await world.ask(
      world.reporter,
      '{ lineageNode(ref: "source:old-books") { id } }',
    );
    await make(
      'retract',
      { target: lineageNode.id, reason: 'It is another.', replacedBy: 'source:hidden-books' },
      'retracted { id }',
    );
    expect(await summaries(world.reporter, 'old-books')).toEqual([
      'Registered old-books.',
      'Retracted old-books in favour of hidden-books: It is another.',
    ]);
    expect(await summaries(ANONYMOUS, 'old-books')).toEqual(['Registered old-books.']);
  });

  it('of an edge, its dispute and its retraction is told to whoever sees both ends', async () => {
    const open = { dataset: 'open-set', version: '1', ...PUBLIC };
    await make('registerDatasetVersion', open, 'datasetVersion { id }');
    await make(
      'registerModelVersion',
      { model: 'hidden-model', version: '1', ...TEAM },
      'modelVersion { id }',
    );
    const edge = {
      kind: 'SYNTHESIZED_BY',
      downstream: 'dataset:open-set@1',
      upstream: 'model:hidden-model@1',
    };
    const { edge: made } = await make('assertEdge', edge, 'edge { id }');
    await make('dispute', { target: made.id, statement: 'They are not.' }, 'dispute { id }');
    await make('retract', { target: made.id, reason: 'They were not.' }, 'retracted { id }');
    expect(await summaries(world.reporter, 'open-set')).toHaveLength(4);
    expect(await summaries(stranger, 'open-set')).toEqual(['Registered open-set@1.']);
  });

  it('of a content measurement is told to whoever sees the tag', async () => {
    await make('registerDatasetVersion', { dataset: 'mix', version: '1' }, 'datasetVersion { id }');
    const measured = { datasetVersion: 'dataset:mix@1', fraction: 0.5, unit: 'TOKENS', method: 'ESTIMATE' };
    await make('recordContentMeasurement', { ...measured, tag: 'secret-tag' }, 'contentMeasurement { id }');
    expect(await summaries(stranger, 'mix')).toHaveLength(2);
    await share('content_tag', 'secret-tag', 'TEAM');
    await make(
      'recordContentMeasurement',
      { ...measured, tag: 'secret-tag', fraction: 0.6 },
      'contentMeasurement { id }',
    );
    expect(await summaries(world.reporter, 'mix')).toHaveLength(3);
    expect(await summaries(stranger, 'mix')).toHaveLength(2);
  });

  it('counts no inputs and no measurements: some of them may be hidden', async () => {
    const composition = {
      unit: 'FRACTION',
      complete: true,
      inputs: [
        { of: 'source:open-books', amount: 0.5 },
        { of: 'source:hidden-books', amount: 0.5 },
      ],
    };
    const version = { dataset: 'counted', version: '1', derivedFrom: composition };
    await make('registerDatasetVersion', version, 'datasetVersion { id }');
    // As it was recorded before counts were left out.
    await world.api.records.$executeRawUnsafe('alter table event disable trigger user');
    await world.api.records.$executeRaw`
      update event set payload = payload || '{"inputs": 2}' where type = 'DATASET_VERSION_REGISTERED'`;
    await world.api.records.$executeRawUnsafe('alter table event enable trigger user');
    expect(await told(stranger, 'counted')).toEqual([
      { summary: 'Registered counted@1.', payload: { ref: 'counted@1' } },
    ]);
  });

  it('of links tells of those that one sees, and of the others neither the name nor the date', async () => {
    const { key, ref } = await world.file('Linked', PUBLIC);
    const secret = await world.file('Secret one', TEAM);
    const before = await timeline(ANONYMOUS, key);
    const link = (input: object) => make('linkIncident', { incident: ref, ...input }, 'incident { id }');
    await link({
      related: [{ incident: secret.ref, relation: 'follows' }],
      suspects: ['source:hidden-books'],
    });
    expect(await timeline(ANONYMOUS, key)).toEqual(before);
    expect((await timeline(stranger, key)).told).toEqual(before.told);
    expect((await timeline(world.reporter, key)).told.at(-1)).toBe(
      `Linked source:hidden-books, ${secret.ref}.`,
    );
    await link({ modelVersions: ['model:opus@4'], suspects: ['source:open-books'], suspectTags: ['tag'] });
    const after = await timeline(stranger, key);
    expect(after.told).toEqual([...before.told, 'Linked source:open-books, tag.', 'Linked model:opus@4.']);
    expect((await timeline(ANONYMOUS, key)).told).toEqual([...before.told, 'Linked source:open-books, tag.']);
  });

  it('of what was taken back tells only of what one saw', async () => {
    const { key, ref } = await world.file('Unlinked', PUBLIC);
    const { evidence } = await make(
      'addEvidence',
      {
        incident: ref,
        kind: 'QUOTATION',
        title: 'Hidden quote',
        text: 'It said so.',
        visibility: 'RESTRICTED',
      },
      'evidence { id }',
    );
    const before = await timeline(ANONYMOUS, key);
    await make(
      'linkIncident',
      { incident: ref, unlink: [evidence.id], reason: 'It names a person.' },
      'incident { id }',
    );
    expect(await timeline(ANONYMOUS, key)).toEqual(before);
    expect(await timeline(stranger, key)).toEqual(before);
    expect((await timeline(world.reporter, key)).told.at(-1)).toBe('Took back 1 link: It names a person.');
  });

  it('of an incident under embargo, and of what another team alone sees, is told to whoever sees those', async () => {
    const { key, ref } = await world.file('Of others', PUBLIC);
    const held = await world.file('Embargoed', PUBLIC);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await make('shareWith', { target: held.id, embargoedUntil: until }, 'shared { id }');
    const before = await timeline(ANONYMOUS, key);
    await make(
      'linkIncident',
      { incident: ref, related: [{ incident: held.ref, relation: 'follows' }] },
      'incident { id }',
    );
    expect(await timeline(ANONYMOUS, key)).toEqual(before);
    expect((await timeline(world.reporter, key)).told.at(-1)).toContain(held.ref);
    await make('registerSource', { name: 'their-books', ...TEAM }, 'source { id }', stranger);
    const theirs = `source:${await namespaceOf(stranger)}/their-books`;
    await make('linkIncident', { incident: ref, suspects: [theirs] }, 'incident { id }', world.administrator);
    expect(JSON.stringify(await timeline(world.reporter, key))).not.toContain('their-books');
    expect((await timeline(world.administrator, key)).told.at(-1)).toBe(`Linked ${theirs}.`);
  });
  const namespaceOf = async (person: Principal) =>
    (await world.api.records.team.findUniqueOrThrow({ where: { id: person.teamIds[0]! } })).namespace;

  it('of a hypothesis that was narrowed is told to whoever sees it, with its date', async () => {
    const { key, ref } = await world.file('Explained', PUBLIC);
    const opened = { incident: ref, statement: 'It read it somewhere.' };
    const { hypothesis } = await make('openHypothesis', opened, 'hypothesis { id }', world.investigator);
    await make(
      'shareWith',
      { target: hypothesis.id, visibility: 'TEAM' },
      'shared { id }',
      world.investigator,
    );
    const before = await timeline(stranger, key);
    await make(
      'addHypothesisEvidence',
      { hypothesis: hypothesis.id, direction: 'SUPPORTS', method: 'OTHER', statement: 'So it seems.' },
      'evidenceItem { id }',
      world.investigator,
    );
    await make(
      'assessHypothesis',
      { hypothesis: hypothesis.id, confidence: 'low' },
      'assessment { id }',
      world.investigator,
    );
    expect(await timeline(stranger, key)).toEqual(before);
    const whole = await timeline(world.reporter, key);
    expect(whole.updatedAt).toBe(before.updatedAt);
    expect(whole.told.length).toBe(before.told.length + 3);
  });

  it('of a hypothesis, what is said of one, or an intervention that another team adds is told to whoever sees that, with its date', async () => {
    const { key, ref } = await world.file('Looked into', TEAM);
    const administrator = await inAnotherTeam(world.api.records, await world.api.person('ADMINISTRATOR'));
    const before = await timeline(world.other, key);
    const opened = { incident: ref, statement: 'They know why.' };
    await make('openHypothesis', opened, 'hypothesis { id }', administrator);
    expect(await timeline(world.other, key)).toEqual(before);
    const tried = { incident: ref, title: 'They tried', description: 'Much.', outcome: 'PARTIAL' };
    await make('recordIntervention', tried, 'intervention { id }', administrator);
    expect(await timeline(world.other, key)).toEqual(before);
    expect((await timeline(administrator, key)).told).toEqual([
      ...before.told,
      'Opened a hypothesis: They know why.',
      'Recorded an intervention (partial): They tried',
    ]);
    const ours = { ...opened, statement: 'We know why.' };
    const { hypothesis } = await make('openHypothesis', ours, 'hypothesis { id }');
    const after = await timeline(world.other, key);
    expect(after.told).toEqual([...before.told, 'Opened a hypothesis: We know why.']);
    expect(after.updatedAt > before.updatedAt).toBe(true);
    const found = { hypothesis: hypothesis.id, direction: 'SUPPORTS', method: 'PROBE', statement: 'Found.' };
    const judged = { hypothesis: hypothesis.id, confidence: 'high' };
    const add = async (by?: Principal) => {
      await make('addHypothesisEvidence', found, 'evidenceItem { id }', by);
      if (by !== undefined) expect(await timeline(world.other, key)).toEqual(after);
      await make('assessHypothesis', judged, 'assessment { id }', by);
    };
    await add(administrator);
    expect(await timeline(world.other, key)).toEqual(after);
    expect((await timeline(administrator, key)).told).toHaveLength(before.told.length + 5);
    await add();
    const whole = await timeline(world.other, key);
    expect(whole.told).toHaveLength(after.told.length + 2);
    expect(whole.updatedAt > after.updatedAt).toBe(true);
  });

  it('of a model version is told to whoever sees the training run that made it', async () => {
    const trainingRun = { name: 'secret-run', stage: 'SFT', startedFrom: 'SCRATCH' };
    await make('recordTrainingRun', { trainingRun, ...TEAM }, 'trainingRun { id }');
    const made = { model: 'made', version: '1', generatedBy: 'training-run:secret-run', ...PUBLIC };
    await make('registerModelVersion', made, 'modelVersion { id }');
    expect(await summaries(world.reporter, 'made')).toEqual([
      'Registered made@1, made by training-run:secret-run.',
    ]);
    for (const viewer of [ANONYMOUS, stranger]) expect(await summaries(viewer, 'made')).toEqual([]);
  });

  it('of a hidden behaviour of an incident is told to whoever sees that', async () => {
    const { key, ref } = await world.file('Behaves', PUBLIC);
    const before = await timeline(stranger, key);
    await make('updateIncident', { incident: ref, behaviors: ['secret-plan'] }, 'incident { id }');
    expect(await timeline(stranger, key)).toEqual(before);
    expect((await timeline(world.reporter, key)).told).toEqual([...before.told, 'Changed behaviors.']);
    await make(
      'updateIncident',
      { incident: ref, behaviors: ['blackmail'], title: 'Behaves otherwise' },
      'incident { id }',
    );
    // Both behaviours changed in one, of which one is hidden: what is told to all is the title.
    expect((await timeline(stranger, key)).told).toEqual([...before.told, 'Changed title.']);
  });
});
