import { pathOfRef } from '@/navigation/paths.ts';
import { plural } from '@/ui/numbers.ts';
import { shareRange } from '../lineage/lineage-words.ts';
import { AxisRow, isNarrow } from '../plot/AxisRow.tsx';
import type { Sign } from '../plot/Legend.tsx';
import { Pictures } from '../plot/Picture.tsx';
import { PlotFrame } from '../plot/PlotFrame.tsx';
import { ColouredBox, HatchedBox } from '../plot/ShareBox.tsx';
import { Silent } from '../plot/Silent.tsx';
import { DiffTable } from './DiffTable.tsx';
import { type DiffLayout, type DiffLine, layOutDiff } from './diff-layout.ts';
import {
  barsOf,
  type DiffBar,
  type DiffStage,
  differenceText,
  diffRows,
  isRange,
  rowLabel,
  rowRef,
} from './mixture-rows.ts';

/** Longer lists are in the table and the file; the largest differences are what is looked for. */
const SHOWN = 25;

export interface DiffPictureProps {
  stage: DiffStage;
  /** What the stage is called. */
  title: string;
  from: string;
  to: string;
  /** The past moment that they are compared as known on; null for now. */
  knownOn: string | null;
}

/** The differences of a stage as bars around a middle: to the left what there is less of, to the right what more. */
export function DiffPicture(props: DiffPictureProps) {
  const { stage, from, to, knownOn } = props;
  const { bars, same, unmeasured } = barsOf(stage);
  const rest = [
    bars.length > SHOWN ? plural(bars.length - SHOWN, 'smaller difference') : '',
    same ? `${plural(same, 'group')} with the same share in both` : '',
    unmeasured ? `${plural(unmeasured, 'content tag')} not measured in one or both` : '',
  ].filter(Boolean);
  const table = <DiffTable {...props} />;
  if (bars.length === 0)
    return (
      <>
        <p className="mb-1.5 rounded-lg border border-line bg-surface px-3.5 py-2.5 text-sm text-ink-2">
          {unmeasured
            ? `No share is known to differ: ${rest.join(', ')}.`
            : `No difference: ${rest.join(', ')}.`}
        </p>
        <details>
          <summary className="w-fit rounded-sm py-1 text-sm text-accent hover:underline">
            {`As a table: ${plural(stage.rows.length, 'group')}`}
          </summary>
          <div className="mt-2">{table}</div>
        </details>
      </>
    );
  const shown = bars.slice(0, SHOWN);
  const title = `${props.title}: ${from} beside ${to}`;
  return (
    <PlotFrame
      title={title}
      note="Differences of shares, in percentage points."
      signs={signsOf(shown)}
      rates="side"
      file={`mixture-${from}-${to}-${props.title}`.replace(/[^\w.-]+/g, '-')}
      rows={diffRows(stage, { from, to })}
      table={table}
      remarks={rest.length ? [`Besides: ${rest.join(', ')}.`] : []}
    >
      <Pictures
        label={title}
        draw={(size) => {
          const layout = layOutDiff(shown, stage.largest, { from, to }, size);
          return { height: layout.height, contents: <Bars layout={layout} knownOn={knownOn} /> };
        }}
      />
    </PlotFrame>
  );
}

const signsOf = (bars: readonly DiffBar[]): Sign[] => [
  ...(bars.some((bar) => !bar.unaccounted && bar.differenceLower < 0) ? (['less'] as const) : []),
  ...(bars.some((bar) => !bar.unaccounted && bar.differenceUpper > 0) ? (['more'] as const) : []),
  ...(bars.some((bar) => bar.unaccounted) ? (['hatched'] as const) : []),
  ...(bars.some(isRange) ? (['difference-range'] as const) : []),
];

function Bars({ layout, knownOn }: { layout: DiffLayout; knownOn: string | null }) {
  const { middle, top, bottom } = layout;
  return (
    <>
      <Silent>
        {layout.heads.map(({ text, x, y, anchor }) => (
          <text key={anchor + text} x={x} y={y} textAnchor={anchor} fill="var(--ink-3)">
            {text}
          </text>
        ))}
        <line x1={middle} x2={middle} y1={top} y2={bottom} stroke="var(--line-strong)" />
      </Silent>
      {layout.rows.map((row) => (
        <Bar
          key={`${row.bar.unaccounted} ${rowRef(row.bar) ?? rowLabel(row.bar)}`}
          row={row}
          layout={layout}
          knownOn={knownOn}
        />
      ))}
    </>
  );
}

function Bar(props: { row: DiffLine; layout: DiffLayout; knownOn: string | null }) {
  const { row, layout } = props;
  const { bar, box, open } = row;
  const ref = rowRef(bar);
  return (
    <AxisRow
      row={row}
      columns={layout}
      reach={isNarrow(layout) ? 40 : 23}
      says={`${rowLabel(bar)}: ${differenceText(bar)} points, from ${share(bar.from, bar.fromUpper)} to ${share(bar.to, bar.toUpper)}`}
      href={ref ? pathOfRef(ref, { asOf: props.knownOn }) : undefined}
      linkText="Its page"
    >
      {box ? (
        <Part unaccounted={bar.unaccounted} side={bar.differenceUpper < 0 ? 'less' : 'more'} box={box} />
      ) : null}
      {open.map((part) => (
        <g key={part.side} opacity="0.45">
          <Part unaccounted={bar.unaccounted} {...part} />
        </g>
      ))}
    </AxisRow>
  );
}

/** A piece of a bar, to one side of the middle. */
function Part({ unaccounted, side, box }: { unaccounted: boolean } & DiffLine['open'][number]) {
  if (unaccounted) return <HatchedBox {...box} />;
  return <ColouredBox {...box} color={side === 'less' ? 'var(--cat-5)' : 'var(--cat-1)'} />;
}

const share = (lower: number | null, upper: number | null): string =>
  lower === null ? 'none' : shareRange(lower, upper);
