import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimRow, compositionRow, edgeRow, measurementRow, nodeRow, T0, tagRow } from './copied-rows.ts';
import { ResidentGraph, type ResidentTable } from './resident-graph.ts';
import { readSnapshot, SnapshotRefusal, writeSnapshot } from './snapshot-file.ts';
import { VISIBILITIES } from './standing.ts';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-snapshot-'));
  path = join(folder, 'lineage', 'snapshot');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const MOST = 2 ** 24;
const accepted = async () => undefined;
const unmarked = async () => undefined;
const rest = async () => undefined;

/** Everything that a graph says of its rows, whatever places they have in it. */
function told(graph: ResidentGraph) {
  const { nodes, edges, compositions, facts, standings } = graph;
  const byId = <T extends { id: bigint }>(rows: T[]) => rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  const places = Array.from({ length: nodes.length }, (_, place) => place);
  const record = (edge: number) => ({
    ...edges.record(edge, nodes, compositions),
    audience: standings.at(edges.standings.values[edge]!).audienceId,
  });
  const up = places.flatMap((n) => {
    const some: ReturnType<typeof record>[] = [];
    edges.eachUp(n, (edge) => some.push(record(edge)));
    return some;
  });
  const down = places.flatMap((n) => {
    const some: ReturnType<typeof record>[] = [];
    edges.eachDown(n, (edge) => some.push(record(edge)));
    return some;
  });
  const standing = <F extends { standing: number }>(fact: F) => ({
    ...fact,
    standing: standings.at(fact.standing),
  });
  return {
    latest: [nodes.latest, edges.latest],
    up: byId(up),
    down: byId(down),
    nodes: byId(places.map((n) => ({ ...nodes.row(n), ...nodes.facts(n) }))),
    who: places.map((n) => [nodes.ids.values[n], standings.at(nodes.standings.values[n]!)]),
    found: places.map((n) => nodes.index.get(nodes.ids.values[n]!)),
    compositions: places.map((n) => {
      const about: unknown[] = [];
      compositions.eachAbout(n, (c) =>
        about.push(compositions.record({ place: c, hidden: false, whole: true }, nodes)),
      );
      return [nodes.ids.values[n], about];
    }),
    counts: places.map((n) => [nodes.ids.values[n], facts.counts.of(n).map(standing)]),
    measurements: places.map((n) => [nodes.ids.values[n], facts.measurements.of(n).map(standing)]),
    tags: [1n, 2n, 3n].map((tag) => facts.tag(tag) !== undefined && standings.at(facts.tag(tag)!)),
  };
}

/** What the database might tell, row by row: a row is named by its table and id, and may be told again. */
type Told = readonly [ResidentTable, Parameters<ResidentGraph['put']>[1]];

interface Had {
  nodes: number;
  edges: number;
  compositions: number;
  /** Edges that are part of the first composition. */
  composed: Set<number>;
}
const nothing = (): Had => ({ nodes: 0, edges: 0, compositions: 0, composed: new Set() });

/** An edge joins the same two of the first three nodes whenever it is told. */
const ends = (n: number) =>
  [
    [2, 1],
    [3, 1],
    [3, 2],
  ][n % 3] as [number, number];

/** New rows and changes in old ones, by chance, each of which refers to what was told before. */
function rowsOf(seeds: readonly number[], had: Had): Told[] {
  const rows: Told[] = [];
  for (const seed of seeds) {
    const which = seed % 8;
    const some = (count: number) => 1 + ((seed >>> 3) % Math.max(1, count));
    const more = {
      visibility: VISIBILITIES[(seed >>> 5) % 4]!,
      ...(seed % 5 === 0 && { audience: 1 + (seed % 7) }),
      ...(seed % 11 === 0 && { retracted: T0 + seed }),
    };
    if (which < 2 || had.nodes < 3) {
      had.nodes += 1;
      rows.push(['node', nodeRow(had.nodes, { ...more, name: `n${'ä'.repeat(seed % 9)}` })]);
    } else if (which === 2) {
      rows.push(['node', nodeRow(some(had.nodes), { ...more, digest: `sha256:${seed}` })]);
    } else if (which === 3) {
      had.compositions += 1;
      rows.push([
        'composition',
        compositionRow(had.compositions, had.compositions === 1 ? 1 : some(had.nodes), more),
      ]);
    } else if (which === 4) {
      const of = some(had.nodes);
      rows.push(['tag', tagRow(1 + (seed % 3), more)], ['claim', claimRow(some(20), of, seed, more)]);
      rows.push(['measurement', measurementRow(some(30), of, 1 + (seed % 3), { ...more, lower: 0.25 })]);
    } else {
      const again = which === 5 && had.edges > 0;
      if (!again) had.edges += 1;
      const n = again ? some(had.edges) : had.edges;
      const [down, up] = ends(n);
      if (!again && n % 2 === 0 && had.compositions > 0) had.composed.add(n);
      rows.push([
        'edge',
        edgeRow(n, down, up, {
          ...more,
          ...(n % 4 === 0 && { epochs: n, occurred: T0 }),
          ...(had.composed.has(n) && { composition: 1 }),
        }),
      ]);
    }
  }
  return rows;
}

async function restored(): Promise<ResidentGraph> {
  return ResidentGraph.of((await readSnapshot(path, MOST, accepted))!.sections);
}

const seeds = fc.array(fc.nat(2 ** 30), { minLength: 1, maxLength: 60 });

describe('a graph that was kept in a file', () => {
  it('and was told everything that changed since is as one that was told all, whatever changed while it was written', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(seeds, seeds, seeds, fc.boolean(), async (before, during, after, compacted) => {
        const had = nothing();
        const [first, second, third] = [rowsOf(before, had), rowsOf(during, had), rowsOf(after, had)];
        const [kept, plain] = [new ResidentGraph(), new ResidentGraph()];
        for (const [table, row] of first) kept.put(table, row);
        if (compacted) await kept.compact(rest);
        const waiting = [...second];
        // Between any two arrays of the file something more is told, and all is compacted on the way.
        const sections = kept.sections().map(([name, values], i): [string, typeof values] => [
          name,
          () => {
            const array = values();
            for (const [table, row] of waiting.splice(0, 3)) kept.put(table, row);
            if (i === 7) void kept.compact(rest);
            return array;
          },
        ]);
        await writeSnapshot(path, {}, sections, unmarked);
        for (const [table, row] of waiting) kept.put(table, row);
        const graph = await restored();
        // The feed tells again of all that came since the writing began.
        for (const [table, row] of [...second, ...third]) graph.put(table, row);
        for (const [table, row] of [...first, ...second, ...third]) plain.put(table, row);
        expect(told(graph)).toEqual(told(plain));
        await graph.compact(rest);
        expect(told(graph)).toEqual(told(plain));
      }),
      { numRuns: 150 },
    );
  });

  it('is read by nobody else, and leaves nothing beside it', async () => {
    await writeSnapshot(path, {}, new ResidentGraph().sections(), unmarked);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'lineage'))).toEqual(['snapshot']);
  });

  it('stays as it was where the next cannot be written, or is not marked', async () => {
    await writeSnapshot(path, { n: 1 }, [], unmarked);
    const failing = async () => {
      throw new Error('the database is away');
    };
    await expect(writeSnapshot(path, { n: 2 }, [], failing)).rejects.toThrow('the database is away');
    const broken = () => {
      throw new Error('no array');
    };
    await expect(writeSnapshot(path, { n: 3 }, [['x', broken]], unmarked)).rejects.toThrow('no array');
    let about: unknown;
    await readSnapshot(path, MOST, async (said) => {
      about = said;
    });
    expect(about).toEqual({ n: 1 });
    expect(await readdir(join(folder, 'lineage'))).toEqual(['snapshot']);
  });
});

describe('a file that is not as it was written', () => {
  let whole: Buffer;
  beforeAll(async () => {
    const graph = new ResidentGraph();
    const had = nothing();
    const rows = rowsOf(
      Array.from({ length: 200 }, (_, i) => i * 7_919),
      had,
    );
    for (const [table, row] of rows) graph.put(table, row);
    await graph.compact(rest);
    await writeSnapshot(path, { of: 'a database' }, graph.sections(), unmarked);
    whole = await readFile(path);
  });

  const refused = async (bytes: Buffer) => {
    await writeFile(path, bytes);
    await expect(readSnapshot(path, MOST, accepted)).rejects.toThrow(SnapshotRefusal);
  };

  it('is refused wherever it was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), (length) => refused(whole.subarray(0, length))),
      { numRuns: 200 },
    );
  });

  it('is refused whatever bit was turned', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        const turned = Buffer.from(whole);
        turned[at] = turned[at]! ^ (1 << bit);
        await refused(turned);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused with anything after its end, and before it is read where it is too large', async () => {
    await refused(Buffer.concat([whole, Buffer.from([0])]));
    await writeFile(path, whole);
    await expect(readSnapshot(path, whole.length - 1, accepted)).rejects.toThrow('more than the lineage may');
    expect((await readSnapshot(path, whole.length, accepted))?.digest).toEqual(
      whole.subarray(whole.length - 32),
    );
  });

  it('is none where there is no file, and fails as files do where it may not be read', async () => {
    expect(await readSnapshot(join(folder, 'nowhere'), MOST, accepted)).toBeNull();
    await chmod(path, 0o600);
    await expect(readSnapshot(folder, MOST, accepted)).rejects.toThrow(/EISDIR/);
  });
});
