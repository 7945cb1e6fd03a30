// Scores and their differences in words: metrics have units of their own, so figures stand as they are.
import type { ComparedScoreFragment, ComparedScoresFragment } from '../../../graphql/generated/graphql.ts';
import { grouped, percent } from '../../../ui/numbers.ts';
import { VERDICTS } from '../comparison-words.ts';

/** Three digits that mean something: `0.563`, `12.3`, `0`. */
export const scoreText = (value: number): string => String(Number(value.toPrecision(3)));

/** The same with a sign that is always there; with a true minus. */
export function signedScore(value: number): string {
  const text = scoreText(Math.abs(value));
  if (text === '0') return '0';
  return `${value > 0 ? '+' : '−'}${text}`;
}

const plain = (value: number) => (value < 0 ? `−${scoreText(-value)}` : scoreText(value));

/** `0.563 (0.508 to 0.617)`; says so where there is no value, or no error. */
export function valueWords({ value, interval }: Pick<ComparedScoreFragment, 'value' | 'interval'>): string {
  if (value === null || value === undefined) return 'no value';
  if (!interval) return `${plain(value)}, without an interval`;
  return `${plain(value)} (${plain(interval.lower)} to ${plain(interval.upper)})`;
}

/** `n = 1,508`; null where the file does not say. */
export const samplesWords = ({ sampleCount }: Pick<ComparedScoreFragment, 'sampleCount'>): string | null =>
  sampleCount === null || sampleCount === undefined ? null : `n = ${grouped(sampleCount)}`;

type Row = Pick<ComparedScoresFragment, 'verdict' | 'difference' | 'interval' | 'untested' | 'comparability'>;

/** `+0.0156 (95% interval −0.0612 to +0.0924)`; null where nothing is tested. */
export function changeWords({ difference, interval }: Pick<Row, 'difference' | 'interval'>): string | null {
  if (difference === null || difference === undefined || !interval) return null;
  const { lower, upper, level } = interval;
  return `${signedScore(difference)} (${percent(level)} interval ${signedScore(lower)} to ${signedScore(upper)})`;
}

/** What can be said of a pair, in one line. */
export function verdictWords(row: Row): string {
  const verdict = VERDICTS[row.verdict];
  if (row.verdict === 'NOT_COMPARABLE') return `${verdict}: ${row.comparability.differences.join('; ')}`;
  if (row.verdict === 'CANNOT_BE_TESTED') return `${verdict}: ${row.untested ?? 'it is not said why'}`;
  return `${verdict}: ${changeWords(row) ?? 'no figure is given'}`;
}
