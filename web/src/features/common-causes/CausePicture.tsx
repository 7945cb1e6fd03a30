import { paths } from '@/navigation/paths.ts';
import { AxisRow, isNarrow } from '../plot/AxisRow.tsx';
import { AxisTicks } from '../plot/AxisTicks.tsx';
import { LiftArrow, LiftMark } from '../plot/LiftMark.tsx';
import { Pictures } from '../plot/Picture.tsx';
import { PlotFrame } from '../plot/PlotFrame.tsx';
import { CauseTable } from './CauseTables.tsx';
import { ALIKE, type CauseLayout, type CauseRow, drawnLift, isTold, layOutCauses } from './cause-layout.ts';
import { causeRows } from './cause-rows.ts';
import { type Cause, countsOf, keyOf, liftOf, nameOf, refOfCause, STATE_WORDS } from './cause-words.ts';

/** The picture shows where to look; the table and the file have all. */
const DRAWN = 40;

/** How much more often each is behind the incidents than behind the others. */
export function CausePicture({ causes }: { causes: readonly Cause[] }) {
  const all = causes.filter((cause) => drawnLift(cause) !== null);
  const drawn = all.slice(0, DRAWN);
  if (drawn.length === 0) return <CauseTable causes={causes} />;
  const title = 'How many times as often the incidents’ model versions are exposed';
  const beyond = drawn.some((cause) => drawnLift(cause)?.beyond);
  const left = causes.length - drawn.length;
  return (
    <PlotFrame
      title={title}
      note="Beside model versions that were measured for the same and showed none."
      signs={[
        ...(drawn.some(isTold) ? (['told'] as const) : []),
        ...(drawn.every(isTold) ? [] : (['untold'] as const)),
        ...(beyond ? (['arrow'] as const) : []),
      ]}
      rates="side"
      file="common-causes"
      rows={causeRows(causes)}
      table={<CauseTable causes={causes} />}
      remarks={
        left > 0 ? [`The first ${drawn.length} of ${causes.length} are drawn: the table has all.`] : []
      }
    >
      <Pictures
        label={title}
        draw={(size) => {
          const layout = layOutCauses(drawn, size);
          return { height: layout.height, contents: <Rows layout={layout} /> };
        }}
      />
    </PlotFrame>
  );
}

function Rows({ layout }: { layout: CauseLayout }) {
  const { ticks, left, right, top, bottom } = layout;
  return (
    <>
      <AxisTicks ticks={ticks} left={left} right={right} top={top} bottom={bottom} strong={ALIKE} />
      {layout.rows.map((row) => (
        <Stick key={keyOf(row.cause)} row={row} layout={layout} />
      ))}
    </>
  );
}

/** A stick from "as often as the others" to the lift: full where it can be told from chance, hollow where it can't. */
function Stick({ row, layout }: { row: CauseRow; layout: CauseLayout }) {
  const { cause, x, y, beyond } = row;
  const told = isTold(cause);
  const colour = cause.state === 'MORE_EXPOSED' ? 'var(--danger)' : told ? 'var(--accent)' : 'var(--low)';
  const look = { x, y, colour, filled: told };
  const ref = refOfCause(cause);
  return (
    <AxisRow
      row={row}
      columns={layout}
      reach={isNarrow(layout) ? 40 : 33}
      says={`${nameOf(cause)}: lift ${liftOf(cause)}, ${STATE_WORDS[cause.state]}; ${countsOf(cause.modelVersions)}, beside ${countsOf(cause.others)} of the others`}
      href={ref ? paths.ofRef(ref) : undefined}
      linkText="Its page"
      below={row.below}
    >
      <line x1={layout.alike} x2={x} y1={y} y2={y} stroke={colour} strokeWidth="2" />
      {beyond ? <LiftArrow {...look} right={x > layout.alike} /> : <LiftMark {...look} />}
    </AxisRow>
  );
}
