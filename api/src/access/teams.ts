import type { Context } from '../context.ts';
import { groupRows, loadsMany } from '../platform/loader.ts';
import type { PageArguments } from '../platform/page.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { authorise, type Change } from './change.ts';
import { checkedName, demand, memberOr404, whom } from './change-member.ts';
import { mayGrant, mayLeaveTeam } from './members.ts';
import {
  deleteMembership,
  insertMembership,
  insertTeam,
  lockTeamsOf,
  pageOfTeams,
  selectTeam,
  selectTeamMembers,
  type TeamFacts,
} from './team.store.ts';
import { may } from './viewer.ts';

const QUIET = { visibility: 'RESTRICTED' } as const;
const NAMESPACE = /^[a-z0-9][a-z0-9-]{0,62}$/;

export async function teamOr404(change: Change, id: bigint): Promise<TeamFacts> {
  const team = await selectTeam(change.tx, id);
  if (team === null) throw new NotFoundRefusal(['team'], 'There is no such team.');
  return team;
}

/** A team is a party that asserts: its namespace stands before the names that its members give. */
export async function createTeam(
  change: Change,
  input: { name: string; namespace: string },
): Promise<{ team: bigint }> {
  const name = checkedName(input.name, 'name');
  if (!NAMESPACE.test(input.namespace)) {
    const expected = 'up to 63 lower-case letters, digits and hyphens';
    throw new InputRefusal(['namespace'], 'A namespace stands before names, as in lab/dataset.', expected);
  }
  const team = await insertTeam(change.tx, input.namespace, name);
  if (team === null) throw new ConflictRefusal(['namespace'], 'Another team has this namespace.');
  await change.event({ type: 'TEAM_CREATED', team: name, namespace: input.namespace }, QUIET);
  return { team };
}

export async function addTeamMember(
  change: Change,
  input: { team: bigint; member: bigint },
): Promise<{ team: bigint; member: bigint }> {
  const team = await teamOr404(change, input.team);
  const member = await memberOr404(change, input.member);
  // They see more for it: no token puts its owner's friends into a team that may not itself do what they may.
  demand(mayGrant(change.by, member.role), 'member');
  if (!(await insertMembership(change.tx, team.id, member.id)))
    throw new ConflictRefusal(['member'], `${member.name} belongs to ${team.name} already.`);
  await change.event({ type: 'TEAM_MEMBER_ADDED', team: team.name, ...whom(change, member) }, QUIET);
  return { team: team.id, member: member.id };
}

export async function removeTeamMember(
  change: Change,
  input: { team: bigint; member: bigint },
): Promise<{ team: bigint; member: bigint }> {
  const team = await teamOr404(change, input.team);
  const member = await memberOr404(change, input.member);
  const teams = await lockTeamsOf(change.tx, member.id);
  if (!teams.includes(team.id))
    throw new NotFoundRefusal(['member'], `${member.name} does not belong to ${team.name}.`);
  demand(mayLeaveTeam(teams.length), 'member');
  await deleteMembership(change.tx, team.id, member.id);
  await change.event({ type: 'TEAM_MEMBER_REMOVED', team: team.name, ...whom(change, member) }, QUIET);
  return { team: team.id, member: member.id };
}

/** All teams, for whoever puts people into them. */
export function teams(context: Context, args: PageArguments) {
  authorise(context, 'admin');
  return pageOfTeams(context, args);
}

/** The members of a team for an administrator; for others as if there were none but themselves. */
export const teamMemberIds = loadsMany<Context, bigint>('teamMemberIds', async (context, ids) => {
  if (!may(context.viewer, 'admin').allowed) return new Map();
  const rows = groupRows(await selectTeamMembers(context.db, ids), (row) => row.teamId);
  return new Map([...rows].map(([team, found]) => [team, found.map((row) => row.actorId)]));
});
