import Link from 'next/link';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Day } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { RefLabel } from '@/ui/RefLabel.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { Sightings } from './Sightings.tsx';

const FOUND = graphql(`
  query DocumentsWithDigest($digest: String!, $after: String) {
    documentHandles(digest: $digest, first: 50, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        cursor
        node {
          documentId
          recordedAt
          datasetVersion { ref label }
          sightings { step trainingRun { ref label } }
        }
      }
    }
  }
`);

/** The API counts no further. */
const MOST_COUNTED = 10_000;

/** Where a document with this digest is held: each dataset version that the reader sees, and under which id. */
export async function DocumentResults({ digest, after }: { digest: string; after: string | null }) {
  const answer = await query(FOUND, { digest, after });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The documents" />;
  const { edges, totalCount, pageInfo } = answer.data.documentHandles;
  return (
    <section aria-label="What was found" className="flex flex-col gap-3">
      <PartialNotice problems={answer.problems} />
      <p className="text-sm text-ink-2">
        Looked for <RefLabel value={digest} />
      </p>
      {edges.length === 0 ? (
        <EmptyState
          kind="no-match"
          title="No dataset version here holds this document"
          action={
            <Button asChild>
              <Link href={paths.documents()}>Look for another</Link>
            </Button>
          }
        >
          Only documents whose handles were recorded can be found, and a digest finds the very same bytes: a
          text with one space more has another.
        </EmptyState>
      ) : (
        <Table label="Where this document is held">
          <thead>
            <tr>
              <Th>Dataset version</Th>
              <Th>Id there</Th>
              <Th>Seen in training</Th>
              <Th>Recorded</Th>
            </tr>
          </thead>
          <tbody>
            {edges.map(({ cursor, node }) => (
              <tr key={cursor}>
                <Td className="min-w-44">
                  <RefLink refOf={node.datasetVersion.ref} className="font-medium">
                    {node.datasetVersion.label}
                  </RefLink>
                </Td>
                <Td className="min-w-44 font-mono text-xs break-all">{node.documentId}</Td>
                <Td className="min-w-52">
                  <Sightings sightings={node.sightings} />
                </Td>
                <Td>
                  <Day value={node.recordedAt} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {edges.length > 0 ? (
        <nav aria-label="Pages of documents" className="flex items-center gap-3 text-sm text-ink-2">
          <span>
            {totalCount >= MOST_COUNTED ? 'At least ' : ''}
            {plural(totalCount, 'document')} with this digest
          </span>
          {pageInfo.hasNextPage ? (
            <Button asChild className="ml-auto">
              <Link href={paths.documents({ digest, after: pageInfo.endCursor })}>Next</Link>
            </Button>
          ) : null}
        </nav>
      ) : null}
    </section>
  );
}
