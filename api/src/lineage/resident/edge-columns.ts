import { Column, SparseColumn } from './columns.ts';
import type { Pause } from './counting-sort.ts';

/** What is held of every edge, one row each. */
export interface EdgeColumns {
  ids: Column<Float64Array>;
  /** Places of nodes. */
  downstream: Column<Int32Array>;
  upstream: Column<Int32Array>;
  /** Places of compositions; -1 for none. */
  compositions: Column<Int32Array>;
  standings: Column<Uint32Array>;
  recordedAt: Column<Float64Array>;
  /** Kind, unit and whether it was ever retracted, in one byte. */
  marks: Column<Uint8Array>;
  amounts: Column<Float64Array>;
  epochs: SparseColumn;
  citations: SparseColumn;
  occurredAt: SparseColumn;
}

export function edgeColumns(): EdgeColumns {
  return {
    ids: new Column(Float64Array),
    downstream: new Column(Int32Array),
    upstream: new Column(Int32Array),
    compositions: new Column(Int32Array),
    standings: new Column(Uint32Array),
    recordedAt: new Column(Float64Array),
    marks: new Column(Uint8Array),
    amounts: new Column(Float64Array),
    epochs: new SparseColumn(),
    citations: new SparseColumn(),
    occurredAt: new SparseColumn(),
  };
}

/** Makes room for as many rows. */
export function reserve(columns: EdgeColumns, length: number): void {
  for (const column of Object.values(columns) as (Column | SparseColumn)[])
    if (!column.sparse) column.reserve(length);
}

/** Adds an empty row, to be written field by field; answers its place. */
export function addRow(columns: EdgeColumns): number {
  const { ids, downstream, upstream, compositions, standings, recordedAt, marks, amounts } = columns;
  const row = ids.add();
  downstream.add();
  upstream.add();
  compositions.add();
  standings.add();
  recordedAt.add();
  marks.add();
  amounts.add();
  return row;
}

/** The same rows in another order: see Column.inOrder. One column after the other, so that little is held twice. */
export async function inOrder(from: EdgeColumns, order: Int32Array, pause: Pause): Promise<EdgeColumns> {
  return {
    ids: await from.ids.inOrder(order, pause),
    downstream: await from.downstream.inOrder(order, pause),
    upstream: await from.upstream.inOrder(order, pause),
    compositions: await from.compositions.inOrder(order, pause),
    standings: await from.standings.inOrder(order, pause),
    recordedAt: await from.recordedAt.inOrder(order, pause),
    marks: await from.marks.inOrder(order, pause),
    amounts: await from.amounts.inOrder(order, pause),
    epochs: await from.epochs.inOrder(order, pause),
    citations: await from.citations.inOrder(order, pause),
    occurredAt: await from.occurredAt.inOrder(order, pause),
  };
}

/** Adds the rows `start`…`end` of other columns. */
export function append(to: EdgeColumns, from: EdgeColumns, start: number, end: number): void {
  to.ids.append(from.ids, start, end);
  to.downstream.append(from.downstream, start, end);
  to.upstream.append(from.upstream, start, end);
  to.compositions.append(from.compositions, start, end);
  to.standings.append(from.standings, start, end);
  to.recordedAt.append(from.recordedAt, start, end);
  to.marks.append(from.marks, start, end);
  to.amounts.append(from.amounts, start, end);
  to.epochs.append(from.epochs, start, end);
  to.citations.append(from.citations, start, end);
  to.occurredAt.append(from.occurredAt, start, end);
}
