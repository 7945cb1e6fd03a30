import type { ComparedScoreFragment, ComparedScoresFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { AxisRow, isNarrow } from '../../plot/AxisRow.tsx';
import { AxisTicks, PictureHeading } from '../../plot/AxisTicks.tsx';
import { Pictures } from '../../plot/Picture.tsx';
import { SideMark, SideWhisker } from '../../plot/SideMark.tsx';
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
              <PictureHeading lines={group.title} y={group.titleY} />
              <AxisTicks
                ticks={group.ticks}
                left={layout.left}
                right={layout.right}
                top={group.top}
                bottom={group.bottom}
              />
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
