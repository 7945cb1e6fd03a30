import type { Context } from '../context.ts';
import { builder } from '../graphql/builder.ts';
import { connectionOf, pageArguments } from '../graphql/connection.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { decodeId } from '../graphql/node.ts';
import { TeamRef } from '../lineage/lineage.refs.ts';
import { teamById } from '../lineage/read-actors.ts';
import { shown } from '../platform/shown.ts';
import { MemberRef } from './access.refs.ts';
import type { Change } from './change.ts';
import { memberById } from './read-members.ts';
import { addTeamMember, createTeam, removeTeamMember, teamMemberIds, teams } from './teams.ts';

const KEY = 'Makes a repetition safe: the same key and input get the same answer for 24 hours.';

builder.objectField(TeamRef, 'members', (t) =>
  t.field({
    type: [MemberRef],
    description: 'Who belongs to it, for administrators; empty for others.',
    resolve: async (team, _args, context) => {
      const ids = await context.load(teamMemberIds, team.id);
      const found = await Promise.all(ids.map((id) => context.load(memberById, id)));
      return found.filter((member) => member !== null);
    },
  }),
);

builder.objectField(TeamRef, 'truncations', (t) => truncationsOf(t));

const TeamConnection = connectionOf('Team', TeamRef);

builder.queryField('teams', (t) =>
  t.field({
    type: TeamConnection,
    description: "All teams by name, for administrators. A viewer's own are viewer.teams.",
    args: pageArguments(t),
    resolve: (_root, page, context) => teams(context, page),
  }),
);

const loadedTeam = async (made: { team: bigint }, _args: unknown, context: Context) =>
  shown(await context.load(teamById, made.team));
const loadedMember = async (made: { member: bigint }, _args: unknown, context: Context) =>
  shown(await context.load(memberById, made.member));
const both = (change: Change, input: { team: string; member: string }) => ({
  team: decodeId(change.context, input.team, ['Team'], ['team']).id,
  member: decodeId(change.context, input.member, ['Actor'], ['member']).id,
});

defineMutation({
  name: 'createTeam',
  description: 'Makes a team: a party that asserts things, in its own namespace.',
  input: builder.inputType('CreateTeamInput', {
    description: 'A team to make.',
    fields: (t) => ({
      name: t.string({ required: true, description: 'What people call it: 1 to 200 characters.' }),
      namespace: t.string({
        required: true,
        description: "What stands before its things' names: lower-case letters, digits and hyphens.",
      }),
      idempotencyKey: t.string({ description: KEY }),
    }),
  }),
  run: (change, input) => createTeam(change, input),
  success: (t) => ({
    team: t.field({ type: TeamRef, description: 'The team.', resolve: loadedTeam }),
  }),
});

const membershipInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      team: t.id({ required: true, description: 'Global id of the team.' }),
      member: t.id({ required: true, description: 'Global id of the account.' }),
      idempotencyKey: t.string({ description: KEY }),
    }),
  });

defineMutation({
  name: 'addTeamMember',
  description: 'Puts an account into a team: it sees what the team keeps to itself.',
  input: membershipInput('AddTeamMemberInput', 'Whom to put into which team.'),
  run: (change, input) => addTeamMember(change, both(change, input)),
  success: (t) => ({
    team: t.field({ type: TeamRef, description: 'The team.', resolve: loadedTeam }),
    member: t.field({ type: MemberRef, description: 'The account.', resolve: loadedMember }),
  }),
});

defineMutation({
  name: 'removeTeamMember',
  description: 'Takes an account out of a team. Nobody is without a team.',
  input: membershipInput('RemoveTeamMemberInput', 'Whom to take out of which team.'),
  run: (change, input) => removeTeamMember(change, both(change, input)),
  success: (t) => ({
    team: t.field({ type: TeamRef, description: 'The team.', resolve: loadedTeam }),
    member: t.field({ type: MemberRef, description: 'The account.', resolve: loadedMember }),
  }),
});
