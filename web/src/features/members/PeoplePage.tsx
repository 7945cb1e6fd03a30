import { CatalogueEmpty, CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Moment, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { MemberActions } from './MemberActions.tsx';

const PEOPLE = graphql(`
  query People($search: String, $first: Int, $after: String, $last: Int, $before: String) {
    viewer { actor { id } }
    members(kind: PERSON, search: $search, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes { ...MemberRow }
    }
  }
  fragment MemberRow on Member {
    id kind name email role disabledAt lastSeenAt hasPassword issuers openSessions workingTokens
    teams { id name }
    canBeDisabled { allowed reason }
    canBeEnabled { allowed reason }
    canResetPassword { allowed reason }
    mayLoseAdministration: canTakeRole(role: VIEWER) { allowed reason }
  }
`);

export async function PeopleResults({ state }: { state: CatalogueState }) {
  const answer = await query(PEOPLE, pageVariables(state));
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The members" />;
  const { members, viewer } = answer.data;
  if (members.nodes.length === 0) {
    return (
      <CatalogueEmpty state={state} noun="person" nouns="people" clear={paths.members()}>
        Invite somebody, and they appear here when they have joined.
      </CatalogueEmpty>
    );
  }
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <Table label="People">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Role</Th>
            <Th>Teams</Th>
            <Th>Signs in by</Th>
            <Th>Last seen</Th>
            <Th align="right">Sessions</Th>
            <Th align="right">Tokens</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {members.nodes.map((member) => (
            <tr key={member.id} className={member.disabledAt ? 'text-ink-3' : undefined}>
              <Td className="min-w-48">
                <span className="flex flex-wrap items-center gap-2 font-medium">
                  {member.name}
                  {member.id === viewer.actor?.id ? <Badge>you</Badge> : null}
                  {member.disabledAt ? <Badge tone="warning">disabled</Badge> : null}
                </span>
                <span className="text-xs wrap-anywhere text-ink-3">
                  {member.email ?? <Unknown what="no address" />}
                </span>
              </Td>
              <Td className="whitespace-nowrap">{words(member.role)}</Td>
              <Td className="min-w-28">{member.teams.map((team) => team.name).join(', ')}</Td>
              <Td className="min-w-28 break-words">
                {[...(member.hasPassword ? ['password'] : []), ...member.issuers].join(', ') || <Unknown />}
              </Td>
              <Td>
                <Moment value={member.lastSeenAt} unknown="never" />
              </Td>
              <Td align="right">{member.openSessions}</Td>
              <Td align="right">{member.workingTokens}</Td>
              <Td align="right" className="py-0.5">
                <MemberActions member={member} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <CataloguePages
        noun="person"
        nouns="people"
        totalCount={members.totalCount}
        pageInfo={members.pageInfo}
        href={(page) => paths.members({ search: state.search, ...page })}
      />
    </>
  );
}
