import { builder } from '../graphql/builder.ts';
import { connectionOf, pageArguments } from '../graphql/connection.ts';
import { MemberKindEnum, RoleEnum } from '../graphql/enums.ts';
import { truncationsOf } from '../graphql/list-truncation.ts';
import { decodeId, idOf } from '../graphql/node.ts';
import { TeamRef } from '../lineage/lineage.refs.ts';
import { teamById } from '../lineage/read-actors.ts';
import { MemberRef, PermissionRef } from './access.refs.ts';
import { mayDisable, mayEnable, mayLeaveTeam, mayResetPassword, mayTakeRole } from './members.ts';
import { administratorCount, memberById, members } from './read-members.ts';
import type { Role } from './viewer.ts';

MemberRef.implement({
  description:
    'An account, as administrators and its owner see it. Its id is that of the actor whom others see beside what it recorded.',
  fields: (t) => ({
    id: t.id(idOf('Actor')),
    kind: t.field({
      type: MemberKindEnum,
      description: 'A person or a program.',
      resolve: (row) => (row.kind === 'PERSON' ? 'PERSON' : 'SERVICE'),
    }),
    name: t.exposeString('name', { description: 'What people call them.' }),
    email: t.exposeString('email', {
      nullable: true,
      description: 'Their address; null where none is known.',
    }),
    role: t.field({
      type: RoleEnum,
      description: 'What they may do.',
      resolve: (row) => row.role as never,
    }),
    teams: t.field({
      type: [TeamRef],
      description: 'The teams that they belong to; the first is the party they assert for.',
      resolve: async (row, _args, context) => {
        const teams = await Promise.all(row.teamIds.map((id) => context.load(teamById, id)));
        return teams.filter((team) => team !== null);
      },
    }),
    truncations: truncationsOf(t),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the account was made.' }),
    disabledAt: t.expose('disabledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was disabled; null where it is not.',
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When one of its sessions or tokens was last used, to some ten minutes; null where never.',
    }),
    hasPassword: t.exposeBoolean('hasPassword', { description: 'Whether it can sign in by a password.' }),
    issuers: t.exposeStringList('issuers', {
      description: 'The providers by whose identities it has signed in.',
    }),
    openSessions: t.exposeInt('openSessions', { description: 'How many of its sessions are open.' }),
    workingTokens: t.exposeInt('workingTokens', {
      description: 'How many of its tokens are neither revoked nor expired.',
    }),
    canBeDisabled: t.field({
      type: PermissionRef,
      description: 'Whether it can be disabled as things stand, and if not, why not.',
      resolve: async (row, _args, context) => mayDisable(row, await administratorCount(context)),
    }),
    canBeEnabled: t.field({
      type: PermissionRef,
      description: 'Whether it can be enabled, and if not, why not.',
      resolve: (row) => mayEnable(row),
    }),
    canResetPassword: t.field({
      type: PermissionRef,
      description: 'Whether a link to set a new password can be made for it, and if not, why not.',
      resolve: (row) => mayResetPassword(row),
    }),
    canTakeRole: t.field({
      type: PermissionRef,
      description: 'Whether it can be given this role as things stand, and if not, why not.',
      args: { role: t.arg({ type: RoleEnum, required: true, description: 'The role to give.' }) },
      resolve: async (row, { role }, context) =>
        mayTakeRole(row, role as Role, await administratorCount(context)),
    }),
    canLeaveTeam: t.field({
      type: PermissionRef,
      description: 'Whether it can be taken out of one of its teams, and if not, why not.',
      resolve: (row) => mayLeaveTeam(row.teamIds.length),
    }),
  }),
});

const MemberConnection = connectionOf('Member', MemberRef);

builder.queryFields((t) => ({
  members: t.field({
    type: MemberConnection,
    description: 'Accounts by name, for administrators.',
    args: {
      kind: t.arg({
        type: MemberKindEnum,
        required: true,
        defaultValue: 'PERSON',
        description: 'People, or programs.',
      }),
      search: t.arg.string({ description: 'Only those whose name or address holds this.' }),
      ...pageArguments(t),
    },
    resolve: (_root, { kind, search, ...page }, context) => members(context, kind, search ?? null, page),
  }),
  member: t.field({
    type: MemberRef,
    nullable: true,
    description: 'An account, for administrators; null where there is none.',
    args: { id: t.arg.id({ required: true, description: 'Global id of the actor.' }) },
    resolve: (_root, { id }, context) =>
      context.load(memberById, decodeId(context, id, ['Actor'], ['id']).id),
  }),
}));
