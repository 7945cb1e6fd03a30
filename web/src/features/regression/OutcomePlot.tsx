import type { RegressionOutcomeRowFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { IntervalText, Moment, Percent } from '@/ui/Figure.tsx';
import { day, percent, plural } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import type { Sign } from '../plot/Legend.tsx';
import { Mark } from '../plot/Mark.tsx';
import { Pictures } from '../plot/Picture.tsx';
import { PlotFrame } from '../plot/PlotFrame.tsx';
import { RateAxes } from '../plot/RateAxes.tsx';
import { RateMark, Whisker } from '../plot/RateMark.tsx';
import { Silent } from '../plot/Silent.tsx';
import { countWords, intervalWords, rateWords, shapeOf } from '../rates/rate-point.ts';
import { SampleCounts } from '../rates/SampleCounts.tsx';
import { layOutOutcomes, type OutcomeLayout, type OutcomePoint } from './outcome-layout.ts';
import { outcomeRows, pageRemarks } from './outcome-rows.ts';
import { VERDICTS, whyWords } from './verdict-words.ts';

type Outcome = RegressionOutcomeRowFragment;

const pointOf = (one: Outcome): OutcomePoint => ({
  id: one.id,
  at: one.recordedAt,
  rate: one.measurement.rate ?? null,
  interval: one.measurement.interval ?? null,
  hit: one.verdict === 'HIT',
});

const says = (one: Outcome): string =>
  [
    `${one.measurement.evalRun.modelVersion.label}: ${rateWords(one.measurement)}`,
    countWords(one.measurement),
    intervalWords(one.measurement),
    `${VERDICTS[one.verdict]} on ${day(one.recordedAt)}`,
    whyWords(one),
  ]
    .filter(Boolean)
    .join('; ');

/** What a rule looked at over time, with its threshold. Nothing joins the marks: they may not be comparable. */
export function OutcomePlot(props: {
  /** One page of what it looked at. */
  outcomes: readonly Outcome[];
  /** How many there are on all pages. */
  of: number;
  /** Whether the page is that of the newest. */
  newest: boolean;
  threshold: number | null;
  title: string;
}) {
  const { outcomes, threshold } = props;
  const drawn = outcomes.filter(({ measurement }) => typeof measurement.rate === 'number');
  const undrawn = outcomes.length - drawn.length;
  const signs: Sign[] = [...new Set(drawn.map(({ measurement }) => shapeOf(measurement)))];
  const picture = `${props.title}: what it looked at`;
  return (
    <PlotFrame
      title="Over time"
      note={
        threshold === null
          ? 'By when the rule looked at each. A ring marks a hit. Nothing joins the marks: they need not be comparable with each other.'
          : `By when the rule looked at each. A ring marks a hit; the dashed line is the threshold of ${percent(threshold)}, which the lower end of an interval must reach.`
      }
      signs={signs}
      rates="up"
      file="regression-rule"
      rows={outcomeRows(outcomes)}
      remarks={[
        ...pageRemarks(outcomes.length, props.of, props.newest),
        ...(undrawn > 0 ? [`${plural(undrawn, 'measurement')} without a rate: in the table alone.`] : []),
      ]}
      table={<FigureTable outcomes={outcomes} />}
    >
      <Pictures
        label={picture}
        draw={(size) => {
          const layout = layOutOutcomes(drawn.map(pointOf), threshold, size);
          if (!layout) return null;
          return { height: layout.height, contents: <Contents layout={layout} outcomes={drawn} /> };
        }}
      />
    </PlotFrame>
  );
}

function Contents({ layout, outcomes }: { layout: OutcomeLayout; outcomes: readonly Outcome[] }) {
  const { left, right, threshold } = layout;
  return (
    <>
      <Silent>
        <RateAxes panel={layout} layout={layout} along={layout.timeTicks} />
        {threshold === null ? null : (
          <line
            x1={left}
            x2={right}
            y1={threshold}
            y2={threshold}
            stroke="var(--danger)"
            strokeWidth="1.25"
            strokeDasharray="5 4"
          />
        )}
      </Silent>
      {layout.marks.map(({ point, x, y, whisker }, i) => {
        const one = outcomes[i]!;
        const shape = shapeOf(one.measurement);
        return (
          <Mark
            key={point.id}
            says={says(one)}
            href={paths.ofRef(one.measurement.evalRun.ref)}
            linkText="The eval run"
          >
            <circle cx={x} cy={y} r="11" fill="transparent" />
            {whisker && shape === 'full' ? (
              <Whisker from={[x, whisker.upper]} to={[x, whisker.lower]} />
            ) : null}
            {point.hit ? (
              <circle cx={x} cy={y} r="8.5" fill="none" stroke="var(--danger)" strokeWidth="2" />
            ) : null}
            <RateMark x={x} y={y} shape={shape} rates="up" />
          </Mark>
        );
      })}
    </>
  );
}

/** The figures of the picture; what followed from them stands in the table of the page. */
function FigureTable({ outcomes }: { outcomes: readonly Outcome[] }) {
  return (
    <Table label="The same figures">
      <thead>
        <tr>
          <Th>When</Th>
          <Th>Model version</Th>
          <Th align="right">Rate</Th>
          <Th align="right">Interval</Th>
          <Th>n</Th>
          <Th>Says</Th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map(({ id, recordedAt, measurement, verdict }) => (
          <tr key={id}>
            <Td className="whitespace-nowrap">
              <Moment value={recordedAt} />
            </Td>
            <Td>{measurement.evalRun.modelVersion.label}</Td>
            <Td align="right">
              <Percent value={measurement.rate} qualifier={measurement.qualifier} />
            </Td>
            <Td align="right">
              <IntervalText interval={measurement.interval} sampleCount={measurement.sampleCount} />
            </Td>
            <Td>
              <SampleCounts of={measurement} />
            </Td>
            <Td>{VERDICTS[verdict]}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
