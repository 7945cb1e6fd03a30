import type { ComparedRatesFragment } from '../../graphql/generated/graphql.ts';
import { MEASURED_TITLES, measuredCells } from '../rates/measured-cells.ts';
import { VERDICTS } from './comparison-words.ts';

/** What was measured on one side; `rate` is that of all its samples, whatever of them was compared. */
const SIDE = [...MEASURED_TITLES, 'rate compared'];

const sideOf = (of: ComparedRatesFragment['one'], compared: number | null | undefined) => [
  ...measuredCells(of),
  compared ?? null,
];

/** Comparisons as a file: one a row, what is not given empty. */
export const comparisonRows = (rows: readonly ComparedRatesFragment[]): (string | number | null)[][] => [
  [
    'behaviour',
    'condition',
    'evaluation version one',
    'evaluation version two',
    'eval run one',
    'eval run two',
    'verdict',
    ...SIDE.map((title) => `${title} one`),
    ...SIDE.map((title) => `${title} two`),
    'difference',
    'interval lower',
    'interval upper',
    'interval method',
    'test',
    'p',
    'corrected p',
    'correction',
    'paired',
    'items compared',
    'differences',
    'assumptions',
  ],
  ...rows.map((row) => [
    row.one.behavior.name,
    row.one.condition?.name ?? null,
    row.one.evalRun.evaluationVersion.label,
    row.two.evalRun.evaluationVersion.label,
    row.one.evalRun.ref,
    row.two.evalRun.ref,
    VERDICTS[row.verdict],
    ...sideOf(row.one, row.rateOne),
    ...sideOf(row.two, row.rateTwo),
    row.difference ?? null,
    row.interval?.lower ?? null,
    row.interval?.upper ?? null,
    row.interval?.method ?? null,
    row.test ?? null,
    row.pValue ?? null,
    row.correctedPValue ?? null,
    row.correction ?? null,
    row.paired ? 'yes' : 'no',
    row.itemsCompared ?? null,
    row.comparability.differences.join('; '),
    row.assumptions.join(' '),
  ]),
];
