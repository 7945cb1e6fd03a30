import type { ReportedResultRowFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { reportedValue } from './reported-value.ts';

export function ReportedResultTable({ results }: { results: readonly ReportedResultRowFragment[] }) {
  return (
    <Table label="Reported results">
      <thead>
        <tr>
          <Th>Statement</Th>
          <Th align="right">Value</Th>
          <Th>Of</Th>
          <Th>Behaviour</Th>
        </tr>
      </thead>
      <tbody>
        {results.map((one) => (
          <tr key={one.id}>
            <Td className="min-w-72">{one.statement}</Td>
            <Td align="right" className="whitespace-nowrap">
              {reportedValue(one) ?? <Unknown what="no number" />}
              <CitationMark citation={one.citation} of={one.statement} />
            </Td>
            <Td className="min-w-40">
              {one.modelVersion ? (
                <RefLink refOf={one.modelVersion.ref}>{one.modelVersion.label}</RefLink>
              ) : (
                (one.subject ?? <Unknown what="model not named" />)
              )}
            </Td>
            <Td>{one.behavior?.title ?? <Unknown what="not one behaviour" />}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
