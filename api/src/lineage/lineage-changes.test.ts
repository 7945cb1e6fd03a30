import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, type LineageRows } from './graph.ts';
import { EDGE_GROUPS } from './kinds.ts';
import { type LineageState, lineageChanges, lineageState, NO_LINEAGE } from './lineage-changes.ts';
import { SmallWorld } from './small-world.ts';

const NEVER = { came: () => false, went: () => false };
const upstream = (rows: LineageRows, root: bigint): LineageState =>
  lineageState(buildGraph(rows), root, 'UPSTREAM', EDGE_GROUPS);

/** A world as it was: without what was recorded from an id on, and without what was retracted. */
function without(world: SmallWorld, gone: (id: bigint) => boolean): LineageRows {
  const nodes = world.nodes.filter((node) => !gone(node.id));
  const held = new Set(nodes.map((node) => node.id));
  const compositions = world.compositions.filter((c) => held.has(c.node) && !gone(c.id));
  const stated = new Set(compositions.map((c) => c.id));
  const edges = world.edges.filter(
    (edge) =>
      !gone(edge.id) &&
      held.has(edge.downstream) &&
      held.has(edge.upstream) &&
      (edge.compositionId === null || stated.has(edge.compositionId)),
  );
  return { nodes, edges, compositions };
}

describe('the changes of a lineage', () => {
  it('are what came, what went with what was behind it, and what weighs otherwise', () => {
    const world = new SmallWorld();
    const [kept, gone, behind, added] = [world.source(), world.dataset(), world.source(), world.source()];
    world.made(gone, [[behind, 1]]);
    const mix = world.dataset();
    world.made(
      mix,
      [
        [kept, 30],
        [gone, 10],
      ],
      { unit: 'ROWS', complete: true },
    );
    const [toKept, toGone] = world.edges.slice(-2).map((edge) => edge.id);
    const toBehind = world.edges[0]!.id;
    const before = upstream(world.rows(), mix);
    const late = world.edge('DERIVED_FROM', mix, added);
    const after = upstream(
      without(world, (id) => id === toGone),
      mix,
    );
    expect(lineageChanges(before, after, NEVER)).toEqual({
      nodesAdded: [added],
      nodesRemoved: [gone, behind],
      edgesAdded: [late],
      edgesRemoved: [toBehind, toGone],
      sharesChanged: [
        { edge: toKept, before: { share: 0.75, shareUpper: 0.75 }, after: { share: 1, shareUpper: 1 } },
      ],
      edges: [toBehind, toKept, toGone, late],
    });
  });

  it('are a range where another party states another share, and all of it where the thing was not known', () => {
    const world = new SmallWorld();
    const [source, mix] = [world.source(), world.dataset()];
    world.made(mix, [[source, 0.5]]);
    const edge = world.edges[0]!.id;
    const before = upstream(world.rows(), mix);
    const stated = { share: 0.5, shareUpper: 0.5 };
    world.made(mix, [[source, 0.75]], { teamId: 2n });
    const after = upstream(world.rows(), mix);
    expect(lineageChanges(before, after, NEVER).sharesChanged).toEqual([
      { edge, before: stated, after: { share: 0.5, shareUpper: 0.75 } },
    ]);
    const born = lineageChanges(NO_LINEAGE, before, NEVER);
    expect(born).toMatchObject({ nodesAdded: [mix, source], edgesAdded: [edge], sharesChanged: [] });
    const died = lineageChanges(before, NO_LINEAGE, NEVER);
    expect(died).toMatchObject({ nodesRemoved: [mix, source], edgesRemoved: [edge], sharesChanged: [] });
  });

  it('lead from the one lineage to the other, back again, and nowhere from itself', () => {
    const states = fc
      .tuple(
        fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 5, maxLength: 25 }),
        fc.infiniteStream(fc.boolean()),
        fc.infiniteStream(fc.boolean()),
      )
      .map(([pairs, ...gone]) => {
        const world = new SmallWorld();
        const ids = Array.from({ length: 7 }, () => world.dataset());
        for (const [a, b] of pairs)
          if (a !== b) world.made(ids[Math.max(a, b)]!, [[ids[Math.min(a, b)]!, 1]]);
        const root = ids[6]!;
        return gone.map((some) => {
          const drawn = new Map(world.edges.map((edge) => [edge.id, some.next().value as boolean]));
          return upstream(
            without(world, (id) => drawn.get(id) === true),
            root,
          );
        }) as [LineageState, LineageState];
      });
    let moved = 0;
    fc.assert(
      fc.property(states, ([before, after]) => {
        const changes = lineageChanges(before, after, NEVER);
        const applied = (from: readonly bigint[], removed: readonly bigint[], added: readonly bigint[]) =>
          new Set([...from.filter((id) => !removed.includes(id)), ...added]);
        expect(applied(before.nodes, changes.nodesRemoved, changes.nodesAdded)).toEqual(new Set(after.nodes));
        expect(applied([...before.edges.keys()], changes.edgesRemoved, changes.edgesAdded)).toEqual(
          new Set(after.edges.keys()),
        );
        const back = lineageChanges(after, before, NEVER);
        expect(new Set(back.nodesAdded)).toEqual(new Set(changes.nodesRemoved));
        expect(new Set(back.edgesAdded)).toEqual(new Set(changes.edgesRemoved));
        expect(back.sharesChanged.length).toBe(changes.sharesChanged.length);
        const still = lineageChanges(before, before, NEVER);
        expect([still.nodesAdded, still.edgesRemoved, still.sharesChanged]).toEqual([[], [], []]);
        if (changes.nodesAdded.length > 0 && changes.nodesRemoved.length > 0) moved++;
      }),
      { numRuns: 300 },
    );
    expect(moved).toBeGreaterThan(10);
  });

  it('tell of a lineage that was cut only what was itself recorded or retracted', () => {
    const world = new SmallWorld();
    const [far, near, root] = [world.source(), world.source(), world.dataset()];
    const [toFar, toNear] = [far, near].map((source) => world.edge('DERIVED_FROM', root, source));
    const rows = world.rows();
    const cut = {
      ...upstream(
        without(world, (id) => id === far),
        root,
      ),
      whole: false,
    };
    const all = upstream(rows, root);
    expect(lineageChanges(cut, all, NEVER)).toMatchObject({ nodesAdded: [], edgesAdded: [] });
    const came = (_: string, id: bigint) => id === far || id === toFar;
    expect(lineageChanges(cut, all, { ...NEVER, came })).toMatchObject({
      nodesAdded: [far],
      edgesAdded: [toFar],
    });
    expect(lineageChanges(all, cut, NEVER)).toMatchObject({ nodesRemoved: [], edgesRemoved: [] });
    expect(lineageChanges(all, cut, { ...NEVER, went: came })).toMatchObject({
      nodesRemoved: [far],
      edgesRemoved: [toFar],
    });
    expect(all.edges.has(toNear!)).toBe(true);
  });
});
