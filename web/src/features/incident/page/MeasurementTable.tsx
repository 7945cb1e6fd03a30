import Link from 'next/link';
import { SampleCounts } from '@/features/rates/SampleCounts.tsx';
import type { MeasurementRowFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { RefLink, textLinkLook } from '@/navigation/RefLink.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { IntervalText, Percent, Unknown } from '@/ui/Figure.tsx';
import { IntervalPlot } from '@/ui/IntervalPlot.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { groupMeasurements } from './group-measurements.ts';

/** Beside tables of measurements: what a heading says, and what it leaves open. */
export const GROUPED_BY =
  'Under one heading: one behaviour, evaluation version, condition and grader version. Scoring rules, sampling settings and samples may still differ; comparing two runs tells.';

/** Behaviour rates with their intervals, under headings that say what they have in common. */
export function MeasurementTable({ measurements }: { measurements: readonly MeasurementRowFragment[] }) {
  if (measurements.length === 0) return <Unknown what="Nothing has been measured." />;
  return (
    <Table label="Measurements">
      <thead>
        <tr>
          <Th>Model version</Th>
          <Th align="right">Rate</Th>
          <Th>
            <span className="flex w-40 justify-between">
              <span>0%</span>
              <span>100%</span>
            </span>
          </Th>
          <Th>95% interval</Th>
          <Th>n</Th>
          <Th>Eval run</Th>
        </tr>
      </thead>
      {groupMeasurements(measurements).map((group) => (
        <tbody key={group.key}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={6}
              className="border-y border-line bg-sunken/60 px-3 py-1.5 text-left text-xs font-medium"
            >
              {/* Stays in sight, in as many lines as it takes, while the figures scroll sideways under it. */}
              <div className="sticky left-3 max-sm:w-66">
                {group.behavior}
                <span className="text-ink-3"> · </span>
                <Link href={paths.evaluation(group.evaluationName)} className={textLinkLook}>
                  {group.evaluation}
                </Link>
                <span className="text-ink-3"> · condition: </span>
                {group.condition ?? <Unknown what="not stated" />}
                {group.description ? (
                  <span className="font-normal text-ink-3"> ({group.description})</span>
                ) : null}
                <span className="text-ink-3"> · grader: </span>
                {group.grader ?? (
                  <Unknown
                    what={
                      group.rows.length > 1
                        ? 'not recorded, so these are not comparable with each other'
                        : 'not recorded'
                    }
                  />
                )}
              </div>
            </th>
          </tr>
          {group.rows.map((one) => (
            <tr key={one.id}>
              <Td className="min-w-36">
                <RefLink refOf={one.evalRun.modelVersion.ref}>{one.evalRun.modelVersion.label}</RefLink>
              </Td>
              <Td align="right" className="whitespace-nowrap">
                <Percent value={one.rate} qualifier={one.qualifier} unknown="not scored" />
                <CitationMark
                  citation={one.citation}
                  of={`${one.evalRun.modelVersion.label}, ${one.behavior.title}`}
                />
              </Td>
              <Td>
                <IntervalPlot
                  rate={one.rate ?? null}
                  interval={one.interval}
                  label={`${one.evalRun.modelVersion.label}, ${one.behavior.title}`}
                />
              </Td>
              <Td>
                <IntervalText interval={one.interval} sampleCount={one.sampleCount} />
              </Td>
              <Td>
                <SampleCounts of={one} />
              </Td>
              <Td className="min-w-64">
                <RefLink refOf={one.evalRun.ref}>{one.evalRun.label}</RefLink>
              </Td>
            </tr>
          ))}
        </tbody>
      ))}
    </Table>
  );
}
