import { describe, expect, it } from 'vitest';
import { BinaryRow } from '../../platform/binary-copy.ts';
import { EDGE_KINDS } from '../kinds.ts';
import { ResidentGraph } from './resident-graph.ts';

type Field = bigint | string | number | boolean | null | { at: number };

/** A row as the database copies it: bigint for integers, { at } for moments in ms, numbers for floats. */
function row(...fields: Field[]): BinaryRow {
  const parts = fields.flatMap((field) => {
    const body = bodyOf(field);
    const length = Buffer.alloc(4);
    length.writeInt32BE(body === null ? -1 : body.length);
    return body === null ? [length] : [length, body];
  });
  const copied = new BinaryRow();
  copied.over(Buffer.concat(parts));
  copied.find(0, fields.length);
  return copied;
}

function bodyOf(field: Field): Buffer | null {
  if (field === null) return null;
  if (typeof field === 'string') return Buffer.from(field);
  if (typeof field === 'boolean') return Buffer.from([field ? 1 : 0]);
  const body = Buffer.alloc(8);
  if (typeof field === 'bigint') body.writeBigInt64BE(field);
  else if (typeof field === 'number') body.writeDoubleBE(field);
  else body.writeBigInt64BE(BigInt((field.at - Date.UTC(2000, 0, 1)) * 1_000));
  return body;
}

const T0 = Date.UTC(2026, 0, 1);
const who = ['PUBLIC', 1n, 1n, null] as const;
const nodeRow = (id: number) =>
  row(
    BigInt(id),
    'DATASET_VERSION',
    '',
    `d${id}`,
    '1',
    null,
    null,
    ...who,
    { at: T0 + id },
    null,
    null,
    null,
    null,
    null,
    null,
    null,
  );
const edgeRow = (
  id: number,
  down: number,
  up: number,
  more: { retracted?: number; visibility?: string } = {},
) =>
  row(
    BigInt(id),
    'DERIVED_FROM',
    BigInt(down),
    BigInt(up),
    null,
    0.25,
    'FRACTION',
    null,
    null,
    null,
    more.visibility ?? 'PUBLIC',
    1n,
    1n,
    null,
    { at: T0 + id },
    more.retracted === undefined ? null : { at: more.retracted },
  );

/** Every edge by id, as found from its downstream node and again from its upstream node. */
function edgesOf(graph: ResidentGraph): Map<bigint, object> {
  const found = new Map<bigint, object>();
  let below = 0;
  for (let n = 0; n < graph.nodes.length; n++) {
    graph.edges.eachUp(n, (e) => {
      expect(graph.edges.downstream.values[e]).toBe(n);
      const record = graph.edges.record(e, graph.nodes, graph.compositions);
      expect(found.has(record.id)).toBe(false);
      found.set(record.id, record);
    });
    graph.edges.eachDown(n, (e) => {
      expect(graph.edges.upstream.values[e]).toBe(n);
      below += 1;
    });
  }
  expect(below).toBe(found.size);
  return found;
}

describe('the edges of a resident graph', () => {
  const world = () => {
    const graph = new ResidentGraph();
    for (let id = 1; id <= 40; id++) graph.put('node', nodeRow(id));
    return graph;
  };
  const ends = (id: number) => [((id * 7) % 39) + 2, ((id * 5) % (((id * 7) % 39) + 1)) + 1] as const;

  it('are the same before and after a compaction, and while one is under way', async () => {
    const graph = world();
    for (let id = 1; id <= 300; id++)
      graph.put('edge', edgeRow(id, ...ends(id), id % 9 === 0 ? { retracted: T0 + 1_000 } : {}));
    const before = edgesOf(graph);
    expect(before.size).toBe(300);
    let looked = 0;
    await graph.compact(async () => {
      expect(edgesOf(graph)).toEqual(before);
      looked += 1;
    });
    expect(looked).toBeGreaterThan(0);
    expect(edgesOf(graph)).toEqual(before);
    expect(graph.edges.late).toBe(0);
  });

  it('take in what comes during a compaction: new edges, retractions, and who may see', async () => {
    const graph = world();
    const plain = world();
    const each = (id: number, more = {}) => {
      graph.put('edge', edgeRow(id, ...ends(id), more));
      plain.put('edge', edgeRow(id, ...ends(id), more));
    };
    for (let id = 1; id <= 200; id++) each(id);
    await graph.compact(async () => undefined);
    for (let id = 201; id <= 300; id++) each(id);
    let next = 301;
    await graph.compact(async () => {
      graph.put('node', nodeRow(next - 260));
      plain.put('node', nodeRow(next - 260));
      each(next);
      each(next - 100, { retracted: T0 + 5_000 });
      each(next - 250, { visibility: 'TEAM' });
      each(next, { retracted: T0 + 6_000 });
      next += 1;
    });
    expect(next).toBeGreaterThan(302);
    expect(edgesOf(graph)).toEqual(edgesOf(plain));
    await graph.compact(async () => undefined);
    expect(edgesOf(graph)).toEqual(edgesOf(plain));
  });

  it('take no more than 16 bytes of topology an edge, and 48 with weights, kinds and times', async () => {
    const graph = new ResidentGraph();
    const nodes = 33_500;
    for (let id = 1; id <= nodes; id++) graph.put('node', nodeRow(id));
    graph.beginLoading();
    const edges = 100_000;
    for (let id = 1; id <= edges; id++)
      graph.put('edge', edgeRow(id, (id % (nodes - 1)) + 2, (id % ((id % (nodes - 1)) + 1)) + 1));
    await graph.compact(async () => undefined);
    expect(graph.edges.topologyBytes / edges).toBeLessThanOrEqual(16);
    expect((graph.edges.bytes - graph.edges.standings.bytes) / edges).toBeLessThanOrEqual(48);
  });

  it('know every kind that the database knows', () => {
    const graph = world();
    EDGE_KINDS.forEach((kind, i) => {
      const fields = edgeRow(1_000 + i, 3, 2);
      expect(fields.shape(1)).toBeGreaterThan(0);
      graph.put(
        'edge',
        row(BigInt(1_000 + i), kind, 3n, 2n, null, null, null, null, null, null, ...who, { at: T0 }, null),
      );
    });
    expect([...edgesOf(graph).values()].map((edge) => (edge as { kind: string }).kind)).toEqual(EDGE_KINDS);
  });
});
