import type { EvalRunRowFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Day, Percent } from '@/ui/Figure.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

graphql(`
  fragment EvalRunRow on EvalRun {
    id ref label status startedAt sampleCount
    modelVersion { ref label }
    evaluationVersion { label }
    measurements { id rate qualifier behavior { title } condition { name } }
  }
`);

export function EvalRunTable(props: {
  runs: readonly EvalRunRowFragment[];
  /** All are of one evaluation version, which stands above the table. */
  ofOneVersion?: boolean;
}) {
  return (
    <Table label="Eval runs">
      <thead>
        <tr>
          <Th>Eval run</Th>
          {props.ofOneVersion ? null : <Th>Evaluation</Th>}
          <Th>Model version</Th>
          <Th>Rates</Th>
          <Th align="right">Samples</Th>
          <Th>Status</Th>
          <Th>Started</Th>
        </tr>
      </thead>
      <tbody>
        {props.runs.map((run) => (
          <tr key={run.id}>
            <Td className="min-w-44">
              <RefLink refOf={run.ref}>{run.label}</RefLink>
            </Td>
            {props.ofOneVersion ? null : <Td className="min-w-40">{run.evaluationVersion.label}</Td>}
            <Td className="min-w-44">
              <RefLink refOf={run.modelVersion.ref}>{run.modelVersion.label}</RefLink>
            </Td>
            <Td className="min-w-40">
              {run.measurements.length === 0 ? <span className="text-ink-3">none recorded</span> : null}
              {run.measurements.slice(0, 3).map((m) => (
                <span key={m.id} className="block">
                  {m.behavior.title} <Percent value={m.rate} qualifier={m.qualifier} unknown="not scored" />
                  {m.condition ? <span className="text-xs text-ink-3"> {m.condition.name}</span> : null}
                </span>
              ))}
              {run.measurements.length > 3 ? (
                <span className="text-xs text-ink-3">and {run.measurements.length - 3} more</span>
              ) : null}
            </Td>
            <Td align="right">
              {run.sampleCount ?? <span className="whitespace-nowrap text-ink-3">not stated</span>}
            </Td>
            <Td>
              <StatusDot status={run.status} />
            </Td>
            <Td>
              <Day value={run.startedAt} unknown="not stated" />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
