import type { ReportedResultRowFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { reportedValue } from './reported-value.ts';

/** So many are shown at once; the rest wait behind a line, so that the lineage below is not pushed out of sight. */
const AT_ONCE = 6;

export function ReportedResultTable({ results }: { results: readonly ReportedResultRowFragment[] }) {
  const rest = results.slice(AT_ONCE);
  return (
    <>
      <Rows label="Reported results" results={results.slice(0, AT_ONCE)} />
      {rest.length > 0 ? (
        <details className="mt-2">
          <summary className="cursor-pointer text-sm text-accent">
            {rest.length === 1 ? 'One more reported result' : `${rest.length} more reported results`}
          </summary>
          <div className="mt-2">
            <Rows label="More reported results" results={rest} />
          </div>
        </details>
      ) : null}
    </>
  );
}

function Rows({ label, results }: { label: string; results: readonly ReportedResultRowFragment[] }) {
  return (
    <Table label={label}>
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
