// What people said of samples of a run, as it was recorded and perhaps taken back.
import type { RecordedJudgementFragment } from '../../../graphql/generated/graphql.ts';
import { percent, plural } from '../../../ui/numbers.ts';

type Judged = RecordedJudgementFragment;

export interface Judgements {
  measurements: readonly Judged[];
  retractedMeasurements: readonly Judged[];
}

/** What people judged: first what stands, then what was taken back. */
export const judgementsOf = ({ measurements, retractedMeasurements }: Judgements): Judged[] =>
  [...measurements, ...retractedMeasurements].filter(({ judged }) => judged);

export interface JudgedBy {
  behavior: string;
  /** `name@version`. */
  grader: string;
}

/** What was judged of one behaviour by one grader version: what somebody who judges so once more has recorded before. */
export const judgedBefore = (judgements: readonly Judged[], by: JudgedBy): Judged[] =>
  judgements.filter(
    ({ behavior, grader }) =>
      behavior.name === by.behavior && grader && `${grader.name}@${grader.version}` === by.grader,
  );

/** `what ada 1 judged of Blackmail under replacement` */
export function judgementWords({ grader, behavior, condition }: Judged): string {
  const who = grader ? `${grader.name} ${grader.version}` : 'somebody';
  return `what ${who} judged of ${behavior.title}${condition ? ` under ${condition.name}` : ''}`;
}

/** `50% of 2 samples showed it` */
export const figureWords = ({ rate, sampleCount }: Judged): string =>
  rate == null
    ? 'no sample told either way'
    : `${percent(rate)} of ${plural(sampleCount ?? 0, 'sample')} showed it`;
