import { paths } from '@/navigation/paths.ts';
import { day } from '@/ui/numbers.ts';
import { Mark } from '../plot/Mark.tsx';
import { Pictures } from '../plot/Picture.tsx';
import { RateAxes } from '../plot/RateAxes.tsx';
import { BreakSign, RateMark, Whisker } from '../plot/RateMark.tsx';
import { Silent } from '../plot/Silent.tsx';
import { describePoint, shapeOf } from './rate-point.ts';
import {
  type BreakMark,
  type LinedFacet,
  layOutTime,
  type TimeLayout,
  type TimePanel,
} from './time-layout.ts';

/** Rates over the time of release, a panel for each evaluation version and condition. */
export function TimePicture({ facets, label }: { facets: readonly LinedFacet[]; label: string }) {
  return (
    <Pictures
      label={label}
      draw={(size) => {
        const layout = layOutTime(facets, size);
        if (!layout) return null;
        return {
          height: layout.height,
          contents: layout.panels.map((panel) => (
            <Panel key={panel.facet.key} panel={panel} layout={layout} />
          )),
        };
      }}
    />
  );
}

function Panel({ panel, layout }: { panel: TimePanel; layout: TimeLayout }) {
  return (
    <g>
      {panel.title.map((line, index) => (
        <text key={line} x="0" y={panel.titleY + index * 15} fontSize="12" fontWeight="600" fill="var(--ink)">
          {line}
        </text>
      ))}
      <Axes panel={panel} layout={layout} />
      {panel.lines.map(({ key, ...ends }) => (
        <line key={key} {...ends} stroke="var(--accent)" strokeWidth="1.5" strokeOpacity="0.55" />
      ))}
      {panel.breaks.map((one) => (
        <Broken key={one.key} one={one} />
      ))}
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
      {panel.marks.map(({ point, x, y, whisker }) => {
        const shape = shapeOf(point);
        const released = point.evalRun.modelVersion.releasedAt;
        return (
          <Mark
            key={point.id}
            says={`${describePoint(point)}${released ? `; released ${day(released)}` : ''}`}
            href={paths.ofRef(point.evalRun.ref)}
            linkText="The eval run"
          >
            <circle cx={x} cy={y} r="11" fill="transparent" />
            {whisker && shape === 'full' ? (
              <Whisker from={[x, whisker.upper]} to={[x, whisker.lower]} />
            ) : null}
            <RateMark x={x} y={y} shape={shape} rates="up" />
          </Mark>
        );
      })}
    </g>
  );
}

function Axes({ panel, layout }: { panel: TimePanel; layout: TimeLayout }) {
  return (
    <Silent>
      <RateAxes panel={panel} layout={layout} along={layout.timeTicks} />
    </Silent>
  );
}

function Broken({ one }: { one: BreakMark }) {
  return (
    <>
      {one.stubs.map(({ key, ...ends }) => (
        <line
          key={key}
          {...ends}
          stroke="var(--warning)"
          strokeWidth="1.25"
          strokeDasharray="2 4"
          strokeLinecap="round"
        />
      ))}
      <Mark
        says={`The line breaks between ${one.between[0]} and ${one.between[1]}, which are not comparable: ${one.differences.join('; ')}`}
      >
        <BreakSign x={one.x} y={one.y} />
      </Mark>
    </>
  );
}
