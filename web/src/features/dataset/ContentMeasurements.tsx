import type { ContentMeasurementRowFragment } from '@/graphql/generated/graphql.ts';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, Day, IntervalText, Percent, Unknown } from '@/ui/Figure.tsx';
import { IntervalPlot } from '@/ui/IntervalPlot.tsx';
import { words } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';

/** How much of a dataset version carries which tag, who measured it how, and how sure that is. */
export function ContentMeasurements({ rows }: { rows: readonly ContentMeasurementRowFragment[] }) {
  if (rows.length === 0) {
    return <Unknown what="Nobody has recorded how much of it carries any content tag." />;
  }
  return (
    <Table label="Content measurements">
      <thead>
        <tr>
          <Th>Tag</Th>
          <Th align="right">Fraction</Th>
          <Th className="w-40">0 to 100%</Th>
          <Th>Interval</Th>
          <Th>Of its</Th>
          <Th>Method</Th>
          <Th align="right">Sample</Th>
          <Th>Measured</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((m) => {
          const interval =
            m.lower !== null && m.lower !== undefined && m.upper !== null && m.upper !== undefined
              ? { lower: m.lower, upper: m.upper, level: m.level ?? 0.95, method: words(m.method) }
              : null;
          return (
            <tr key={m.id}>
              <Td title={m.tag.description ?? undefined}>{m.tag.name}</Td>
              <Td align="right" className="whitespace-nowrap">
                <Percent value={m.fraction} />
                <CitationMark citation={m.citation} of={m.tag.name} />
              </Td>
              <Td>
                <IntervalPlot rate={m.fraction} interval={interval} label={m.tag.name} width={140} />
              </Td>
              <Td>
                <IntervalText interval={interval} sampleCount={m.sampleSize ?? 1} />
              </Td>
              <Td>{words(m.unit).toLowerCase()}</Td>
              <Td>
                {words(m.method)}{' '}
                {m.methodVersion ? <span className="text-ink-3">{m.methodVersion}</span> : null}
              </Td>
              <Td align="right">
                <Count value={m.sampleSize} unknown={<Unknown what="not stated" />} />
              </Td>
              <Td>
                <Day value={m.measuredAt} unknown="not stated" />
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
