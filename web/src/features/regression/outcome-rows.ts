import type { RegressionOutcomeRowFragment } from '../../graphql/generated/graphql.ts';
import { grouped } from '../../ui/numbers.ts';
import { VERDICTS, whyWords } from './verdict-words.ts';

const TITLES = [
  'when',
  'model version',
  'condition',
  'eval run',
  'rate',
  'qualifier',
  'interval lower',
  'interval upper',
  'interval method',
  'exhibited',
  'samples scored',
  'unscored',
  'grader errors',
  'excluded',
  'verdict',
  'why',
];

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
      measurement.rate ?? null,
      measurement.qualifier,
      measurement.interval?.lower ?? null,
      measurement.interval?.upper ?? null,
      measurement.interval?.method ?? null,
      measurement.exhibited ?? null,
      measurement.sampleCount ?? null,
      measurement.unscored ?? null,
      measurement.graderErrors ?? null,
      measurement.excluded ?? null,
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
