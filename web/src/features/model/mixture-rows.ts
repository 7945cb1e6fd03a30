import type { MixtureDiffQuery } from '../../graphql/generated/graphql.ts';

export type DiffRow = MixtureDiffQuery['mixtureDiff']['rows'][number];

export function rowLabel(row: DiffRow): string {
  if (row.unaccounted) return 'unaccounted';
  if (row.generatedBy) return `written by ${row.generatedBy.label}`;
  return row.source?.label ?? row.datasetVersion?.label ?? row.contentTag?.name ?? 'unnamed';
}

export const rowRef = (row: DiffRow): string | null =>
  row.generatedBy?.ref ?? row.source?.ref ?? row.datasetVersion?.ref ?? null;

/** `run` counts the training runs of one stage, from 1; `runs` says how many of that stage are compared. */
export type DiffStage = {
  stage: DiffRow['stage'];
  run: number;
  runs: number;
  rows: DiffRow[];
  largest: number;
};

/**
 * Rows by stage in the order given, and within a stage by run: where a model went through several runs of one
 * stage, a group comes once for each. The largest difference stands first, what can't be compared last.
 */
export function byStage(rows: readonly DiffRow[]): DiffStage[] {
  const stages = new Map<DiffRow['stage'], DiffRow[][]>();
  const times = new Map<string, number>();
  for (const row of rows) {
    const stage = row.stage ?? null;
    const key = `${stage} ${row.unaccounted} ${rowRef(row) ?? rowLabel(row)}`;
    const run = times.get(key) ?? 0;
    times.set(key, run + 1);
    const runs = stages.get(stage) ?? [];
    runs[run] = [...(runs[run] ?? []), row];
    stages.set(stage, runs);
  }
  const size = (row: DiffRow) =>
    row.difference === null || row.difference === undefined ? -1 : Math.abs(row.difference);
  return [...stages].flatMap(([stage, runs]) =>
    runs.map((list, index) => ({
      stage,
      run: index + 1,
      runs: runs.length,
      rows: list.sort((a, b) => size(b) - size(a) || rowLabel(a).localeCompare(rowLabel(b))),
      largest: Math.max(0, ...list.map(size)),
    })),
  );
}
