import { paths } from '@/navigation/paths.ts';
import { AxisRow, isNarrow } from '../plot/AxisRow.tsx';
import { AxisTicks, PictureHeading } from '../plot/AxisTicks.tsx';
import { Mark } from '../plot/Mark.tsx';
import { Pictures } from '../plot/Picture.tsx';
import { BreakSign, RateMark, Whisker } from '../plot/RateMark.tsx';
import { describePoint, shapeOf } from './rate-point.ts';
import {
  type LabelOf,
  layOutRows,
  type Row,
  type RowGroup,
  type RowLayout,
  type RowRun,
} from './row-layout.ts';

/** Rates as dots with their intervals, only comparable ones on one axis. */
export function RowPicture(props: { groups: readonly RowGroup[]; labelOf: LabelOf; label: string }) {
  return (
    <Pictures
      label={props.label}
      draw={(size) => {
        const layout = layOutRows(props.groups, props.labelOf, size);
        return {
          height: layout.height,
          contents: layout.groups.map((group) => (
            <g key={group.key}>
              <PictureHeading lines={group.title} y={group.titleY} />
              {group.runs.map((run) => (
                <Run key={run.key} run={run} layout={layout} />
              ))}
            </g>
          )),
        };
      }}
    />
  );
}

function Run({ run, layout }: { run: RowRun; layout: RowLayout }) {
  return (
    <g>
      {run.apart.length ? (
        <Mark says={run.apart.join(' ')}>
          <BreakSign x={8} y={run.apartY - 3} />
          {run.apart.map((line, index) => (
            <text key={line} x="22" y={run.apartY + index * 15} fill="var(--warning)">
              {line}
            </text>
          ))}
        </Mark>
      ) : null}
      <AxisTicks
        ticks={layout.ticks}
        left={layout.left}
        right={layout.right}
        top={run.top + 2}
        bottom={run.bottom}
      />
      {run.rows.map((row) => (
        <Dot key={row.point.id} row={row} layout={layout} />
      ))}
    </g>
  );
}

function Dot({ row, layout }: { row: Row; layout: RowLayout }) {
  const { point, x, y, whisker } = row;
  const shape = shapeOf(point);
  return (
    <AxisRow
      row={row}
      columns={layout}
      reach={isNarrow(layout) ? 40 : 24}
      says={describePoint(point)}
      href={paths.ofRef(point.evalRun.ref)}
      linkText="The eval run"
      below={row.apart ? { text: row.apart, y: row.apartY } : null}
    >
      {whisker && x !== null && shape === 'full' ? (
        <Whisker from={[whisker.lower, y]} to={[whisker.upper, y]} />
      ) : null}
      {x === null ? null : <RateMark x={x} y={y} shape={shape} rates="side" />}
    </AxisRow>
  );
}
