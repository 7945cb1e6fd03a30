import { SampleCounts } from '@/features/rates/SampleCounts.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { IntervalText, Percent, Unknown } from '@/ui/Figure.tsx';
import { points } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { reportedValue } from '../reported-value.ts';
import { type Comparison, changeWords, type Side, sidesOf } from './sides.ts';

/** Before and after in figures, each with where it comes from. */
export function BeforeAfterTable(props: { comparisons: readonly Comparison[]; label: string }) {
  return (
    <Table label={props.label}>
      <thead>
        <tr>
          <Th>What</Th>
          <Th>Before</Th>
          <Th>After</Th>
          <Th align="right">Difference</Th>
          <Th>Reading</Th>
        </tr>
      </thead>
      <tbody>
        {props.comparisons.map((one) => (
          <tr key={one.label}>
            <Td className="min-w-36">{one.label}</Td>
            {sidesOf(one).map((side) => (
              <Td key={side.name} className="min-w-40">
                <SideCell of={side} />
              </Td>
            ))}
            <Td align="right" className="whitespace-nowrap">
              {changeWords(one) ?? <Unknown what="not computed" />}
              {one.differenceInterval ? (
                <span className="block text-xs text-ink-2" title={one.differenceInterval.method}>
                  {points(one.differenceInterval.lower)} to {points(one.differenceInterval.upper)}
                </span>
              ) : null}
            </Td>
            <Td className="min-w-52">
              <Reading of={one} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function SideCell({ of: { measurement, result } }: { of: Side }) {
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

function Reading({ of }: { of: Comparison }) {
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
