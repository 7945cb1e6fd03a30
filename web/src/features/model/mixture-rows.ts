import type { MixtureDiffQuery } from '../../graphql/generated/graphql.ts';

export type DiffRow = MixtureDiffQuery['mixtureDiff']['rows'][number];

export function rowLabel(row: DiffRow): string {
  if (row.unaccounted) return 'unaccounted';
  if (row.generatedBy) return `written by ${row.generatedBy.label}`;
  return row.source?.label ?? row.datasetVersion?.label ?? row.contentTag?.name ?? 'unnamed';
}

export const rowRef = (row: DiffRow): string | null =>
  row.generatedBy?.ref ?? row.source?.ref ?? row.datasetVersion?.ref ?? null;

export type DiffStage = { stage: DiffRow['stage']; rows: DiffRow[]; largest: number };

/** Rows by stage in the order given; in each the largest difference first, what can't be compared last. */
export function byStage(rows: readonly DiffRow[]): DiffStage[] {
  const stages = new Map<DiffRow['stage'], DiffRow[]>();
  for (const row of rows) {
    const stage = row.stage ?? null;
    stages.set(stage, [...(stages.get(stage) ?? []), row]);
  }
  const size = (row: DiffRow) =>
    row.difference === null || row.difference === undefined ? -1 : Math.abs(row.difference);
  return [...stages].map(([stage, list]) => ({
    stage,
    rows: list.sort((a, b) => size(b) - size(a) || rowLabel(a).localeCompare(rowLabel(b))),
    largest: Math.max(0, ...list.map(size)),
  }));
}
