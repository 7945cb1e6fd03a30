// The same file, taken in bulk and written edge by edge: the same graph. And a server killed in the middle of one.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { bulkLayout } from '../../../api/src/interchange/bulk/bulk-format.ts';
import { BulkImports } from '../../../api/src/interchange/bulk/bulk-imports.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';
import { building, mutating } from '../../testkit/mutate.ts';
import { bulkWorld, jsonLines } from './bulk-world.ts';

const NODES = 7;
const VISIBILITIES = ['PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED'] as const;

interface Drawn {
  /** Of each node: how widely it is seen, and whether the writer recorded it. */
  nodes: { visibility: (typeof VISIBILITIES)[number]; own: boolean }[];
  edges: { kind: 'DERIVED_FROM' | 'REVISES'; down: number; up: number; amount: number | null }[];
  batch: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  nodes: fc.array(fc.record({ visibility: fc.constantFrom(...VISIBILITIES), own: fc.boolean() }), {
    minLength: NODES,
    maxLength: NODES,
  }),
  edges: fc.array(
    fc
      .record({
        kind: fc.constantFrom('DERIVED_FROM' as const, 'REVISES' as const),
        down: fc.nat(NODES),
        up: fc.nat(NODES),
        amount: fc.constantFrom(null, 1, 2),
      })
      // Downwards alone: what closes cycles is refused by the batch, and one by one by the edge.
      .map(({ down, up, ...rest }) => ({ ...rest, down: Math.max(down, up), up: Math.min(down, up) })),
    { minLength: 1, maxLength: 25 },
  ),
  batch: fc.integer({ min: 1, max: 12 }),
});

const PUBLIC_NODES = Array.from({ length: NODES }, () => ({ visibility: 'PUBLIC' as const, own: true }));
const amounts = (batch: number, said: (number | null)[]): [Drawn] => [
  {
    nodes: PUBLIC_NODES,
    edges: said.map((amount) => ({ kind: 'DERIVED_FROM', down: 5, up: 2, amount })),
    batch,
  },
];
/** One edge, again and again, with what the record has and with what it does not, within a batch and past its end. */
const SAID_AGAIN = [
  amounts(3, [1, 1, 1, null, null]),
  amounts(1, [1, 2, 1]),
  amounts(2, [1, 1, 2, 1, null, 2]),
];

const lineOf = (of: string, { kind, down, up, amount }: Drawn['edges'][number]) => ({
  kind,
  // One more than there are: a reference to nothing.
  downstream: `dataset:${of}-${down}@1`,
  upstream: `dataset:${of}-${up}@1`,
  ...(amount === null ? {} : { amount, unit: 'ROWS' }),
});

async function nodesOf(
  { api, writer, other }: Awaited<ReturnType<typeof peopled>>,
  of: string,
  world: Drawn,
): Promise<void> {
  for (const [i, { visibility, own }] of world.nodes.entries())
    await building(mutating(api, own ? writer : other))('registerDatasetVersion', {
      dataset: `${of}-${i}`,
      version: '1',
      visibility,
    });
}

const graphOf = (api: TestApi, of: string) =>
  api.records.$queryRaw<object[]>`
    select e.kind::text, d.name as down, u.name as up, e.amount, e.amount_unit::text as unit, e.visibility::text,
      e.team_id = 1 as team, a.name as actor, e.audience_id is null as unshared
    from edge e join node d on d.id = e.downstream join node u on u.id = e.upstream join actor a on a.id = e.actor_id
    where d.name like ${`${of}-%`} order by 1, 2, 3`;

async function peopled(): Promise<{ api: TestApi; writer: Principal; other: Principal }> {
  const api = await testApi({ lineageMemory: 0 });
  return { api, writer: await api.person('REPORTER'), other: await api.person('REPORTER') };
}

describe('lineage in bulk', () => {
  it('gives the graph that the same lines give one by one, whatever they name and however they are cut', async () => {
    const [one, many] = [await peopled(), await peopled()];
    let worlds = 0;
    await fc.assert(
      fc.asyncProperty(drawn, async (world) => {
        worlds += 1;
        const of = `w${worlds}`;
        for (const each of [one, many]) await nodesOf(each, of, world);
        const mutate = mutating(one.api, one.writer);
        const refused: string[] = [];
        for (const [i, edge] of world.edges.entries()) {
          const answer = await mutate('assertEdge', lineOf(of, edge));
          const same = await saysTheSame(one.api, of, edge);
          if (answer.__typename !== 'AssertEdgeSuccess' && !same) refused.push(`line ${i + 1}`);
        }
        const { bring } = await bulkWorld(many.api, world.batch);
        const brought = await bring(many.writer, jsonLines(world.edges.map((edge) => lineOf(of, edge))));
        expect(brought.row.status).toBe('SUCCEEDED');
        expect(await graphOf(many.api, of)).toEqual(await graphOf(one.api, of));
        expect(brought.refused.map(([line]) => line)).toEqual(refused);
      }),
      { numRuns: 25, examples: SAID_AGAIN },
    );
    await one.api.close();
    await many.api.close();
  }, 240_000);
});

/** Whether the record holds what a refused line says: then it is no refusal in bulk, but held. */
async function saysTheSame(api: TestApi, of: string, edge: Drawn['edges'][number]): Promise<boolean> {
  const found = await api.records.$queryRaw<object[]>`
    select 1 from edge e join node d on d.id = e.downstream join node u on u.id = e.upstream
    where e.kind = ${edge.kind}::edge_kind and d.name = ${`${of}-${edge.down}`} and u.name = ${`${of}-${edge.up}`}
      and e.amount is not distinct from ${edge.amount}::float8`;
  return found.length > 0;
}

describe('a bulk import that was broken off', () => {
  let api: TestApi;
  let writer: Principal;
  beforeEach(async () => {
    ({ api, writer } = await peopled());
    for (let i = 0; i < 3; i += 1)
      await building(mutating(api, writer))('registerSource', { name: `s${i}`, visibility: 'PUBLIC' });
  });
  afterEach(() => api.close());

  const file = jsonLines([
    ...Array.from({ length: 20 }, (_, i) => ({ node: `dataset:d${i}@1` })),
    ...Array.from({ length: 60 }, (_, i) => ({
      kind: 'DERIVED_FROM',
      downstream: `dataset:d${i % 20}@1`,
      upstream: `source:s${Math.floor(i / 20)}`,
    })),
  ]);

  /** Begins the file on a server that ends after some batches, as one that is killed: its import stays where it was. */
  async function brokenOff(batches: number): Promise<bigint> {
    const folder = join(api.services.dataFolder, 'imports');
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'incoming');
    await writeFile(path, file);
    let begun = 0;
    const dying = {
      ...api.services,
      openBulk: async () => {
        const db = await api.services.openBulk();
        const transaction = db.transaction.bind(db);
        db.transaction = async (work) => {
          begun += 1;
          if (begun <= batches) return transaction(work);
          // The batch has done all its work, and the process ends before the commit.
          await transaction(async () => {
            await work();
            throw new Error('killed');
          }).catch(() => undefined);
          return new Promise(() => undefined);
        };
        return db;
      },
    };
    const imports = new BulkImports(dying, { batch: 7 });
    const layout = (await bulkLayout(path))!;
    const outcome = await imports.take(requestContext(api.services, writer), { path, name: 'lines', layout });
    while (begun <= batches) await new Promise((resolve) => setTimeout(resolve, 5));
    return outcome.id;
  }

  const counted = async () => ({
    nodes: await api.records.node.count({ where: { kind: 'DATASET_VERSION' } }),
    edges: await api.records.edge.count(),
  });

  it('is gone on with by the next start, from the batch that was lost, and leaves no file', async () => {
    const id = await brokenOff(4);
    expect(await counted()).toMatchObject({ nodes: 20, edges: 8 });
    const next = new BulkImports(api.services, { batch: 7 });
    await next.goOn();
    await next.idle();
    expect(await counted()).toEqual({ nodes: 20, edges: 60 });
    const row = await api.records.import.findUniqueOrThrow({ where: { id } });
    expect(row.status).toBe('SUCCEEDED');
    expect(row.progress).toMatchObject({ lines: 80, added: 80, held: 0, refused: 0 });
    expect(await readdir(join(api.services.dataFolder, 'imports'))).toEqual([]);
    const events = await api.records.event.findMany({
      where: { type: 'LINES_IMPORTED' },
      orderBy: { id: 'asc' },
    });
    expect(events.map((e) => (e.payload as { firstLine: number }).firstLine)).toEqual(
      Array.from({ length: 12 }, (_, i) => i * 7 + 1),
    );
  });

  it('is gone on with where its sender sends it again', async () => {
    const id = await brokenOff(2);
    const { bring } = await bulkWorld(api, 7);
    const again = await bring(writer, file);
    expect(again).toMatchObject({ id, alreadyImported: false });
    expect(again.row.progress).toMatchObject({ lines: 80, added: 80, held: 0 });
    expect(await counted()).toEqual({ nodes: 20, edges: 60 });
  });

  it('ends where whoever sent it may no longer write, and keeps what it took', async () => {
    const id = await brokenOff(4);
    await api.records.actor.update({ where: { id: writer.actorId }, data: { role: 'VIEWER' } });
    const next = new BulkImports(api.services, { batch: 7 });
    await next.goOn();
    await next.idle();
    const row = await api.records.import.findUniqueOrThrow({ where: { id } });
    expect(row.status).toBe('FAILED');
    expect(row.error).toContain('may no longer record lineage');
    expect(await counted()).toMatchObject({ edges: 8 });
  });
});
