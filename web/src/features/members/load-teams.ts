import 'server-only';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import type { TeamOption } from './RoleSelect.tsx';

const TEAMS = graphql(`
  query TeamOptions {
    teams(first: 100) { nodes { id name namespace } }
  }
`);

/** The teams to choose from, the common one first; none for whoever may not see them. */
export async function loadTeams(): Promise<TeamOption[]> {
  const answer = await query(TEAMS);
  if (answer.kind !== 'data') return [];
  const { nodes } = answer.data.teams;
  return [...nodes.filter((team) => team.namespace === ''), ...nodes.filter((team) => team.namespace !== '')];
}
