import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fractions,
  type Labelled,
  LINEAGE,
  type LineageWorld,
  labels,
  lineageWorld,
} from './lineage-world.ts';

describe('lineage, as it is read', () => {
  let api: LineageWorld['api'];
  let reporter: LineageWorld['reporter'];
  let build: LineageWorld['build'];
  let lineageOf: LineageWorld['lineageOf'];

  beforeAll(async () => {
    ({ api, reporter, build, lineageOf } = await lineageWorld());
  });
  afterAll(() => api.close());

  it('returns each node and edge once, the root first, with shares', async () => {
    const answer = await lineageOf(reporter, { ref: 'model:m@1' });
    expect(answer.nodes[0].label).toBe('m@1');
    expect(labels(answer.nodes)).toEqual(['books', 'clean@1', 'crawl', 'm@1', 'mix@1', 'run', 'secret']);
    expect(answer.edges).toHaveLength(6);
    expect(answer.truncated).toBeNull();
    expect(answer.unaccounted).toEqual([]);
    const share = answer.edges.find((e: { upstream: Labelled }) => e.upstream.label === 'books').share;
    expect(share).toBeCloseTo(0.3, 12);
  });

  it('shows a hidden source to nobody who may not see it: no node, edge, count or total', async () => {
    const answer = await lineageOf(null, { ref: 'model:m@1' });
    expect(labels(answer.nodes)).toEqual(['books', 'clean@1', 'crawl', 'm@1', 'mix@1', 'run']);
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(answer.unaccounted).toEqual([
      { node: { label: 'mix@1' }, share: expect.closeTo(0.2, 12), reason: 'NOT_RECORDED' },
    ]);
    const { data } = await api.anonymous(`{
      lineageNode(ref: "source:secret") { id }
      sources { totalCount }
      node: lineageNode(ref: "dataset:mix@1") { ... on DatasetVersion { compositions { complete inputs { share upstream { label } } } } }
      model(name: "m") { versions { nodes { exposure { stages { unaccounted shares { share } losses { reason } } } } } } }`);
    expect(data.lineageNode).toBeNull();
    expect(data.sources.totalCount).toBe(2);
    const [composition] = data.node.compositions;
    expect(composition.complete).toBe(false);
    expect(composition.inputs).toHaveLength(2);
    const [stage] = data.model.versions.nodes[0].exposure.stages;
    expect(stage.unaccounted).toBeCloseTo(0.2, 12);
    expect(stage.losses).toEqual([{ reason: 'NOT_RECORDED' }]);
  });

  it('takes an id of something else for no node, though a node has the same number', async () => {
    const { data } = await api.anonymous('{ lineageNode(ref: "source:crawl") { id } }');
    const number = api.services.ids.decode(data.lineageNode.id)!.id;
    const read = async (ref: string) =>
      (await api.anonymous('query ($ref: NodeRef!) { lineageNode(ref: $ref) { label } }', { ref })).data
        .lineageNode;
    expect(await read(data.lineageNode.id)).toEqual({ label: 'crawl' });
    for (const type of ['LineageEdge', 'Claim', 'Dataset'] as const)
      expect(await read(api.services.ids.encode(type, number)), type).toBeNull();
  });

  it('names the team that recorded each thing that a node reached, so that a list can be handed to its owners', async () => {
    const query = `{ lineageNode(ref: "source:crawl") {
      team { name }
      impact { modelVersions { nodes { label team { name } } } datasetVersions { nodes { label team { name } } } } } }`;
    const { team, impact } = (await api.anonymous(query)).data.lineageNode;
    const own = await api.as(reporter)('{ viewer { teams { name } } }');
    expect(team).toEqual(own.data.viewer.teams[0]);
    const reached = [...impact.modelVersions.nodes, ...impact.datasetVersions.nodes];
    expect(reached.map((node: Labelled) => node.label)).toContain('m@1');
    for (const node of reached) expect(node.team).toEqual(team);
  });

  it('counts in the blast radius only what the viewer may see', async () => {
    const query = `{ lineageNode(ref: "source:crawl") { impact {
      modelVersions { totalCount nodes { label } } datasetVersions(first: 1) { totalCount nodes { label } pageInfo { hasNextPage endCursor } }
      incidents { totalCount } influenced { totalCount } } } }`;
    const everyone = (await api.anonymous(query)).data.lineageNode.impact;
    expect(everyone.modelVersions).toEqual({ totalCount: 1, nodes: [{ label: 'm@1' }] });
    expect(everyone.datasetVersions).toMatchObject({
      totalCount: 2,
      nodes: [{ label: 'mix@1' }],
      pageInfo: { hasNextPage: true },
    });
    const next = await api.anonymous(
      `query ($after: String) { lineageNode(ref: "source:crawl") { impact { datasetVersions(first: 5, after: $after) { nodes { label } } } } }`,
      { after: everyone.datasetVersions.pageInfo.endCursor },
    );
    expect(next.data.lineageNode.impact.datasetVersions.nodes).toEqual([{ label: 'clean@1' }]);
    const team = (await api.as(reporter)(query)).data.lineageNode.impact;
    expect(labels(team.modelVersions.nodes)).toEqual(['hidden@1', 'm@1']);
  });

  it('contracts what lies between the kinds asked for, and multiplies the shares', async () => {
    const answer = await lineageOf(null, { ref: 'model:m@1', kinds: ['SOURCE'] });
    expect(labels(answer.nodes)).toEqual(['books', 'crawl', 'm@1']);
    expect(answer.edges).toHaveLength(2);
    const edge = answer.edges.find((e: { upstream: Labelled }) => e.upstream.label === 'crawl');
    expect(edge).toMatchObject({ contracted: true, share: 0.5, downstream: { label: 'm@1' } });
    expect(new Set(answer.edges.map((e: { id: string }) => e.id)).size).toBe(2);
  });

  it('says where a cut answer goes on', async () => {
    const shallow = await lineageOf(null, { ref: 'model:m@1', maxDepth: 2 });
    expect(labels(shallow.nodes)).toEqual(['clean@1', 'm@1', 'run']);
    expect(shallow.truncated).toEqual({ reason: 'MAX_DEPTH', frontier: [{ label: 'clean@1' }] });
    const few = await lineageOf(null, { ref: 'model:m@1', limit: 4 });
    expect(labels(few.nodes)).toEqual(['clean@1', 'm@1', 'mix@1', 'run']);
    expect(few.truncated).toEqual({ reason: 'LIMIT', frontier: [{ label: 'mix@1' }] });
    const rest = await lineageOf(null, { ref: 'dataset:mix@1' });
    expect(labels(rest.nodes)).toEqual(['books', 'crawl', 'mix@1']);
  });

  it('goes on from each that it kept of a first level too wide, whichever these are', async () => {
    const arms = [1, 2, 3, 4, 5, 6];
    for (const arm of arms) {
      await build('registerSource', { name: `star-${arm}` });
      const inputs = [{ of: `source:star-${arm}`, amount: 1 }];
      await build('registerDatasetVersion', {
        dataset: `arm-${arm}`,
        version: '1',
        derivedFrom: { unit: 'TOKENS', complete: true, inputs },
      });
    }
    // Recorded in another order than they are registered in.
    const inputs = [4, 6, 2, 5, 1, 3].map((arm) => ({ of: `dataset:arm-${arm}@1`, amount: 1 }));
    await build('registerDatasetVersion', {
      dataset: 'star',
      version: '1',
      derivedFrom: { unit: 'TOKENS', complete: true, inputs },
    });
    for (const limit of [2, 3, 4, 5, 6]) {
      const cut = await lineageOf(reporter, { ref: 'dataset:star@1', limit });
      expect(cut.nodes).toHaveLength(limit);
      expect(labels(cut.truncated.frontier)).toEqual(labels(cut.nodes));
    }
  });

  it('goes downstream, and both ways without turning round', async () => {
    const down = await lineageOf(null, { ref: 'source:books', direction: 'DOWNSTREAM' });
    expect(labels(down.nodes)).toEqual(['books', 'clean@1', 'm@1', 'mix@1', 'run']);
    const share = down.edges.find((e: { upstream: Labelled }) => e.upstream.label === 'books').share;
    expect(share).toBeCloseTo(0.3, 12);
    const both = await lineageOf(null, { ref: 'dataset:clean@1', direction: 'BOTH' });
    expect(labels(both.nodes)).toEqual(['books', 'clean@1', 'crawl', 'm@1', 'mix@1', 'run']);
  });

  it('finds the shortest path either way, and none through what is hidden', async () => {
    const path = `query ($from: NodeRef!, $to: NodeRef!) { lineagePath(from: $from, to: $to) {
      direction share nodes { label } edges { kind } } }`;
    const up = await api.anonymous(path, { from: 'model:m@1', to: 'source:crawl' });
    expect(up.data.lineagePath).toMatchObject({ direction: 'UPSTREAM', share: 0.5 });
    expect(up.data.lineagePath.nodes.map((n: Labelled) => n.label)).toEqual([
      'm@1',
      'run',
      'clean@1',
      'mix@1',
      'crawl',
    ]);
    const down = await api.anonymous(path, { from: 'source:crawl', to: 'model:m@1' });
    expect(down.data.lineagePath).toMatchObject({ direction: 'DOWNSTREAM', share: 0.5 });
    const none = await api.anonymous(path, { from: 'source:crawl', to: 'source:books' });
    expect(none.data.lineagePath).toBeNull();
  });

  it('refuses a limit that no answer could keep, naming the argument', async () => {
    const { errors } = await api.anonymous(LINEAGE, { ref: 'model:m@1', limit: 0 });
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining('50000') }]);
  });

  it('gives a contracted edge an id that is no global id, and another in every other answer', async () => {
    const edgeOf = async (variables: object) => {
      const { edges } = await lineageOf(null, { ref: 'model:m@1', ...variables });
      return edges.find((edge: { contracted: boolean }) => edge.contracted).id as string;
    };
    const kinds = ['MODEL_VERSION', 'SOURCE'];
    const id = await edgeOf({ kinds });
    expect(id).toMatch(/^contracted:/);
    const { data, errors } = await api.anonymous('query ($id: ID!) { node(id: $id) { id } }', { id });
    expect({ data, errors }).toEqual({ data: { node: null }, errors: [] });
    const on = (await lineageOf(null, { ref: 'model:m@1' })).knownOn;
    expect(await edgeOf({ kinds, on })).toBe(await edgeOf({ kinds, on }));
    expect(await edgeOf({ kinds, on, maxDepth: 9 })).not.toBe(await edgeOf({ kinds, on }));
  });

  it('reads a lineage in as many statements for a long one as for a short one', async () => {
    let upstream = 'source:crawl';
    for (let i = 0; i < 12; i += 1) {
      const derivedFrom = fractions({ [upstream]: 0.9, 'source:books': 0.1 });
      await build('registerDatasetVersion', {
        dataset: 'chain',
        version: String(i),
        derivedFrom,
        visibility: 'PUBLIC',
      });
      upstream = `dataset:chain@${i}`;
    }
    const short = await lineageOf(null, { ref: 'dataset:chain@0' });
    const long = await lineageOf(null, { ref: 'dataset:chain@11' });
    expect(long.nodes.length).toBe(14);
    expect(long.statements.length).toBe(short.statements.length);
    // What the reference names, and the disputes that a status depends on; the lineage is in memory.
    expect(long.statements.length).toBe(2);
  });
});
