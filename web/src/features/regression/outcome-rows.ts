import type { RegressionOutcomeRowFragment } from '../../graphql/generated/graphql.ts';
import { grouped } from '../../ui/numbers.ts';
import { MEASURED_TITLES, measuredCells } from '../rates/measured-cells.ts';
import { VERDICTS, whyWords } from './verdict-words.ts';

const TITLES = ['when', 'model version', 'condition', 'eval run', ...MEASURED_TITLES, 'verdict', 'why'];

/** What a rule looked at, as a file: a measurement a row, what is not stated empty. */
export const outcomeRows = (
  outcomes: readonly RegressionOutcomeRowFragment[],
): (string | number | null)[][] => [
  TITLES,
  ...outcomes.map((one) => {
    const { measurement } = one;
    return [
      one.recordedAt,
      measurement.evalRun.modelVersion.label,
      measurement.condition?.name ?? null,
      measurement.evalRun.ref,
      ...measuredCells(measurement),
      VERDICTS[one.verdict],
      whyWords(one),
    ];
  }),
];

/** That the picture, its table and its file are a part, where they are. */
export const pageRemarks = (shown: number, all: number, newest: boolean): string[] =>
  shown >= all
    ? []
    : [
        `${newest ? 'The ' : ''}${grouped(shown)} ${newest ? 'newest ' : ''}of ${grouped(all)} are drawn; the table and the file hold the same.`,
      ];
