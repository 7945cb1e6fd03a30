import type { ComparedScoresFragment } from '../../../graphql/generated/graphql.ts';
import { VERDICTS } from '../comparison-words.ts';
import type { SeriesOf } from './score-layout.ts';

/** Pairs of scores as a file: one a row, what is not given empty. */
export const scoreRows = (
  rows: readonly ComparedScoresFragment[],
  seriesOf: SeriesOf,
): (string | number | null)[][] => [
  [
    'series',
    'metric',
    'condition',
    'eval run before',
    'eval run after',
    'verdict',
    'before',
    'standard error before',
    'after',
    'standard error after',
    'difference',
    'interval lower',
    'interval upper',
    'p',
    'corrected p',
    'correction',
    'differences',
    'assumptions',
  ],
  ...rows.map((row) => [
    seriesOf(row),
    row.one.metric,
    row.one.condition?.name ?? null,
    row.one.evalRun.ref,
    row.two.evalRun.ref,
    VERDICTS[row.verdict],
    row.one.value ?? null,
    row.one.standardError ?? null,
    row.two.value ?? null,
    row.two.standardError ?? null,
    row.difference ?? null,
    row.interval?.lower ?? null,
    row.interval?.upper ?? null,
    row.pValue ?? null,
    row.correctedPValue ?? null,
    row.correction ?? null,
    row.comparability.differences.join('; '),
    row.assumptions.join(' '),
  ]),
];
