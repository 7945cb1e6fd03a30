import type { ComparedScoresFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { pWords, VERDICTS } from '../comparison-words.ts';
import type { SeriesOf } from './score-layout.ts';
import { changeWords, samplesWords, valueWords } from './score-words.ts';

/** Pairs of scores in figures. */
export function ScoresTable(props: {
  rows: readonly ComparedScoresFragment[];
  label: string;
  sides: readonly [string, string];
  seriesOf: SeriesOf;
}) {
  const { rows, sides, seriesOf } = props;
  const manySeries = rows.some((row) => seriesOf(row) !== null);
  return (
    <Table label={props.label}>
      <thead>
        <tr>
          {manySeries ? <Th>Series</Th> : null}
          <Th>Metric</Th>
          <Th>Condition</Th>
          <Th>{sides[0]}</Th>
          <Th>Value</Th>
          <Th>{sides[1]}</Th>
          <Th>Value</Th>
          <Th>Difference</Th>
          <Th>Verdict</Th>
          <Th align="right">Corrected p</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.one.id} ${row.two.id}`}>
            {manySeries ? <Td>{seriesOf(row) ?? <Unknown what="none" />}</Td> : null}
            <Td>{row.one.metric}</Td>
            <Td>{row.one.condition?.name ?? <Unknown what="not stated" />}</Td>
            {[row.one, row.two].map((score) => [
              <Td key={`${score.id} model`} className="min-w-48 break-words">
                <RefLink refOf={score.evalRun.modelVersion.ref}>{score.evalRun.modelVersion.label}</RefLink>
              </Td>,
              <Td key={`${score.id} value`} className="whitespace-nowrap">
                {valueWords(score)}
                <span className="block text-xs text-ink-2">
                  {samplesWords(score) ?? <Unknown what="n not stated" />}
                </span>
              </Td>,
            ])}
            <Td className="min-w-40">{changeWords(row) ?? <Unknown what="none is given" />}</Td>
            <Td className="min-w-56">
              {VERDICTS[row.verdict]}
              {row.verdict === 'NOT_COMPARABLE' ? (
                <ul className="list-disc pl-4 text-ink-2">
                  {row.comparability.differences.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
              ) : null}
              {row.verdict === 'CANNOT_BE_TESTED' ? (
                <span className="block text-ink-2">{row.untested}</span>
              ) : null}
            </Td>
            <Td align="right">{pWords(row.correctedPValue) ?? <span className="text-ink-3">–</span>}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
