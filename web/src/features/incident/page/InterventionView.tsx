import { SampleCounts } from '@/features/rates/SampleCounts.tsx';
import type {
  InterventionCardFragment,
  MeasurementRowFragment,
  ReportedResultRowFragment,
} from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Badge, type Tone } from '@/ui/Badge.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, Day, IntervalText, Percent, Unknown } from '@/ui/Figure.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { points, words } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { BeforeAfterPlot } from './BeforeAfterPlot.tsx';
import { reportedValue } from './reported-value.ts';

type Comparison = InterventionCardFragment['comparisons'][number];

const OUTCOMES: Record<InterventionCardFragment['outcome'], { label: string; tone: Tone }> = {
  EFFECTIVE: { label: 'Effective', tone: 'success' },
  PARTIAL: { label: 'Partly effective', tone: 'accent' },
  NULL_RESULT: { label: 'Null result', tone: 'neutral' },
  HARMFUL: { label: 'Made it worse', tone: 'danger' },
  UNKNOWN: { label: 'Outcome not known', tone: 'neutral' },
};

function Side(props: {
  measurement: MeasurementRowFragment | null | undefined;
  result: ReportedResultRowFragment | null | undefined;
}) {
  const { measurement, result } = props;
  if (measurement) {
    return (
      <>
        <Percent value={measurement.rate} qualifier={measurement.qualifier} unknown="not scored" />
        <CitationMark citation={measurement.citation} of={measurement.evalRun.label} />
        <span className="block text-xs">
          <IntervalText interval={measurement.interval} sampleCount={measurement.sampleCount} />
        </span>
        <span className="block text-xs text-ink-2">
          <SampleCounts of={measurement} />
        </span>
      </>
    );
  }
  if (!result) return <Unknown />;
  return (
    <>
      {reportedValue(result) ?? <Unknown what="no number" />}
      <CitationMark citation={result.citation} of={result.statement} />
      <span className="block max-w-56 text-xs text-ink-3">{result.statement}</span>
    </>
  );
}

function Verdict({ of }: { of: Comparison }) {
  const differences = of.comparability?.comparable === false ? of.comparability.differences : [];
  return (
    <>
      {of.verdict}
      {differences.length ? (
        <span className="block text-xs text-warning">Not comparable: {differences.join('; ')}</span>
      ) : null}
    </>
  );
}

function Comparisons({ comparisons, title }: { comparisons: readonly Comparison[]; title: string }) {
  return (
    <Table label={`${title}: before and after`} className="mt-3">
      <thead>
        <tr>
          <Th>What</Th>
          <Th>Before</Th>
          <Th>After</Th>
          <Th>
            <span className="flex w-40 justify-between">
              <span>0%</span>
              <span>100%</span>
            </span>
          </Th>
          <Th align="right">Difference</Th>
          <Th>Reading</Th>
        </tr>
      </thead>
      <tbody>
        {comparisons.map((one) => (
          <tr key={one.label}>
            <Td className="min-w-36">{one.label}</Td>
            <Td className="min-w-40">
              <Side measurement={one.beforeMeasurement} result={one.beforeResult} />
            </Td>
            <Td className="min-w-40">
              <Side measurement={one.afterMeasurement} result={one.afterResult} />
            </Td>
            <Td>
              <BeforeAfterPlot
                label={one.label}
                before={one.before ?? null}
                after={one.after ?? null}
                beforeInterval={one.beforeMeasurement?.interval}
                afterInterval={one.afterMeasurement?.interval}
                joined={one.comparability?.comparable ?? false}
              />
            </Td>
            <Td align="right" className="whitespace-nowrap">
              {one.difference === null || one.difference === undefined ? (
                <Unknown what="not computed" />
              ) : (
                <span title="Percentage points">{points(one.difference)} pp</span>
              )}
              {one.differenceInterval ? (
                <span className="block text-xs text-ink-2" title={one.differenceInterval.method}>
                  {points(one.differenceInterval.lower)} to {points(one.differenceInterval.upper)}
                </span>
              ) : null}
            </Td>
            <Td className="min-w-52">
              <Verdict of={one} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** What was tried, with what data, and what changed; a null result is a result. */
export function InterventionView({ intervention: one }: { intervention: InterventionCardFragment }) {
  const outcome = OUTCOMES[one.outcome];
  return (
    <article className="rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <h3 className="min-w-0 flex-1 font-medium">
          {one.title}
          <CitationMark citation={one.citation} of={one.title} />
        </h3>
        <Badge tone={outcome.tone}>{outcome.label}</Badge>
      </div>
      <p className="mt-1 max-w-prose text-sm text-ink-2">{one.description}</p>
      <p className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
        <span>
          <span className="text-ink-3">Data added </span>
          {one.addedData ? <RefLink refOf={one.addedData.ref}>{one.addedData.label}</RefLink> : null}{' '}
          {one.addedDescription ?? (one.addedData ? null : <Unknown />)}
          {one.addedAmount === null || one.addedAmount === undefined ? null : (
            <>
              {' '}
              <Count value={one.addedAmount} of={one.addedUnit?.toLowerCase()} />
            </>
          )}
        </span>
        <span>
          <span className="text-ink-3">Stage </span>
          {one.stage ? words(one.stage) : <Unknown />}
        </span>
        <span>
          <span className="text-ink-3">When </span>
          <Day value={one.occurredAt} />
        </span>
      </p>
      {one.caveat ? (
        <Notice tone="warning" className="mt-3">
          <span className="font-medium text-ink">Caveat. </span>
          {one.caveat}
        </Notice>
      ) : null}
      {one.comparisons.length ? <Comparisons comparisons={one.comparisons} title={one.title} /> : null}
    </article>
  );
}
