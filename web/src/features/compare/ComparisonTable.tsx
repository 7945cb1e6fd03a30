import type { ComparedRatesFragment } from '@/graphql/generated/graphql.ts';
import { Percent, Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { differenceWords, pWords, VERDICTS } from './comparison-words.ts';

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
            <Td align="right">
              <Percent
                value={row.rateOne ?? row.one.rate}
                qualifier={row.one.qualifier}
                unknown="not scored"
              />
            </Td>
            <Td align="right">
              <Percent
                value={row.rateTwo ?? row.two.rate}
                qualifier={row.two.qualifier}
                unknown="not scored"
              />
            </Td>
            <Td>{differenceWords(row) ?? <Unknown what="none is given" />}</Td>
            <Td>{VERDICTS[row.verdict]}</Td>
            <Td align="right">{pWords(row.correctedPValue) ?? <span className="text-ink-3">–</span>}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
