import type { ComparedScoreFragment, ComparedScoresFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { AxisRow, isNarrow } from '../../plot/AxisRow.tsx';
import { Pictures } from '../../plot/Picture.tsx';
import { SideMark, SideWhisker } from '../../plot/SideMark.tsx';
import { Silent } from '../../plot/Silent.tsx';
import {
  layOutScores,
  type PairRows,
  type ScoreLayout,
  type ScoreRow,
  type SeriesOf,
} from './score-layout.ts';
import { valueWords } from './score-words.ts';

type LabelOf = (score: ComparedScoreFragment, side: 'before' | 'after') => string;

const INK: Record<PairRows['verdict'], string> = {
  DEMONSTRATED_DIFFERENCE: 'var(--accent)',
  NO_DEMONSTRATED_DIFFERENCE: 'var(--ink-2)',
  NOT_COMPARABLE: 'var(--warning)',
  CANNOT_BE_TESTED: 'var(--ink-2)',
};

/** Pairs of scores, before and after, with what can be said of each pair in words. */
export function ScorePicture(props: {
  rows: readonly ComparedScoresFragment[];
  labelOf: LabelOf;
  seriesOf: SeriesOf;
  label: string;
}) {
  return (
    <Pictures
      label={props.label}
      draw={(size) => {
        const layout = layOutScores(props.rows, props.labelOf, size, props.seriesOf);
        return {
          height: layout.height,
          contents: layout.groups.map((group) => (
            <g key={group.key}>
              {group.title.map((line, index) => (
                <text
                  key={line}
                  x="0"
                  y={group.titleY + index * 15}
                  fontSize="12"
                  fontWeight="600"
                  fill="var(--ink)"
                >
                  {line}
                </text>
              ))}
              <Silent>
                {group.ticks.map(({ x, text }) => (
                  <g key={text}>
                    <line x1={x} x2={x} y1={group.top} y2={group.bottom + 4} stroke="var(--line)" />
                    <text x={x} y={group.bottom + 16} textAnchor="middle" fill="var(--ink-3)">
                      {text}
                    </text>
                  </g>
                ))}
                <line
                  x1={layout.left}
                  x2={layout.right}
                  y1={group.bottom}
                  y2={group.bottom}
                  stroke="var(--line-strong)"
                />
              </Silent>
              {group.pairs.map((pair) => (
                <Pair key={pair.key} pair={pair} layout={layout} labelOf={props.labelOf} />
              ))}
            </g>
          )),
        };
      }}
    />
  );
}

function Pair({ pair, layout, labelOf }: { pair: PairRows; layout: ScoreLayout; labelOf: LabelOf }) {
  return (
    <g>
      {pair.says.map((line, index) => (
        <text key={line} x="0" y={pair.saysY + index * 15} fontWeight="600" fill={INK[pair.verdict]}>
          {line}
        </text>
      ))}
      {pair.rows.map((row) => (
        <Side key={row.side} row={row} layout={layout} name={labelOf(row.score, row.side)} />
      ))}
    </g>
  );
}

function Side({ row, layout, name }: { row: ScoreRow; layout: ScoreLayout; name: string }) {
  const { score, x, y, whisker } = row;
  return (
    <AxisRow
      row={row}
      columns={layout}
      reach={isNarrow(layout) ? 36 : 22}
      says={`${name}: ${score.metric} ${valueWords(score)}`}
      href={paths.ofRef(score.evalRun.ref)}
      linkText="The eval run"
    >
      {whisker ? <SideWhisker side={row.side} from={whisker.lower} to={whisker.upper} y={y} /> : null}
      {x === null ? null : <SideMark side={row.side} x={x} y={y} bare={whisker === null} />}
    </AxisRow>
  );
}
