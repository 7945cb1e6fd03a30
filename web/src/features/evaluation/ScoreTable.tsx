import type { EvalRunPageQuery } from '@/graphql/generated/graphql.ts';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

type Run = Extract<NonNullable<EvalRunPageQuery['lineageNode']>, { __typename: 'EvalRun' }>;

const figure = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 5 });

export function ScoreTable({ scores }: { scores: Run['scores'] }) {
  if (scores.length === 0) return <Unknown what="No score is recorded." />;
  return (
    <Table label="Scores">
      <thead>
        <tr>
          <Th>Metric</Th>
          <Th align="right">Value</Th>
          <Th>Interval</Th>
          <Th align="right">n</Th>
          <Th>Condition</Th>
          <Th>Grader</Th>
        </tr>
      </thead>
      <tbody>
        {scores.map((s) => (
          <tr key={s.id}>
            <Td className="min-w-36">
              {s.metric}
              {s.higherIsBetter === false ? (
                <span className="text-xs text-ink-3"> (lower is better)</span>
              ) : null}
              {s.note ? <span className="block text-xs text-ink-3">{s.note}</span> : null}
            </Td>
            <Td align="right" className="whitespace-nowrap">
              {s.value === null || s.value === undefined ? (
                <Unknown what="no value" />
              ) : (
                <span title={String(s.value)}>{figure(s.value)}</span>
              )}
              <CitationMark citation={s.citation} of={s.metric} />
            </Td>
            <Td className="whitespace-nowrap text-ink-2">
              {s.interval ? (
                <span title={`${s.interval.level * 100}% interval, ${s.interval.method}`}>
                  {figure(s.interval.lower)}–{figure(s.interval.upper)}
                </span>
              ) : (
                <Unknown what="no interval" />
              )}
            </Td>
            <Td align="right">{s.sampleCount ?? <Unknown what="not stated" />}</Td>
            <Td>{s.condition?.name ?? <span className="text-ink-3">–</span>}</Td>
            <Td>{s.grader ? `${s.grader.name} ${s.grader.version}` : <Unknown />}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
