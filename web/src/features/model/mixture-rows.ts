import type { MixtureDiffQuery } from '../../graphql/generated/graphql.ts';
import { points } from '../../ui/numbers.ts';

export type DiffRow = MixtureDiffQuery['mixtureDiff']['rows'][number];
/** A row that differs by so much as can be drawn. */
export type DiffBar = DiffRow & { difference: number };

export function rowLabel(row: DiffRow): string {
  if (row.unaccounted) return 'unaccounted';
  if (row.generatedBy) return `written by ${row.generatedBy.label}`;
  return row.source?.label ?? row.datasetVersion?.label ?? row.contentTag?.name ?? 'unnamed';
}

export const rowRef = (row: DiffRow): string | null =>
  row.generatedBy?.ref ?? row.source?.ref ?? row.datasetVersion?.ref ?? null;

type Run = { ref: string; label: string };

/** `run` counts the training runs of one stage, from 1; `runs` says how many of that stage are compared. */
export type DiffStage = {
  stage: DiffRow['stage'];
  run: number;
  runs: number;
  /** What is compared: one run on each side, null where a side has none. */
  fromRun: Run | null;
  toRun: Run | null;
  rows: DiffRow[];
  largest: number;
};

/**
 * Rows by stage in the order given, and within a stage by run: where a model went through several runs of one
 * stage, each is a table of its own. The largest difference stands first, what can't be compared last.
 */
export function byStage(rows: readonly DiffRow[]): DiffStage[] {
  const stages = new Map<DiffRow['stage'], Map<number, DiffRow[]>>();
  for (const row of rows) {
    const stage = row.stage ?? null;
    const runs = stages.get(stage) ?? new Map<number, DiffRow[]>();
    runs.set(row.ordinal, [...(runs.get(row.ordinal) ?? []), row]);
    stages.set(stage, runs);
  }
  const size = (row: DiffRow) =>
    row.difference === null || row.difference === undefined ? -1 : Math.abs(row.difference);
  return [...stages].flatMap(([stage, runs]) =>
    [...runs].map(([run, list]) => ({
      stage,
      run,
      runs: runs.size,
      fromRun: list[0]?.fromRun ?? null,
      toRun: list[0]?.toRun ?? null,
      rows: list.sort((a, b) => size(b) - size(a) || rowLabel(a).localeCompare(rowLabel(b))),
      largest: Math.max(0, ...list.map(size)),
    })),
  );
}

/** A change too small to show in tenths of a point is still a change. */
export function pointsText(difference: number): string {
  const text = points(difference);
  if (text !== '0' || difference === 0) return text;
  return difference > 0 ? '< +0.1' : '> −0.1';
}

/** What a bar can show of a stage: groups whose share differs; the others are counted. */
export function barsOf(stage: DiffStage): {
  bars: DiffBar[];
  same: number;
  unknown: number;
} {
  const bars = stage.rows.filter(
    (row): row is DiffBar => typeof row.difference === 'number' && row.difference !== 0,
  );
  const unknown = stage.rows.filter((row) => typeof row.difference !== 'number').length;
  return { bars, same: stage.rows.length - bars.length - unknown, unknown };
}

/** A stage's differences as a file: shares from 0 to 1, what is not known empty, the unchanged ones too. */
export const diffRows = (
  stage: DiffStage,
  names: { from: string; to: string },
): (string | number | null)[][] => [
  [
    'group',
    'reference',
    `share in ${names.from}`,
    `share in ${names.to}`,
    'difference',
    'change',
    'was',
    'training run one',
    'training run two',
  ],
  ...stage.rows.map((row) => [
    rowLabel(row),
    rowRef(row),
    row.from,
    row.to,
    row.difference ?? null,
    row.change,
    row.revisedFrom?.ref ?? null,
    stage.fromRun?.ref ?? null,
    stage.toRun?.ref ?? null,
  ]),
];
