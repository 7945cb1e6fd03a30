import type { ComparedRatesFragment } from '@/graphql/generated/graphql.ts';
import { IntervalText, Percent, Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { SampleCounts } from '../rates/SampleCounts.tsx';
import { comparedApart, differenceWords, pWords, VERDICTS } from './comparison-words.ts';

type Compared = ComparedRatesFragment['one'];

/** What was measured, with its interval and its n; the rate that was compared beside it, where that is of other samples. */
function Side({ rate, of }: { rate: number | null | undefined; of: Compared }) {
  const apart = comparedApart(rate, of.rate);
  return (
    <Td align="right">
      <Percent value={of.rate} qualifier={of.qualifier} unknown="not scored" />
      <span className="block text-xs">
        <IntervalText interval={of.interval} sampleCount={of.sampleCount} />
      </span>
      <span className="block text-xs text-ink-2">
        <SampleCounts of={of} />
      </span>
      {apart === null ? null : (
        <span className="block text-xs text-ink-2">
          <Percent value={apart} /> of the items compared
        </span>
      )}
    </Td>
  );
}

/** Comparisons in figures. */
export function ComparisonTable(props: {
  rows: readonly ComparedRatesFragment[];
  names: readonly [string, string];
  label: string;
}) {
  return (
    <Table label={props.label}>
      <thead>
        <tr>
          <Th>Behaviour</Th>
          <Th>Condition</Th>
          <Th align="right">{props.names[0]}</Th>
          <Th align="right">{props.names[1]}</Th>
          <Th>Difference</Th>
          <Th>Verdict</Th>
          <Th align="right">Corrected p</Th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={`${row.one.id} ${row.two.id}`}>
            <Td>{row.one.behavior.title}</Td>
            <Td>{row.one.condition?.name ?? <Unknown what="not stated" />}</Td>
            <Side rate={row.rateOne} of={row.one} />
            <Side rate={row.rateTwo} of={row.two} />
            <Td>{differenceWords(row) ?? <Unknown what="none is given" />}</Td>
            <Td>{VERDICTS[row.verdict]}</Td>
            <Td align="right">{pWords(row.correctedPValue) ?? <span className="text-ink-3">–</span>}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
