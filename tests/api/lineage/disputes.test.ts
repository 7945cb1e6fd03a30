import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { inTeams } from '../../testkit/in-teams.ts';
import { building, type Mutate, mutating } from '../../testkit/mutate.ts';
import { fractions, type LineageWorld, lineageWorld } from './lineage-world.ts';

const EDGES = `query ($ref: NodeRef!, $on: DateTime) { lineageNode(ref: $ref) { lineage(knownOn: $on, maxDepth: 1) {
  knownOn
  nodes { label recordStatus disputes { statement } }
  edges { status share upstream { label } disputes { ...D } composition { status disputes { ...D } } } } } }
  fragment D on Dispute { statement shareLower shareUpper by { name } targetKind
    target { __typename ... on Node { id } } }`;

const SAID = `query ($ref: NodeRef!, $on: DateTime) { lineageNode(ref: $ref) {
  recordStatus(knownOn: $on) disputes(knownOn: $on) { statement targetKind target { __typename } }
  claims(knownOn: $on) { number status disputes { statement targetKind target { __typename } } }
  ... on DatasetVersion { compositions(knownOn: $on) { status disputes { statement } inputs { status } } } } }`;

const MIX = 'dataset:mix@1';

describe('a dispute of a composition, a claim or a node', () => {
  let api: LineageWorld['api'];
  let build: LineageWorld['build'];
  let outsider: Principal;
  let dispute: Mutate;
  let before: string;
  const ids: { composition: string; claim: string; node: string } = { composition: '', claim: '', node: '' };

  const edgesOf = async (on: string | null = null, ref = MIX) => {
    const { data, errors } = await api.anonymous(EDGES, { ref, on });
    expect(errors).toEqual([]);
    return data.lineageNode.lineage;
  };
  const said = async (on: string | null = null, viewer: Principal | null = null) => {
    const ask = viewer === null ? api.anonymous : api.as(viewer);
    const { data, errors } = await ask(SAID, { ref: MIX, on });
    expect(errors).toEqual([]);
    return data.lineageNode;
  };

  beforeAll(async () => {
    let lineageOf: LineageWorld['lineageOf'];
    ({ api, build, lineageOf } = await lineageWorld());
    const [team] = await api.services.db.$queryRaw<[{ id: bigint }]>`
      insert into team (namespace, name) values ('lab', 'Lab') returning id`;
    outsider = await inTeams(api.records, await api.person('REPORTER'), [team.id]);
    dispute = building(mutating(api, outsider));
    const { claim } = await build('assertClaim', { node: MIX, property: 'ROWS', number: 10 });
    const { data } = await api.anonymous(
      `{ lineageNode(ref: "${MIX}") { id ... on DatasetVersion { compositions { id } } } }`,
    );
    const { id, compositions } = data.lineageNode;
    Object.assign(ids, { composition: compositions[0].id, claim: claim.id, node: id });
    before = (await lineageOf(null, { ref: MIX })).knownOn;
    const range = { shareLower: 0.2, shareUpper: 0.4 };
    await dispute('dispute', { target: ids.composition, statement: 'Books were fewer.', ...range });
    await dispute('dispute', { target: ids.claim, statement: 'There were 11 rows.' });
    await dispute('dispute', { target: ids.node, statement: 'This was never released.' });
  });
  afterAll(() => api.close());

  it('marks every edge of the composition, with the range, and changes no share', async () => {
    const { edges } = await edgesOf();
    expect(edges).toHaveLength(2);
    for (const edge of edges) {
      const told = {
        statement: 'Books were fewer.',
        shareLower: 0.2,
        shareUpper: 0.4,
        by: { name: outsider.name },
        targetKind: 'COMPOSITION',
        target: { __typename: 'Composition', id: ids.composition },
      };
      expect(edge).toMatchObject({ status: 'DISPUTED', disputes: [told] });
      expect(edge.composition).toEqual({ status: 'DISPUTED', disputes: [told] });
    }
    const share = Object.fromEntries(
      edges.map((e: { upstream: { label: string }; share: number }) => [e.upstream.label, e.share]),
    );
    expect(share).toEqual({ books: expect.closeTo(0.3, 12), crawl: expect.closeTo(0.5, 12) });
  });

  it('lists disputes of the edge and of its composition in the order of record, each telling what it is of', async () => {
    await build('registerDatasetVersion', {
      dataset: 'both',
      version: '1',
      derivedFrom: fractions({ 'source:crawl': 0.5, 'source:books': 0.5 }),
      visibility: 'PUBLIC',
    });
    const { data } = await api.anonymous(
      '{ lineageNode(ref: "dataset:both@1") { lineage { edges { id upstream { label } composition { id } } } } }',
    );
    const [edge] = data.lineageNode.lineage.edges;
    await dispute('dispute', { target: edge.composition.id, statement: 'First.' });
    await dispute('dispute', { target: edge.id, statement: 'Second.' });
    const { edges } = await edgesOf(null, 'dataset:both@1');
    const told = (label: string) =>
      edges
        .find((e: { upstream: { label: string } }) => e.upstream.label === label)
        .disputes.map((d: { statement: string; target: { __typename: string } }) => [
          d.statement,
          d.target.__typename,
        ]);
    const other = edge.upstream.label === 'crawl' ? 'books' : 'crawl';
    expect(told(edge.upstream.label)).toEqual([
      ['First.', 'Composition'],
      ['Second.', 'LineageEdge'],
    ]);
    expect(told(other)).toEqual([['First.', 'Composition']]);
  });

  it('marks the claim and the node, each with its own', async () => {
    expect(await said()).toEqual({
      recordStatus: 'DISPUTED',
      disputes: [
        {
          statement: 'This was never released.',
          targetKind: 'NODE',
          target: { __typename: 'DatasetVersion' },
        },
      ],
      claims: [
        {
          number: 10,
          status: 'DISPUTED',
          disputes: [
            { statement: 'There were 11 rows.', targetKind: 'CLAIM', target: { __typename: 'Claim' } },
          ],
        },
      ],
      compositions: [
        {
          status: 'DISPUTED',
          disputes: [{ statement: 'Books were fewer.' }],
          inputs: [{ status: 'DISPUTED' }, { status: 'DISPUTED' }],
        },
      ],
    });
    const { nodes } = await edgesOf();
    expect(nodes.map((n: { label: string; recordStatus: string }) => [n.label, n.recordStatus])).toEqual([
      ['mix@1', 'DISPUTED'],
      ['crawl', 'ASSERTED'],
      ['books', 'ASSERTED'],
    ]);
  });

  it('was not known on a moment before it, of a node in an answer about that moment neither', async () => {
    expect(await said(before)).toEqual({
      recordStatus: 'ASSERTED',
      disputes: [],
      claims: [{ number: 10, status: 'ASSERTED', disputes: [] }],
      compositions: [
        { status: 'ASSERTED', disputes: [], inputs: [{ status: 'ASSERTED' }, { status: 'ASSERTED' }] },
      ],
    });
    const { nodes, edges } = await edgesOf(before);
    expect(nodes[0]).toEqual({ label: 'mix@1', recordStatus: 'ASSERTED', disputes: [] });
    for (const edge of edges)
      expect(edge).toMatchObject({
        status: 'ASSERTED',
        disputes: [],
        composition: { status: 'ASSERTED', disputes: [] },
      });
  });

  it('says of a node nothing on a moment on which it was not recorded, and RETRACTED once it is', async () => {
    const ask = (on: string) =>
      `query { lineageNode(ref: "source:late") { recordStatus(knownOn: "${on}") } }`;
    await build('registerSource', { name: 'late', visibility: 'PUBLIC' });
    const { data } = await api.anonymous(
      '{ lineageNode(ref: "source:late") { id recordStatus lineage { knownOn } } }',
    );
    const { id, recordStatus, lineage } = data.lineageNode;
    expect(recordStatus).toBe('ASSERTED');
    expect((await api.anonymous(ask(before))).data.lineageNode.recordStatus).toBeNull();
    await build('retract', { target: id, reason: 'Twice.' });
    const { data: after } = await api.anonymous(
      `query ($id: ID!, $on: DateTime!) { node(id: $id) { ... on Source { recordStatus before: recordStatus(knownOn: $on)
        lineage(knownOn: $on) { root { recordStatus now: recordStatus(knownOn: "2100-01-01T00:00:00Z") } } } } }`,
      { id, on: lineage.knownOn },
    );
    expect(after.node).toEqual({
      recordStatus: 'RETRACTED',
      before: 'ASSERTED',
      lineage: { root: { recordStatus: 'ASSERTED', now: 'RETRACTED' } },
    });
  });

  it('that is hidden marks nothing for whoever does not see it', async () => {
    await api.records
      .$executeRaw`update dispute set visibility = 'RESTRICTED' where statement <> 'First.' and statement <> 'Second.'`;
    try {
      expect(await said()).toEqual(await said(before));
      for (const edge of (await edgesOf()).edges)
        expect(edge).toMatchObject({ status: 'ASSERTED', disputes: [] });
      expect(await said(null, outsider)).toMatchObject({
        recordStatus: 'DISPUTED',
        claims: [{ status: 'DISPUTED' }],
        compositions: [{ status: 'DISPUTED' }],
      });
    } finally {
      await api.records.$executeRaw`update dispute set visibility = 'PUBLIC'`;
    }
  });

  it('is refused to whoever may not see what it is of', async () => {
    const { source } = await build('registerSource', { name: 'private', visibility: 'RESTRICTED' });
    expect(
      await mutating(api, outsider)('dispute', { target: source.id, statement: 'I guess.' }),
    ).toMatchObject({ __typename: 'NotFoundError' });
  });

  it('is read in as many statements for many edges, claims and nodes as for few', async () => {
    const inputs: Record<string, number> = {};
    for (let i = 0; i < 6; i += 1) {
      await build('registerSource', { name: `part-${i}`, visibility: 'PUBLIC' });
      await build('assertClaim', { node: `source:part-${i}`, property: 'ROWS', number: i });
      inputs[`source:part-${i}`] = 0.1;
      const derivedFrom = fractions(inputs);
      if (i % 5 === 0)
        await build('registerDatasetVersion', {
          dataset: 'parts',
          version: `${i}`,
          derivedFrom,
          visibility: 'PUBLIC',
        });
    }
    const DISPUTED = `query ($ref: NodeRef!) { lineageNode(ref: $ref) { lineage {
      nodes { recordStatus disputes { statement } claims { status disputes { statement } } }
      edges { status disputes { statement } composition { status disputes { statement } } } } } }`;
    const few = await api.anonymous(DISPUTED, { ref: 'dataset:parts@0' });
    const many = await api.anonymous(DISPUTED, { ref: 'dataset:parts@5' });
    expect(many.data.lineageNode.lineage.edges).toHaveLength(6);
    expect(many.statements).toHaveLength(few.statements.length);
    expect(many.statements.filter((sql) => /\bfrom dispute\b/.test(sql)).length).toBeLessThanOrEqual(2);
  });
});
