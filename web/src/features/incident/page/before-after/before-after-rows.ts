import { MEASURED_TITLES, measuredCells } from '../../../rates/measured-cells.ts';
import { type Comparison, type Side, sidesOf } from './sides.ts';

/** What each side is: measured, or reported in words and in a unit of its own. */
const SIDE = ['eval run', 'model version', ...MEASURED_TITLES, 'reported', 'unit', 'statement'];

const cellsOf = ({ measurement, result }: Side): (string | number | null)[] => [
  measurement?.evalRun.ref ?? null,
  measurement?.evalRun.modelVersion.label ?? null,
  ...(measurement ? measuredCells(measurement) : MEASURED_TITLES.map(() => null)),
  result?.value ?? null,
  result?.unit ?? null,
  result?.statement ?? null,
];

/** What was before and after an intervention, as a file: a comparison a row, what is not stated empty. */
export const beforeAfterRows = (comparisons: readonly Comparison[]): (string | number | null)[][] => [
  [
    'what',
    'reading',
    'comparable',
    'differences',
    ...SIDE.map((title) => `${title} before`),
    ...SIDE.map((title) => `${title} after`),
    'difference',
    'interval lower',
    'interval upper',
    'interval method',
  ],
  ...comparisons.map((one) => [
    one.label,
    one.verdict,
    one.comparability ? (one.comparability.comparable ? 'yes' : 'no') : null,
    one.comparability?.differences.join('; ') ?? null,
    ...sidesOf(one).flatMap(cellsOf),
    one.difference ?? null,
    one.differenceInterval?.lower ?? null,
    one.differenceInterval?.upper ?? null,
    one.differenceInterval?.method ?? null,
  ]),
];
