import { paths } from '@/navigation/paths.ts';
import { Mark } from '../plot/Mark.tsx';
import { Pictures } from '../plot/Picture.tsx';
import { RateAxes } from '../plot/RateAxes.tsx';
import { RateMark, Whisker } from '../plot/RateMark.tsx';
import { Silent } from '../plot/Silent.tsx';
import { describePoint, shapeOf } from '../rates/rate-point.ts';
import {
  type DoseGroup,
  type DoseLayout,
  type DoseMark,
  type DosePanel,
  layOutDoses,
} from './dose-layout.ts';
import { doseWords } from './dose-words.ts';

/** Rates against doses: a panel for what may be compared, all on one axis of doses. */
export function DosePicture(props: { groups: readonly DoseGroup[]; label: string; dose: string }) {
  return (
    <Pictures
      label={props.label}
      draw={(size) => {
        const layout = layOutDoses(props.groups, size);
        return {
          height: layout.height,
          contents: layout.panels.map((panel) => (
            <Panel key={panel.key} panel={panel} layout={layout} dose={props.dose} />
          )),
        };
      }}
    />
  );
}

function Panel({ panel, layout, dose }: { panel: DosePanel; layout: DoseLayout; dose: string }) {
  return (
    <g>
      {panel.title.map((line, index) => (
        <text
          key={line}
          x="0"
          y={panel.titleY + index * 15}
          fontSize="12"
          fontWeight="600"
          fill={line.startsWith('apart,') ? 'var(--warning)' : 'var(--ink)'}
        >
          {line}
        </text>
      ))}
      <Axes panel={panel} layout={layout} dose={dose} />
      <Silent>
        {panel.labels.map(({ key, text, anchor, labelX, labelY }) => (
          <text
            key={key}
            x={labelX}
            y={labelY}
            textAnchor={anchor}
            fill="var(--ink-2)"
            stroke="var(--surface)"
            strokeWidth="3"
            paintOrder="stroke"
          >
            {text}
          </text>
        ))}
      </Silent>
      {panel.marks.map((mark) => (
        <Dosed key={mark.point.id} mark={mark} right={layout.right} />
      ))}
    </g>
  );
}

function Dosed({ mark, right }: { mark: DoseMark; right: number }) {
  const { point, x, y, whisker, apart, doseX, rangeTo, tailTo, beyond } = mark;
  const shape = shapeOf(point);
  return (
    <Mark
      says={`${describePoint(point)}; exposed to ${doseWords(mark.dose)}`}
      href={paths.ofRef(point.evalRun.modelVersion.ref)}
      linkText="The model version"
    >
      <circle cx={x} cy={y} r="11" fill="transparent" />
      {!apart && rangeTo - doseX > 1 ? (
        <line
          x1={doseX}
          x2={rangeTo}
          y1={y}
          y2={y}
          stroke="var(--cat-5)"
          strokeWidth="5"
          strokeOpacity="0.45"
        />
      ) : null}
      {!apart && tailTo - rangeTo > 1 ? (
        <line
          x1={rangeTo}
          x2={tailTo}
          y1={y}
          y2={y}
          stroke="var(--cat-8)"
          strokeWidth="1.5"
          strokeDasharray="2 3"
        />
      ) : null}
      {beyond ? (
        <path d={`M${right - 13} ${y - 5}l7 5l-7 5`} stroke="var(--cat-5)" strokeWidth="1.75" fill="none" />
      ) : null}
      {whisker && shape === 'full' ? <Whisker from={[x, whisker.upper]} to={[x, whisker.lower]} /> : null}
      <RateMark x={x} y={y} shape={shape} rates="up" />
    </Mark>
  );
}

function Axes({ panel, layout, dose }: { panel: DosePanel; layout: DoseLayout; dose: string }) {
  const { top, bottom } = panel;
  return (
    <Silent>
      <RateAxes panel={panel} layout={layout} along={layout.doseTicks} />
      {layout.strip ? (
        <>
          <rect
            x={layout.strip.left}
            y={top}
            width={layout.strip.right - layout.strip.left}
            height={bottom - top}
            fill="var(--sunken)"
            stroke="var(--line-strong)"
            strokeDasharray="3 3"
          />
          <text
            x={(layout.strip.left + layout.strip.right) / 2}
            y={bottom + 17}
            textAnchor="middle"
            fill="var(--ink-3)"
          >
            not known
          </text>
        </>
      ) : null}
      <text x={layout.right} y={bottom + 33} textAnchor="end" fill="var(--ink-2)">
        {dose}
      </text>
    </Silent>
  );
}
