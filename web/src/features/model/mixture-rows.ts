import type { MixtureDiffQuery } from '../../graphql/generated/graphql.ts';
import { points } from '../../ui/numbers.ts';

export type DiffRow = MixtureDiffQuery['mixtureDiff']['rows'][number];
/** A row whose difference, or the range that it lies in, can be drawn. */
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
  /** As far as a difference may go. */
  largest: number;
};

/** What was not measured on one side can be anything there, and is in the table alone. */
const isCompared = (row: DiffRow): row is DiffBar => typeof row.difference === 'number';

/**
 * Rows by stage in the order given, and within a stage by run: where a model went through several runs of one
 * stage, each is a table of its own. What may differ most stands first, what can't be compared last.
 */
export function byStage(rows: readonly DiffRow[]): DiffStage[] {
  const stages = new Map<DiffRow['stage'], Map<number, DiffRow[]>>();
  for (const row of rows) {
    const stage = row.stage ?? null;
    const runs = stages.get(stage) ?? new Map<number, DiffRow[]>();
    runs.set(row.ordinal, [...(runs.get(row.ordinal) ?? []), row]);
    stages.set(stage, runs);
  }
  const size = (row: DiffRow) => (isCompared(row) ? Math.abs(row.difference) : -1);
  const farthest = (row: DiffRow) =>
    isCompared(row) ? Math.max(Math.abs(row.differenceLower), Math.abs(row.differenceUpper)) : -1;
  const after = (a: DiffRow, b: DiffRow) =>
    farthest(b) - farthest(a) || size(b) - size(a) || rowLabel(a).localeCompare(rowLabel(b));
  return [...stages].flatMap(([stage, runs]) =>
    [...runs].map(([run, list]) => ({
      stage,
      run,
      runs: runs.size,
      fromRun: list[0]?.fromRun ?? null,
      toRun: list[0]?.toRun ?? null,
      rows: list.sort(after),
      largest: Math.max(0, ...list.map(farthest)),
    })),
  );
}

/** A change too small to show in tenths of a point is still a change. */
export function pointsText(difference: number): string {
  const text = points(difference);
  if (text !== '0' || difference === 0) return text;
  return difference > 0 ? '< +0.1' : '> −0.1';
}

type Difference = Pick<DiffRow, 'differenceLower' | 'differenceUpper'>;

export const isRange = ({ differenceLower, differenceUpper }: Difference): boolean =>
  differenceLower < differenceUpper;

/** The difference in points, from the least to the most that it can be. */
export function differenceText({ differenceLower, differenceUpper }: Difference): string {
  const [least, most] = [pointsText(differenceLower), pointsText(differenceUpper)];
  return least === most ? least : `${least} to ${most}`;
}

/** What a bar can show of a stage: groups whose share differs, or may; the others are counted. */
export function barsOf(stage: DiffStage): {
  bars: DiffBar[];
  same: number;
  unmeasured: number;
} {
  const compared = stage.rows.filter(isCompared);
  const bars = compared.filter((row) => row.differenceLower !== 0 || row.differenceUpper !== 0);
  return { bars, same: compared.length - bars.length, unmeasured: stage.rows.length - compared.length };
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
    `share in ${names.from}, upper`,
    `share in ${names.to}`,
    `share in ${names.to}, upper`,
    'difference',
    'difference lower',
    'difference upper',
    'change',
    'was',
    'training run one',
    'training run two',
  ],
  ...stage.rows.map((row) => [
    rowLabel(row),
    rowRef(row),
    row.from,
    row.fromUpper,
    row.to,
    row.toUpper,
    row.difference,
    row.differenceLower,
    row.differenceUpper,
    row.change,
    row.revisedFrom?.ref ?? null,
    stage.fromRun?.ref ?? null,
    stage.toRun?.ref ?? null,
  ]),
];
