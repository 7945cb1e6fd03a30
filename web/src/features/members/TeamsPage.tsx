import { CataloguePages } from '@/features/catalogue/Catalogue.tsx';
import { type CatalogueState, pageVariables } from '@/features/catalogue/catalogue-state.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { words } from '@/ui/numbers.ts';
import { Section } from '@/ui/Section.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { AddTeamMember, RemoveTeamMember } from './TeamActions.tsx';

const TEAMS = graphql(`
  query Teams($first: Int, $after: String, $last: Int, $before: String) {
    teams(first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        id name namespace
        members { id name email kind role disabledAt canLeaveTeam { allowed reason } }
      }
    }
  }
`);

export async function TeamResults({ state }: { state: CatalogueState }) {
  const { search: _search, ...page } = pageVariables(state);
  const answer = await query(TEAMS, page);
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="The teams" />;
  const { nodes, totalCount, pageInfo } = answer.data.teams;
  return (
    <>
      {nodes.map((team) => (
        <Section
          key={team.id}
          id={`team-${team.namespace || 'common'}`}
          title={team.name}
          count={team.members.length}
          note={
            team.namespace
              ? `What it names stands under ${team.namespace}/.`
              : 'What it names stands under no namespace.'
          }
          actions={<AddTeamMember team={team} present={team.members.map((member) => member.id)} />}
        >
          {team.members.length === 0 ? (
            <p className="text-sm text-ink-3">Nobody belongs to it yet.</p>
          ) : (
            <Table label={`Members of ${team.name}`}>
              <thead>
                <tr>
                  <Th>Name</Th>
                  <Th>What</Th>
                  <Th>Role</Th>
                  <Th>
                    <span className="sr-only">Actions</span>
                  </Th>
                </tr>
              </thead>
              <tbody>
                {team.members.map((member) => (
                  <tr key={member.id}>
                    <Td className="min-w-44">
                      <span className="font-medium">{member.name}</span>
                      {member.email ? <span className="text-ink-3"> {member.email}</span> : null}
                    </Td>
                    <Td>{member.kind === 'PERSON' ? 'Person' : 'Service account'}</Td>
                    <Td>{words(member.role)}</Td>
                    <Td align="right" className="py-0.5">
                      <RemoveTeamMember
                        team={team}
                        member={member}
                        blocked={member.canLeaveTeam.allowed ? null : (member.canLeaveTeam.reason ?? null)}
                      />
                    </Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
        </Section>
      ))}
      <CataloguePages
        noun="team"
        totalCount={totalCount}
        pageInfo={pageInfo}
        href={(next) => paths.teams(next)}
      />
    </>
  );
}
