import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { readBinaryCopy } from '../../platform/binary-copy.ts';
import { copyOf } from './resident.store.ts';
import type { ResidentGraph, ResidentTable } from './resident-graph.ts';

/** Puts the rows of a table, all or those of some ids, into a resident graph; answers how many there were. */
export function copyInto(
  graph: ResidentGraph,
  client: pg.Client,
  table: ResidentTable,
  ids?: readonly number[],
): Promise<number> {
  const stream = client.query(copyTo(copyOf(table, ids)));
  return readBinaryCopy(stream, (row) => graph.put(table, row));
}
