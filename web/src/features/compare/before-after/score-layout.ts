// Where pairs of scores stand: one axis a metric and condition, a pair's two values under what can be said of them.
import { scaleLinear } from 'd3-scale';
import type { ComparedScoreFragment, ComparedScoresFragment } from '../../../graphql/generated/graphql.ts';
import { cutText, wrapText } from '../../lineage/fit-text.ts';
import { PER_HEADING_LETTER, PER_LETTER } from '../../plot/labels.ts';
import type { PlotSize } from '../../plot/sizes.ts';
import { scoreText, valueWords, verdictWords } from './score-words.ts';

export interface ScoreRow {
  score: ComparedScoreFragment;
  side: 'before' | 'after';
  label: string;
  labelY: number;
  figure: string;
  figureY: number;
  y: number;
  x: number | null;
  whisker: { lower: number; upper: number } | null;
}

export interface PairRows {
  key: string;
  verdict: ComparedScoresFragment['verdict'];
  /** What can be said of the two, in one or two lines. */
  says: string[];
  saysY: number;
  rows: [ScoreRow, ScoreRow];
}

export interface ScoreGroup {
  key: string;
  title: string[];
  titleY: number;
  top: number;
  bottom: number;
  ticks: { x: number; text: string }[];
  pairs: PairRows[];
}

export interface ScoreLayout {
  width: number;
  height: number;
  left: number;
  right: number;
  figureX: number;
  groups: ScoreGroup[];
}

const LINE = 15;
const AXIS = 22;
const GAP = 20;
const BETWEEN_PAIRS = 10;

/** Names left of the axis and figures right of it where there is room, else both above it. */
const COLUMNS = {
  wide: { left: 292, right: 640, figureX: 656, row: 22, labelRoom: 280 },
  narrow: { left: 12, right: 338, figureX: 346, row: 36, labelRoom: 275 },
};

type Row = ComparedScoresFragment;

export type SeriesOf = (row: Row) => string | null;

const titleOf = ({ one }: Row, series: string | null) =>
  `${series === null ? '' : `${series} · `}${one.metric} · ${one.evalRun.evaluationVersion.label} · ${one.condition?.name ?? 'condition not stated'}`;

/** Pairs by series, metric, evaluation version and condition, in the order in which these first come. */
function grouped(rows: readonly Row[], seriesOf: SeriesOf): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const title = titleOf(row, seriesOf(row));
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  return groups;
}

/** From the least to the greatest that is drawn: a metric has no axis that fits all others. */
function scaleOf(rows: readonly Row[], left: number, right: number) {
  const drawn = rows.flatMap(({ one, two }) =>
    [one, two].flatMap(({ value, interval }) => [
      ...(value === null || value === undefined ? [] : [value]),
      ...(interval ? [interval.lower, interval.upper] : []),
    ]),
  );
  const [least, most] = drawn.length > 0 ? [Math.min(...drawn), Math.max(...drawn)] : [0, 1];
  const room = most > least ? (most - least) * 0.04 : Math.max(Math.abs(most) * 0.1, 0.1);
  return scaleLinear([least - room, most + room], [left + 6, right - 6]);
}

/** `labelOf` names the side of a pair. */
export function layOutScores(
  rows: readonly Row[],
  labelOf: (score: ComparedScoreFragment, side: 'before' | 'after') => string,
  size: PlotSize,
  seriesOf: SeriesOf = () => null,
): ScoreLayout {
  const { left, right, figureX, row: rowHeight, labelRoom } = COLUMNS[size.name];
  const wide = size.name === 'wide';
  let top = 4;
  const rowAt = (
    score: ComparedScoreFragment,
    side: 'before' | 'after',
    x: (value: number) => number,
  ): ScoreRow => {
    const y = top + (wide ? rowHeight / 2 : 25);
    const textY = wide ? y + 4 : y - 11;
    top += rowHeight;
    return {
      score,
      side,
      label: cutText(labelOf(score, side), labelRoom, PER_LETTER),
      labelY: textY,
      figure: wide ? valueWords(score) : score.value == null ? 'no value' : scoreText(score.value),
      figureY: textY,
      y,
      x: score.value == null ? null : x(score.value),
      whisker: score.interval ? { lower: x(score.interval.lower), upper: x(score.interval.upper) } : null,
    };
  };
  const groups = [...grouped(rows, seriesOf)].map(([key, members]): ScoreGroup => {
    const title = wrapText(key, size.width, PER_HEADING_LETTER);
    const titleY = top + 11;
    top += title.length * LINE + 6;
    const x = scaleOf(members, left, right);
    const from = top;
    const pairs = members.map((member): PairRows => {
      const says = wrapText(verdictWords(member), size.width - 20, PER_LETTER);
      const saysY = top + 12;
      top += says.length * LINE + 2;
      const pair: [ScoreRow, ScoreRow] = [rowAt(member.one, 'before', x), rowAt(member.two, 'after', x)];
      top += BETWEEN_PAIRS;
      return { key: `${member.one.id} ${member.two.id}`, verdict: member.verdict, says, saysY, rows: pair };
    });
    const bottom = top;
    top += AXIS + GAP;
    const ticks = x.ticks(wide ? 6 : 4).map((value) => ({ x: x(value), text: scoreText(value) }));
    return { key, title, titleY, top: from, bottom, ticks, pairs };
  });
  return { width: size.width, height: Math.max(20, top - GAP), left, right, figureX, groups };
}
