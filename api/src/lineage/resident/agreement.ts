// Whether memory still says what the database does: a sample now and then, by a reader from whom nothing is hidden.
import { isDeepStrictEqual } from 'node:util';
import type { Principal } from '../../access/viewer.ts';
import type { BoundDb } from '../../platform/bound-database.ts';
import { EDGE_KINDS } from '../kinds.ts';
import type { LineageSource } from '../lineage-source.ts';
import { sqlSource } from '../sql-source.ts';
import type { ResidentGraph } from './resident-graph.ts';
import { residentSource } from './resident-source.ts';
import { Sight } from './sight.ts';

const SEES_ALL: Principal = {
  kind: 'principal',
  actorId: 0n,
  actorKind: 'SYSTEM',
  name: 'Headwater',
  role: 'AUDITOR',
  teamIds: [],
  scopes: new Set(['read']),
  sessionId: null,
  tokenId: null,
};

const byId = <T extends { id: bigint }>(rows: readonly T[]) =>
  [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** Everything that is recorded right beside some nodes. */
async function beside(source: LineageSource, ids: readonly bigint[]): Promise<unknown[]> {
  return [
    byId(await source.facts(ids)),
    byId(await source.edgesFrom(ids, 'UPSTREAM', EDGE_KINDS)),
    byId(await source.edgesFrom(ids, 'DOWNSTREAM', EDGE_KINDS)),
    await source.compositionsOf(ids),
    await source.counts(ids),
    new Map([...(await source.measurements(ids))].map(([id, held]) => [id, byId(held)])),
  ];
}

/** A few nodes of the graph, by chance; `most` of them at most. */
export function sampleOf(graph: ResidentGraph, most: number): bigint[] {
  const { ids, length } = graph.nodes;
  const few = Math.min(most, length);
  return Array.from({ length: few }, () => BigInt(ids.values[Math.floor(Math.random() * length)]!));
}

/** Whether a graph says of these nodes, as known on a moment, what the database says. */
export async function agrees(
  graph: ResidentGraph,
  db: BoundDb,
  ids: readonly bigint[],
  on: Date,
): Promise<boolean> {
  const distinct = [...new Set(ids)];
  const seen = new Uint8Array(graph.standings.all.length).fill(1);
  const memory = await beside(residentSource(new Sight(graph, seen, on.getTime())), distinct);
  return isDeepStrictEqual(memory, await beside(sqlSource({ db, viewer: SEES_ALL }, on), distinct));
}
