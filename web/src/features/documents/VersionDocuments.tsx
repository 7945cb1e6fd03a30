import Link from 'next/link';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { pathOfRef, paths, queryString } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Input } from '@/ui/Field.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { asDigest } from './digest-text.ts';
import { Sightings } from './Sightings.tsx';

const DOCUMENTS = graphql(`
  query DocumentsOfVersion($ref: NodeRef!, $idPrefix: String, $digest: String, $after: String) {
    lineageNode(ref: $ref) {
      __typename
      id
      ... on DatasetVersion {
        documentHandleCount
        documentHandles(first: 20, after: $after, idPrefix: $idPrefix, digest: $digest) {
          pageInfo { hasNextPage endCursor }
          nodes { documentId digest sightings { step trainingRun { ref label } } }
        }
      }
    }
  }
`);

/** What the address says of the documents: what is searched for, and which page. */
export interface DocumentSearch {
  document: string | null;
  after: string | null;
}

/** The documents that a version holds, searched by the beginning of an id or by a digest. */
export async function VersionDocuments({ refOf, search }: { refOf: string; search: DocumentSearch }) {
  const { document, after } = search;
  const digest = document === null ? null : asDigest(document);
  const idPrefix = digest === null ? document : null;
  const answer = await query(DOCUMENTS, { ref: refOf, idPrefix, digest, after });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The documents" />;
  const node = answer.data.lineageNode;
  if (node?.__typename !== 'DatasetVersion') return null;
  const { nodes, pageInfo } = node.documentHandles;
  if (node.documentHandleCount === '0')
    return (
      <Unknown what="Which documents it holds is not recorded. Their ids and digests come in with a file of document handles." />
    );
  const base = pathOfRef(refOf);
  const at = (state: DocumentSearch) =>
    `${base}${queryString({ document: state.document, documentsAfter: state.after })}#documents`;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <search className="min-w-0 flex-1 basis-72">
          <form action={`${base}#documents`} className="flex max-w-xl gap-2">
            <Input
              key={document}
              type="search"
              name="document"
              aria-label="Search documents by id or digest"
              placeholder="Beginning of an id, or a digest"
              defaultValue={document ?? ''}
            />
            <Button type="submit" className="h-9">
              Search
            </Button>
          </form>
        </search>
        <span className="text-sm text-ink-2">
          {plural(Number(node.documentHandleCount), 'document handle')}
        </span>
      </div>
      {nodes.length === 0 ? (
        <EmptyState
          kind="no-match"
          title={digest === null ? `No id begins with “${document}”` : 'No document here has this digest'}
          action={
            <Button asChild>
              <Link href={at({ document: null, after: null })}>Clear the search</Link>
            </Button>
          }
        >
          {digest === null ? null : (
            <Link href={paths.documents({ digest })} className={linkLook}>
              Look in all dataset versions
            </Link>
          )}
        </EmptyState>
      ) : (
        <Table label="Documents">
          <thead>
            <tr>
              <Th>Id</Th>
              <Th>Digest</Th>
              <Th>Seen in training</Th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((row) => (
              <tr key={row.documentId}>
                <Td className="min-w-40 font-mono text-xs break-all">{row.documentId}</Td>
                <Td className="min-w-56">
                  <Link
                    href={paths.documents({ digest: row.digest })}
                    className={`${linkLook} font-mono text-xs break-all`}
                    title="Look for it in all dataset versions"
                  >
                    {row.digest}
                  </Link>
                </Td>
                <Td className="min-w-52">
                  <Sightings sightings={row.sightings} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {after || pageInfo.hasNextPage ? (
        <nav aria-label="Pages of documents" className="flex justify-end gap-4 text-sm">
          {after ? (
            <Link href={at({ document, after: null })} className={linkLook}>
              First page
            </Link>
          ) : null}
          {pageInfo.hasNextPage ? (
            <Link href={at({ document, after: pageInfo.endCursor ?? null })} className={linkLook}>
              Next page
            </Link>
          ) : null}
        </nav>
      ) : null}
    </div>
  );
}
