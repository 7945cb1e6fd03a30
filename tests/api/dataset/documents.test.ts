import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';
import { type BulkWorld, bulkWorld, jsonLines } from '../interchange/bulk-world.ts';

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const handle = (dataset: string, document: string, text = document) => ({
  dataset: `dataset:${dataset}@1`,
  document,
  digest: digestOf(text),
});
const seen = (dataset: string, document: string, step: number, trainingRun = 'run') => ({
  dataset: `dataset:${dataset}@1`,
  document,
  trainingRun: `training-run:${trainingRun}`,
  step,
});

const BY_DIGEST = `query ($digest: String!, $first: Int, $after: String) {
  documentHandles(digest: $digest, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    nodes { documentId digest datasetVersion { label } recordedBy { name } sightings { step trainingRun { label } } } } }`;

describe('document handles', () => {
  let api: TestApi;
  let world: BulkWorld;
  let reporter: Principal;
  let other: Principal;
  let build: Mutate;
  beforeAll(async () => {
    api = await testApi();
    world = await bulkWorld(api, 4);
    reporter = await api.person('REPORTER');
    other = await api.person('REPORTER');
    build = building(mutating(api, reporter));
    for (const [dataset, visibility] of [
      ['open', 'PUBLIC'],
      ['second', 'MEMBERS'],
      ['secret', 'RESTRICTED'],
    ])
      await build('registerDatasetVersion', { dataset, version: '1', visibility });
    for (const [name, visibility] of [
      ['run', 'PUBLIC'],
      ['hidden-run', 'RESTRICTED'],
    ])
      await build('recordTrainingRun', {
        trainingRun: { name, stage: 'PRETRAINING', startedFrom: 'SCRATCH' },
        visibility,
      });
    const { refused, row } = await world.bring(
      reporter,
      jsonLines([
        handle('open', 'a/1', 'same'),
        handle('open', 'a/2'),
        { ...handle('open', 'a/3'), ...seen('open', 'a/3', 5) },
        handle('open', 'b/1'),
        handle('second', 'copy', 'same'),
        handle('secret', 'other copy', 'same'),
        seen('open', 'a/1', 7),
        seen('open', 'a/1', 90),
        seen('second', 'copy', 8),
        seen('secret', 'other copy', 9),
        seen('open', 'b/1', 10, 'hidden-run'),
      ]),
    );
    expect(refused).toEqual([]);
    expect(row).toMatchObject({ status: 'SUCCEEDED', format: 'documents-jsonl' });
    expect(row.progress).toMatchObject({ lines: 11, added: 11, held: 0 });
  });
  afterAll(() => api.close());

  const asking = (viewer: Principal | null) => (viewer === null ? api.anonymous : api.as(viewer));

  it('are found by the digest of their bytes in every dataset version that the viewer may see', async () => {
    const found = async (viewer: Principal | null) => {
      const { data, errors } = await asking(viewer)(BY_DIGEST, { digest: digestOf('same') });
      expect(errors).toEqual([]);
      const { nodes, totalCount } = data.documentHandles;
      expect(totalCount).toBe(nodes.length);
      return nodes.map((n: { datasetVersion: { label: string }; documentId: string }) => [
        n.datasetVersion.label,
        n.documentId,
      ]);
    };
    expect(await found(reporter)).toEqual([
      ['open@1', 'a/1'],
      ['second@1', 'copy'],
      ['secret@1', 'other copy'],
    ]);
    expect(await found(other)).toEqual([
      ['open@1', 'a/1'],
      ['second@1', 'copy'],
    ]);
    expect(await found(null)).toEqual([['open@1', 'a/1']]);
  });

  it('are found by digits alone, page by page, and refused for what is no digest', async () => {
    const digest = digestOf('same').slice('sha256:'.length).toUpperCase();
    const first = await api.as(reporter)(BY_DIGEST, { digest, first: 2 });
    expect(first.data.documentHandles.nodes).toHaveLength(2);
    const { endCursor: after, hasNextPage } = first.data.documentHandles.pageInfo;
    expect(hasNextPage).toBe(true);
    const rest = await api.as(reporter)(BY_DIGEST, { digest, first: 2, after });
    expect(rest.data.documentHandles.nodes.map((n: { documentId: string }) => n.documentId)).toEqual([
      'other copy',
    ]);
    const wrong = await api.anonymous(BY_DIGEST, { digest: 'sha256:12' });
    expect(wrong.errors[0]?.message).toContain('"sha256:12" is no digest.');
  });

  it('are found by dataset version and id, or the beginning of one', async () => {
    const query = `query ($ref: NodeRef!, $prefix: String, $digest: String, $id: String!) { lineageNode(ref: $ref) {
      ... on DatasetVersion { documentHandleCount documentHandle(id: $id) { digest recordedAt }
        documentHandles(idPrefix: $prefix, digest: $digest) { totalCount nodes { documentId } } } } }`;
    const ask = async (viewer: Principal | null, ref: string, more: object) =>
      (await asking(viewer)(query, { ref, id: 'a/2', ...more })).data.lineageNode;
    const ids = (node: { documentHandles: { nodes: { documentId: string }[] } }) =>
      node.documentHandles.nodes.map((n) => n.documentId);
    const all = await ask(null, 'dataset:open@1', {});
    expect(ids(all)).toEqual(['a/1', 'a/2', 'a/3', 'b/1']);
    expect(all).toMatchObject({ documentHandleCount: '4', documentHandle: { digest: digestOf('a/2') } });
    expect(ids(await ask(null, 'dataset:open@1', { prefix: 'a/' }))).toEqual(['a/1', 'a/2', 'a/3']);
    expect(ids(await ask(null, 'dataset:open@1', { digest: digestOf('same') }))).toEqual(['a/1']);
    expect((await ask(reporter, 'dataset:second@1', {})).documentHandle).toBeNull();
    expect(await ask(other, 'dataset:secret@1', {})).toBeNull();
  });

  it('say at which steps of which run they were seen, both ways, as far as run and version are visible', async () => {
    const query = `query ($from: BigInt, $to: BigInt) { lineageNode(ref: "training-run:run") { ... on TrainingRun {
      documentsSeen(fromStep: $from, toStep: $to) { totalCount nodes { step document { documentId datasetVersion { label } } } } } } }`;
    const steps = async (viewer: Principal | null, variables = {}) => {
      const { data, errors } = await asking(viewer)(query, variables);
      expect(errors).toEqual([]);
      return data.lineageNode.documentsSeen.nodes.map(
        (n: { step: string; document: { documentId: string } }) => `${n.step} ${n.document.documentId}`,
      );
    };
    expect(await steps(reporter)).toEqual(['5 a/3', '7 a/1', '8 copy', '9 other copy', '90 a/1']);
    expect(await steps(reporter, { from: '7', to: '9' })).toEqual(['7 a/1', '8 copy', '9 other copy']);
    expect(await steps(other)).toEqual(['5 a/3', '7 a/1', '8 copy', '90 a/1']);
    expect(await steps(null)).toEqual(['5 a/3', '7 a/1', '90 a/1']);
    const sighted = `{ lineageNode(ref: "dataset:open@1") { ... on DatasetVersion {
      documentHandles { nodes { documentId sightings { step trainingRun { label } } } } } } }`;
    const { data } = await api.as(other)(sighted);
    expect(data.lineageNode.documentHandles.nodes.map((n: { sightings: object[] }) => n.sightings)).toEqual([
      [
        { step: '7', trainingRun: { label: 'run' } },
        { step: '90', trainingRun: { label: 'run' } },
      ],
      [],
      [{ step: '5', trainingRun: { label: 'run' } }],
      [],
    ]);
  });

  it('change nothing when they are brought again, and refuse another digest, line by line', async () => {
    const rows = () =>
      api.records.$queryRaw`select (select count(*)::int from document_handle) as handles,
        (select count(*)::int from document_sighting) as sightings, (select count(*)::int from document_load) as loads`;
    const before = await rows();
    const { row, refused } = await world.bring(
      reporter,
      [
        'dataset,document,digest,trainingRun,step',
        `dataset:open@1,a/1,${digestOf('same')},training-run:run,7`,
        `dataset:open@1,a/2,${digestOf('another')},,`,
        `dataset:open@1,a/9,,training-run:run,7`,
        `dataset:open@1,a/2,${digestOf('a/2')},training-run:nothing,7`,
        `dataset:open@1,a/2,${digestOf('a/2')},,`,
        `dataset:nothing@1,a/2,${digestOf('a/2')},,`,
        `training-run:run,a/2,${digestOf('a/2')},,`,
        'dataset:open@1,a/2,,training-run:run,',
        'dataset:open@1,a/2,12,,',
        `dataset:open@1,${'x'.repeat(257)},${digestOf('a/2')},,`,
        'dataset:open@1,a/2,,,',
      ].join('\n'),
    );
    expect(row).toMatchObject({ format: 'documents-csv', progress: { added: 0, held: 2, refused: 9 } });
    expect(refused.map(([line, reason]) => `${line}: ${reason.slice(0, 50)}`)).toEqual([
      'line 3: This document is recorded with another digest: wha',
      'line 4: This document is not recorded: say its digest firs',
      'line 5: There is no "training-run:nothing".',
      'line 7: There is no "dataset:nothing@1".',
      'line 8: "training-run:run" is no dataset version.',
      'line 9: trainingRun and step are said together.',
      'line 10: digest is sha256: and 64 hexadecimal digits; sha1,',
      'line 11: document has more than 256 characters.',
      'line 12: A line has a digest, or a trainingRun and a step, ',
    ]);
    expect(await rows()).toEqual(before);
  });

  it('are said by the team that recorded the version alone, and of what the writer may see', async () => {
    const stranger = await teamOf('rival');
    const file = jsonLines([handle('open', 'foreign'), handle('secret', 'foreign'), seen('open', 'a/1', 1)]);
    const { refused } = await world.bring(stranger, file);
    expect(refused).toEqual([
      ['line 1', 'Only the team that recorded dataset:open@1 says what it holds.'],
      ['line 2', 'There is no "dataset:secret@1".'],
      ['line 3', 'Only the team that recorded dataset:open@1 says what it holds.'],
    ]);
  });

  it('are none of a version that was retracted, in the list and in the count', async () => {
    const { datasetVersion } = await build('registerDatasetVersion', { dataset: 'mistaken', version: '1' });
    const { refused } = await world.bring(reporter, jsonLines([handle('mistaken', 'm/1')]));
    expect(refused).toEqual([]);
    const query = `query ($id: ID!) { node(id: $id) { ... on DatasetVersion {
      documentHandleCount documentHandles { totalCount } } } }`;
    const held = async () => (await asking(reporter)(query, { id: datasetVersion.id })).data.node;
    expect(await held()).toEqual({ documentHandleCount: '1', documentHandles: { totalCount: 1 } });
    await build('retract', { target: datasetVersion.id, reason: 'It was another file.' });
    expect(await held()).toEqual({ documentHandleCount: '0', documentHandles: { totalCount: 0 } });
  });

  async function teamOf(namespace: string): Promise<Principal> {
    const person = await api.person('REPORTER');
    const team = await api.records.team.create({ data: { namespace, name: namespace } });
    await api.records.membership.deleteMany({ where: { actorId: person.actorId } });
    await api.records.membership.create({ data: { teamId: team.id, actorId: person.actorId } });
    return { ...person, teamIds: [team.id] };
  }
});
