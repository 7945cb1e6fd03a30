import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EDGE_GROUPS, EDGE_RULES, edgeAllowed, NODE_KINDS, type NodeKind } from './kinds.ts';
import { lineage } from './reach.ts';
import { SmallWorld } from './small-world.ts';

const OFTEN = ['SOURCE', 'DATASET_VERSION', 'DATASET_VERSION', 'TRANSFORMATION', 'TRAINING_RUN'] as const;

/** A random lineage of edges that the table of rules allows, each from a later node to an earlier one. */
const worlds = fc
  .tuple(
    fc.array(fc.constantFrom<NodeKind[]>(...OFTEN, 'MODEL_VERSION', 'EVAL_RUN'), {
      minLength: 8,
      maxLength: 16,
    }),
    fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 40, maxLength: 80 }),
  )
  .map(([kinds, pairs]) => {
    const world = new SmallWorld();
    const ids = kinds.map((kind) => world.node(kind));
    const made = new Set<string>();
    for (const [a, b] of pairs) {
      const [from, to] = [Math.max(a % ids.length, b % ids.length), Math.min(a % ids.length, b % ids.length)];
      const rule = EDGE_RULES.find((r) => r.downstream === kinds[from] && r.upstream === kinds[to]);
      if (from === to || !rule || made.has(`${from} ${to}`)) continue;
      made.add(`${from} ${to}`);
      world.edge(rule.kind, ids[from]!, ids[to]!);
    }
    const sizes = ids.map((id) => upstreamOf(world, id).size);
    return { world, root: ids[sizes.indexOf(Math.max(...sizes))]! };
  });

function upstreamOf(world: SmallWorld, root: bigint): Map<bigint, number> {
  const distances = new Map([[root, 0]]);
  for (const [node, distance] of distances) {
    for (const edge of world.edges) {
      if (edge.downstream === node && !distances.has(edge.upstream))
        distances.set(edge.upstream, distance + 1);
    }
  }
  return distances;
}

const via = EDGE_GROUPS;
const asked = { direction: 'UPSTREAM', via } as const;

describe('a lineage', () => {
  it('holds each node once with its least distance, and every edge among them', () => {
    fc.assert(
      fc.property(worlds, ({ world, root }) => {
        const found = lineage(world.graph(), root, asked);
        expect(found.truncated).toBeNull();
        expect(new Map(found.nodes.map((n) => [n.id, n.distance]))).toEqual(upstreamOf(world, root));
        expect(found.nodes.map((n) => n.distance)).toEqual(
          [...found.nodes].sort((a, b) => a.distance - b.distance).map((n) => n.distance),
        );
        const inside = new Set(found.nodes.map((n) => n.id));
        const expected = world.edges.filter((edge) => inside.has(edge.downstream)).map((edge) => edge.id);
        expect(found.links.map((link) => link.edge)).toEqual(expected);
      }),
    );
  });

  it('is contracted so that what could be reached still can, and nothing else', () => {
    const some = fc.subarray([...NODE_KINDS]);
    let contracted = 0;
    fc.assert(
      fc.property(worlds, some, ({ world, root }, kinds: NodeKind[]) => {
        const graph = world.graph();
        const found = lineage(graph, root, { ...asked, kinds });
        contracted += found.links.filter((link) => link.contracted).length;
        const selected = (id: bigint) =>
          id === root || kinds.includes(world.nodes.find((n) => n.id === id)!.kind);
        const returned = found.nodes.map((n) => n.id);
        expect(new Set(returned)).toEqual(new Set([...upstreamOf(world, root).keys()].filter(selected)));
        const linked = new SmallWorld();
        linked.nodes.push(...world.nodes);
        for (const link of found.links) linked.edge('USED', link.downstream, link.upstream);
        for (const from of returned) {
          const reached = [...upstreamOf(world, from).keys()].filter((id) => returned.includes(id));
          expect(new Set(upstreamOf(linked, from).keys())).toEqual(new Set(reached));
        }
      }),
      { numRuns: 300 },
    );
    expect(contracted).toBeGreaterThan(50);
  });

  it('that a limit or a depth cuts says where, and asking again from there yields the rest', () => {
    let cut = 0;
    const cuts = fc.record({
      limit: fc.integer({ min: 1, max: 8 }),
      maxDepth: fc.option(fc.integer({ min: 0, max: 3 })),
      kinds: fc.option(fc.subarray([...NODE_KINDS], { minLength: 1 })),
    });
    fc.assert(
      fc.property(worlds, cuts, ({ world, root }, options) => {
        const graph = world.graph();
        const whole = lineage(graph, root, { ...asked, kinds: options.kinds });
        const first = lineage(graph, root, { ...asked, ...options });
        expect(first.nodes.length).toBeLessThanOrEqual(options.limit);
        const nodes = new Set(first.nodes.map((n) => n.id));
        const returnedAtFirst = [...nodes];
        for (const id of first.truncated?.frontier ?? []) {
          expect(returnedAtFirst).toContain(id);
          for (const more of lineage(graph, id, { ...asked, kinds: options.kinds }).nodes) nodes.add(more.id);
        }
        for (const { id } of whole.nodes) expect(nodes).toContain(id);
        if (first.truncated) cut++;
        else expect(first).toEqual(whole);
      }),
      { numRuns: 500 },
    );
    expect(cut).toBeGreaterThan(50);
  });

  it('that a limit cuts can be gone on from under the same limit, until all was given', () => {
    let skipped = 0;
    const limits = fc.integer({ min: 2, max: 4 });
    const ways = fc.constantFrom('UPSTREAM' as const, 'DOWNSTREAM' as const, 'BOTH' as const);
    fc.assert(
      fc.property(worlds, limits, ways, ({ world, root }, limit, direction) => {
        const graph = world.graph();
        const whole = lineage(graph, root, { ...asked, direction });
        const given = { nodes: new Set<bigint>(), links: new Set<string>() };
        const done = new Set<string>();
        const waiting: { id: bigint; way: typeof direction; skip: number }[] = [
          { id: root, way: direction, skip: 0 },
        ];
        for (let next = waiting.pop(); next; next = waiting.pop()) {
          const { id, way, skip } = next;
          const part = lineage(graph, id, { ...asked, direction: way, limit, skip });
          for (const node of part.nodes) given.nodes.add(node.id);
          for (const link of part.links) given.links.add(`${link.downstream} ${link.upstream} ${link.edge}`);
          const { frontier = [], skip: on = null } = part.truncated ?? {};
          if (on !== null) {
            expect(on).toBeGreaterThan(skip);
            waiting.push({ id, way, skip: on });
            skipped++;
          }
          for (const further of frontier) {
            if (further === id) continue;
            // What lies upstream goes on upstream: whoever asks for both ways asks each of them apart.
            for (const one of way === 'BOTH' ? (['UPSTREAM', 'DOWNSTREAM'] as const) : [way]) {
              if (done.has(`${further} ${one}`)) continue;
              done.add(`${further} ${one}`);
              waiting.push({ id: further, way: one, skip: 0 });
            }
          }
        }
        for (const { id } of whole.nodes) expect(given.nodes).toContain(id);
        for (const { downstream, upstream, edge } of whole.links)
          expect(given.links).toContain(`${downstream} ${upstream} ${edge}`);
      }),
      { numRuns: 300 },
    );
    expect(skipped).toBeGreaterThan(50);
  });

  it('says where the edges of a node were not read, whatever else it holds', () => {
    const world = new SmallWorld();
    const [run, mix, source] = [world.run(), world.dataset(), world.source()];
    world.edge('USED', run, mix);
    world.edge('USED', run, source);
    const expanded = { up: (id: bigint) => id !== mix, down: () => true };
    const answer = lineage(world.graph(), run, { direction: 'UPSTREAM', expanded });
    expect(answer.truncated).toEqual({ reason: 'LIMIT', frontier: [mix], skip: null });
    const sources = lineage(world.graph(), run, { direction: 'UPSTREAM', kinds: ['SOURCE'], expanded });
    expect(sources.nodes.map(({ id }) => id)).toEqual([run, mix, source]);
    const near = lineage(world.graph(), run, { direction: 'UPSTREAM', maxDepth: 1, expanded });
    expect(near.truncated).toBeNull();
  });

  it('keeps whole levels where they fit, and as much of the first as fits where they do not', () => {
    const world = new SmallWorld();
    const run = world.run();
    const datasets = Array.from({ length: 3 }, () => world.dataset());
    for (const dataset of datasets) {
      world.edge('USED', run, dataset);
      for (let i = 0; i < 3; i++) world.edge('DERIVED_FROM', dataset, world.source());
    }
    const graph = world.graph();
    const five = lineage(graph, run, { direction: 'UPSTREAM', limit: 12 });
    expect(five.nodes.map((n) => n.distance)).toEqual([0, 1, 1, 1]);
    expect(five.truncated).toEqual({ reason: 'LIMIT', frontier: datasets, skip: null });
    const two = lineage(graph, run, { direction: 'UPSTREAM', limit: 3 });
    expect(two.nodes.map((n) => n.id)).toEqual([run, datasets[0], datasets[1]]);
    expect(two.truncated).toMatchObject({ frontier: expect.arrayContaining([run]), skip: 2 });
    const rest = lineage(graph, run, { direction: 'UPSTREAM', limit: 3, skip: 2 });
    expect(rest.nodes.map((n) => n.id)).toEqual([run, datasets[2]]);
    expect(rest.truncated).toEqual({ reason: 'LIMIT', frontier: [datasets[2]], skip: null });
    expect(lineage(graph, run, { direction: 'UPSTREAM', maxDepth: 1 }).truncated!.reason).toBe('MAX_DEPTH');
    expect(lineage(graph, run, { direction: 'UPSTREAM', limit: 13 }).truncated).toBeNull();
    for (const limit of [0, 1.5, 50_001]) {
      expect(() => lineage(graph, run, { direction: 'UPSTREAM', limit })).toThrow(RangeError);
    }
  });

  it('gives a contracted edge the product of shares summed over paths, or none where one is unknown', () => {
    const world = new SmallWorld();
    const source = world.source();
    const run = world.run();
    const [left, right] = [world.dataset(), world.dataset()];
    world.made(left, [[source, 0.5]]);
    world.made(right, [[source, 0.25]]);
    world.made(run, [
      [left, 0.4],
      [right, 0.2],
    ]);
    const model = world.model(run);
    const kinds = ['SOURCE', 'MODEL_VERSION'] as const;
    const [link] = lineage(world.graph(), model, { direction: 'UPSTREAM', kinds }).links;
    expect(link).toMatchObject({ downstream: model, upstream: source, edge: null, contracted: true });
    expect(link!.share).toBeCloseTo(0.25, 12);
    world.made(right, [[source]], { teamId: 2n });
    const [open] = lineage(world.graph(), model, { direction: 'UPSTREAM', kinds }).links;
    expect([open!.share!.toFixed(3), open!.shareUpper!.toFixed(3)]).toEqual(['0.200', '0.250']);
    const blind = new SmallWorld();
    const [end, unknown] = [blind.source(), blind.run()];
    const between = blind.dataset();
    blind.made(between, [[end, 0.5]]);
    blind.made(unknown, [[between]]);
    expect(lineage(blind.graph(), unknown, { direction: 'UPSTREAM', kinds: ['SOURCE'] }).links).toMatchObject(
      [{ contracted: true, share: null, shareUpper: null }],
    );
  });

  it('gives no share through a transformation that changed the proportions of several sources', () => {
    const world = new SmallWorld();
    const [a, b, pile] = [world.source(), world.source(), world.dataset()];
    world.made(pile, [
      [a, 0.6],
      [b, 0.4],
    ]);
    const dedup = world.node('TRANSFORMATION', { effect: 'SELECTS' });
    world.made(dedup, [[pile]], { complete: true });
    const deduplicated = world.dataset();
    world.edge('GENERATED_BY', deduplicated, dedup);
    const graph = world.graph();
    const sources = lineage(graph, deduplicated, { direction: 'UPSTREAM', kinds: ['SOURCE'] }).links;
    expect(sources.map((link) => link.share)).toEqual([null, null]);
    const versions = lineage(graph, deduplicated, {
      direction: 'UPSTREAM',
      kinds: ['DATASET_VERSION'],
    }).links;
    expect(versions.map((link) => link.share)).toEqual([1]);
  });

  it('goes both ways without turning round', () => {
    const world = new SmallWorld();
    const [source, sibling] = [world.source(), world.dataset()];
    const [dataset, run] = [world.dataset(), world.run()];
    world.made(dataset, [[source, 1]]);
    world.made(sibling, [[source, 1]]);
    world.made(run, [[dataset, 1]]);
    const found = lineage(world.graph(), dataset, { direction: 'BOTH' }).nodes.map((n) => n.id);
    expect(new Set(found)).toEqual(new Set([dataset, source, run]));
  });
});

describe('the table of edges', () => {
  it('allows what it lists and refuses the rest', () => {
    expect(edgeAllowed('USED', 'TRAINING_RUN', 'SOURCE')).toBe(true);
    expect(edgeAllowed('USED', 'MODEL_VERSION', 'SOURCE')).toBe(false);
    expect(edgeAllowed('DERIVED_FROM', 'DATASET_VERSION', 'MODEL_VERSION')).toBe(false);
    expect(EDGE_RULES).toHaveLength(21);
    expect(new Set(EDGE_RULES.filter((rule) => rule.carriesMass).map((rule) => rule.kind))).toEqual(
      new Set(['GENERATED_BY', 'USED', 'DERIVED_FROM']),
    );
  });
});
