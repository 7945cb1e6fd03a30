import { CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { Badge, type Tone } from '@/ui/Badge.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Day, Moment } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { RevokeInvitation } from './RevokeInvitation.tsx';

const INVITATIONS = graphql(`
  query Invitations($first: Int, $after: String, $last: Int, $before: String) {
    invitations(first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        id email role status createdAt expiresAt
        team { id name }
        invitedBy { id name }
        acceptedBy { id name }
      }
    }
  }
`);

const TONE: Record<string, Tone> = { PENDING: 'accent', ACCEPTED: 'success' };

export async function InvitationResults({ state }: { state: CatalogueState }) {
  const { search: _search, ...page } = pageVariables(state);
  const answer = await query(INVITATIONS, page);
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The invitations" />;
  const { nodes, totalCount, pageInfo } = answer.data.invitations;
  if (nodes.length === 0) {
    return (
      <EmptyState kind="none" title="No invitations yet">
        Invite somebody by a link. There is no other way in, unless a provider is trusted for a whole domain.
      </EmptyState>
    );
  }
  return (
    <>
      <Table label="Invitations">
        <thead>
          <tr>
            <Th>For</Th>
            <Th>Role</Th>
            <Th>Team</Th>
            <Th>Status</Th>
            <Th>Made by</Th>
            <Th>Made</Th>
            <Th>Good until</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((one) => (
            <tr key={one.id}>
              <Td className="min-w-44 wrap-anywhere">{one.email ?? 'whoever has the link'}</Td>
              <Td>{words(one.role)}</Td>
              <Td>{one.team.name}</Td>
              <Td className="whitespace-nowrap">
                <Badge tone={TONE[one.status]}>{words(one.status)}</Badge>
                {one.acceptedBy ? <span className="text-ink-2"> by {one.acceptedBy.name}</span> : null}
              </Td>
              <Td>{one.invitedBy.name}</Td>
              <Td>
                <Day value={one.createdAt} />
              </Td>
              <Td>
                <Moment value={one.expiresAt} />
              </Td>
              <Td align="right" className="py-0.5">
                <RevokeInvitation
                  id={one.id}
                  whom={one.email ?? 'whoever has the link'}
                  made={one.createdAt}
                  blocked={one.status === 'PENDING' ? null : `It is ${one.status.toLowerCase()}.`}
                />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CataloguePages
        noun="invitation"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(next) => paths.invitations(next)}
      />
    </>
  );
}
