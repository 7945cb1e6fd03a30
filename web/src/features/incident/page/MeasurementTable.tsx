import Link from 'next/link';
import type { MeasurementRowFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { RefLink, textLinkLook } from '@/navigation/RefLink.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { IntervalText, Percent, Unknown } from '@/ui/Figure.tsx';
import { IntervalPlot } from '@/ui/IntervalPlot.tsx';
import { grouped } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { groupComparable } from './group-measurements.ts';

/** k of n, and what was left out of n, because unscored is never "not exhibited". */
function Counts({ of }: { of: MeasurementRowFragment }) {
  const apart = [
    { name: 'unscored', count: of.unscored },
    { name: 'grader errors', count: of.graderErrors },
    { name: 'excluded', count: of.excluded },
  ].filter((part) => part.count);
  return (
    <>
      {of.sampleCount === null || of.sampleCount === undefined ? (
        <span className="whitespace-nowrap">
          <Unknown what="not stated" />
        </span>
      ) : (
        <span className="whitespace-nowrap">
          {of.exhibited === null || of.exhibited === undefined ? '' : `${grouped(of.exhibited)} of `}
          {grouped(of.sampleCount)}
        </span>
      )}
      {apart.length ? (
        <span className="block text-xs text-ink-3">
          {apart.map((part) => `${grouped(part.count ?? 0)} ${part.name}`).join(', ')}
        </span>
      ) : null}
    </>
  );
}

function Grader({ of }: { of: MeasurementRowFragment }) {
  if (!of.grader) return <Unknown />;
  return (
    <>
      {of.grader.name} <span className="text-ink-3">{of.grader.version}</span>
    </>
  );
}

/** Behaviour rates with their intervals, grouped so that only comparable ones stand together. */
export function MeasurementTable({ measurements }: { measurements: readonly MeasurementRowFragment[] }) {
  if (measurements.length === 0) return <Unknown what="Nothing has been measured." />;
  return (
    <Table label="Measurements">
      <thead>
        <tr>
          <Th>Model version</Th>
          <Th>Behaviour</Th>
          <Th align="right">Rate</Th>
          <Th>
            <span className="flex w-40 justify-between">
              <span>0%</span>
              <span>100%</span>
            </span>
          </Th>
          <Th>95% interval</Th>
          <Th>n</Th>
          <Th>Grader</Th>
          <Th>Eval run</Th>
        </tr>
      </thead>
      {groupComparable(measurements).map((group) => (
        <tbody key={group.key}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={8}
              className="border-y border-line bg-sunken/60 px-3 py-1.5 text-left text-xs font-medium"
            >
              {/* Stays in sight, in as many lines as it takes, while the figures scroll sideways under it. */}
              <div className="sticky left-3 max-sm:w-66">
                <Link href={paths.evaluation(group.evaluationName)} className={textLinkLook}>
                  {group.evaluation}
                </Link>
                <span className="text-ink-3"> · condition: </span>
                {group.condition ?? <Unknown what="not stated" />}
                {group.description ? (
                  <span className="font-normal text-ink-3"> ({group.description})</span>
                ) : null}
              </div>
            </th>
          </tr>
          {group.rows.map((one) => (
            <tr key={one.id}>
              <Td className="min-w-36">
                <RefLink refOf={one.evalRun.modelVersion.ref}>{one.evalRun.modelVersion.label}</RefLink>
              </Td>
              <Td className="text-ink-2">{one.behavior.title}</Td>
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
                <Counts of={one} />
              </Td>
              <Td className="min-w-44">
                <Grader of={one} />
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
