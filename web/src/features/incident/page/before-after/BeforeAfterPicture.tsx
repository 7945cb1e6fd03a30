import { paths } from '@/navigation/paths.ts';
import { AxisRow, isNarrow } from '../../../plot/AxisRow.tsx';
import { AxisTicks, PictureHeading } from '../../../plot/AxisTicks.tsx';
import { Pictures } from '../../../plot/Picture.tsx';
import { RateMark } from '../../../plot/RateMark.tsx';
import { SideMark, SideWhisker } from '../../../plot/SideMark.tsx';
import {
  type BeforeAfterLayout,
  layOutBeforeAfter,
  type PairRows,
  type SideRow,
} from './before-after-layout.ts';
import { boundOf, type Comparison, sideWords } from './sides.ts';

/** What was before an intervention and after it, pair by pair; a line joins only what may be compared. */
export function BeforeAfterPicture(props: { comparisons: readonly Comparison[]; label: string }) {
  return (
    <Pictures
      label={props.label}
      draw={(size) => {
        const layout = layOutBeforeAfter(props.comparisons, size);
        return {
          height: layout.height,
          contents: layout.groups.map((group) => (
            <g key={group.key}>
              <PictureHeading lines={group.title} y={group.titleY} />
              <AxisTicks
                ticks={layout.ticks}
                left={layout.left}
                right={layout.right}
                top={group.top}
                bottom={group.bottom}
              />
              {group.pairs.map((pair) => (
                <Pair key={pair.key} pair={pair} layout={layout} />
              ))}
            </g>
          )),
        };
      }}
    />
  );
}

function Pair({ pair, layout }: { pair: PairRows; layout: BeforeAfterLayout }) {
  const [before, after] = pair.rows;
  return (
    <g>
      <PictureHeading lines={pair.label} y={pair.labelY} />
      {pair.says.map((line, index) => (
        <text
          key={line}
          x="0"
          y={pair.saysY + index * 15}
          fill={pair.comparable === false ? 'var(--warning)' : 'var(--ink-2)'}
        >
          {line}
        </text>
      ))}
      {pair.comparable && before.x !== null && after.x !== null ? (
        <line
          x1={before.x}
          x2={after.x}
          y1={before.y}
          y2={after.y}
          stroke="var(--accent)"
          strokeWidth="1.5"
          strokeOpacity="0.55"
        />
      ) : null}
      {pair.rows.map((row) => (
        <SideOf key={row.name} row={row} layout={layout} of={pair.label.join(' ')} />
      ))}
    </g>
  );
}

function SideOf({ row, layout, of }: { row: SideRow; layout: BeforeAfterLayout; of: string }) {
  const { x, y, whisker, side } = row;
  const bound = boundOf(side);
  return (
    <AxisRow
      row={row}
      columns={layout}
      reach={isNarrow(layout) ? 36 : 22}
      says={`${of}: ${sideWords(side)}`}
      href={side.measurement ? paths.ofRef(side.measurement.evalRun.ref) : undefined}
      linkText="The eval run"
    >
      {whisker ? <SideWhisker side={row.name} from={whisker.lower} to={whisker.upper} y={y} /> : null}
      {x === null ? null : bound ? (
        <RateMark x={x} y={y} shape={bound} rates="side" />
      ) : (
        <SideMark side={row.name} x={x} y={y} bare={whisker === null} />
      )}
    </AxisRow>
  );
}
