import type pg from 'pg';
import { copyOut } from '../../platform/copy-out.ts';
import { copyOf } from './resident.store.ts';
import type { ResidentGraph, ResidentTable } from './resident-graph.ts';

/** The graph takes more memory than it may. */
export class TooLarge extends Error {
  readonly bytes: number;
  constructor(bytes: number) {
    super(`The lineage takes ${bytes} bytes, which is more than it may.`);
    this.bytes = bytes;
  }
}

/** How many rows are taken in before it is asked again how much memory they take. */
const WEIGH_EVERY = 65_536;

/**
 * Puts the rows of a table, all or those of some ids, into a resident graph; answers how many there were. TooLarge as
 * soon as the graph takes more than `most` bytes; RangeError where a row cannot be understood.
 */
export async function copyInto(
  graph: ResidentGraph,
  client: pg.Client,
  table: ResidentTable,
  { ids, most = Number.POSITIVE_INFINITY }: { ids?: readonly number[]; most?: number },
): Promise<number> {
  let taken = 0;
  const weigh = () => {
    if (graph.bytes > most) throw new TooLarge(graph.bytes);
  };
  const count = await copyOut(client, copyOf(table, ids), (row) => {
    graph.put(table, row);
    taken += 1;
    if (taken % WEIGH_EVERY === 0) weigh();
  });
  weigh();
  return count;
}
