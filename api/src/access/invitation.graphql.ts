import { builder } from '../graphql/builder.ts';
import { connectionOf, pageArguments } from '../graphql/connection.ts';
import { InvitationStatusEnum, RoleEnum } from '../graphql/enums.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { decodeId, idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { resultUnion } from '../graphql/result.ts';
import { ActorRef, TeamRef } from '../lineage/lineage.refs.ts';
import { actorById, teamById } from '../lineage/read-actors.ts';
import { present } from '../platform/present.ts';
import { shown } from '../platform/shown.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { bounded } from './bounded.ts';
import { FRESH_MINUTES } from './fresh-session.ts';
import { INVITATION_DAYS, invitationStatus, LONGEST_INVITATION_DAYS } from './invitations.ts';
import {
  type InvitationRow,
  invitationById,
  invitationOffer,
  invitations,
  inviteMember,
  revokeInvitation,
} from './invite-member.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts';
import type { Role } from './viewer.ts';

registerNode('Invitation', invitationById);

const InvitationRef = builder.objectRef<InvitationRow>('Invitation').implement({
  interfaces: [NodeInterface],
  description: 'A link by which somebody joins, once, as administrators see it: all but its secret.',
  fields: (t) => ({
    id: t.id(idOf('Invitation')),
    email: t.exposeString('email', { nullable: true, description: 'Whom it is for; null: whoever has it.' }),
    role: t.field({
      type: RoleEnum,
      description: 'The role that it gives.',
      resolve: (row) => row.role as never,
    }),
    team: t.field({
      type: TeamRef,
      description: 'The team that it leads to.',
      resolve: async (row, _args, context) => present(await context.load(teamById, row.teamId), 'The team'),
    }),
    status: t.field({
      type: InvitationStatusEnum,
      description: 'Whether it can still be accepted.',
      resolve: (row) => invitationStatus(row, new Date()),
    }),
    invitedBy: t.field({
      type: ActorRef,
      description: 'Who made it.',
      resolve: async (row, _args, context) =>
        present(await context.load(actorById, row.invitedBy), 'The inviter'),
    }),
    acceptedBy: t.field({
      type: ActorRef,
      nullable: true,
      description: 'Who joined by it; null where nobody has.',
      resolve: (row, _args, context) =>
        row.acceptedBy === null ? null : context.load(actorById, row.acceptedBy),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when its link is good.' }),
  }),
});

const OfferRef = builder.objectRef<InvitationRow>('InvitationOffer').implement({
  description: 'What whoever holds the link of an invitation is offered.',
  fields: (t) => ({
    email: t.exposeString('email', { nullable: true, description: 'Whom it is for; null: whoever has it.' }),
    role: t.field({
      type: RoleEnum,
      description: 'The role that it gives.',
      resolve: (row) => row.role as never,
    }),
    team: t.string({
      description: 'The name of the team that it leads to.',
      resolve: async (row, _args, context) =>
        present(await context.load(teamById, row.teamId), 'The team').name,
    }),
    invitedBy: t.string({
      description: 'The name of who made it.',
      resolve: async (row, _args, context) =>
        present(await context.load(actorById, row.invitedBy), 'The inviter').name,
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when the link is good.' }),
  }),
});

const InvitationConnection = connectionOf('Invitation', InvitationRef);

builder.queryFields((t) => ({
  invitations: t.field({
    type: InvitationConnection,
    description: 'Invitations, the newest first, for administrators.',
    args: pageArguments(t),
    resolve: (_root, page, context) => invitations(context, page),
  }),
  invitationOffer: t.field({
    type: OfferRef,
    nullable: true,
    description: 'What an invitation offers; null where its link is not, or no longer, good.',
    args: { token: t.arg.string({ required: true, description: 'The secret in the link.' }) },
    resolve: (_root, { token }, context) => invitationOffer(context, token),
  }),
}));

defineMutation({
  name: 'inviteMember',
  description: `Makes an invitation. Its secret is shown this once; one made with a token ends with that. To administer only within ${FRESH_MINUTES} minutes of signing in.`,
  input: builder.inputType('InviteMemberInput', {
    description: 'Whom to invite, and to what.',
    fields: (t) => ({
      email: t.string({
        description: 'The only address that may accept it; left out: whoever has the link.',
      }),
      role: t.field({ type: RoleEnum, required: true, description: 'The role that it gives.' }),
      team: t.id({ description: 'Global id of the team that it leads to; left out: the common one.' }),
      expiresInDays: t.int({
        description: `For how many days it is good: 1 to ${LONGEST_INVITATION_DAYS}; left out: ${INVITATION_DAYS}.`,
      }),
    }),
  }),
  run: (change, input) =>
    inviteMember(change, {
      email: input.email ?? null,
      role: input.role as Role,
      team: input.team == null ? null : decodeId(change.context, input.team, ['Team'], ['team']).id,
      days: input.expiresInDays ?? null,
    }),
  success: (t) => ({
    token: t.string({
      description: 'The secret, which the link to the accept page holds.',
      resolve: (made) => made.token,
    }),
    invitation: t.field({
      type: InvitationRef,
      description: 'Everything else about it.',
      resolve: async (made, _args, context) => shown(await context.load(invitationById, made.invitation)),
    }),
  }),
});

defineMutation({
  name: 'revokeInvitation',
  description: 'Takes an invitation back: its link leads nowhere from now on.',
  input: builder.inputType('RevokeInvitationInput', {
    description: 'An invitation to take back.',
    fields: (t) => ({ id: t.id({ required: true, description: 'Global id of the invitation.' }) }),
  }),
  run: (change, input) =>
    revokeInvitation(change, decodeId(change.context, input.id, ['Invitation'], ['id']).id),
  success: (t) => ({
    invitation: t.field({
      type: InvitationRef,
      description: 'The invitation, revoked.',
      resolve: async (made, _args, context) => shown(await context.load(invitationById, made.invitation)),
    }),
  }),
});

const AcceptSuccess = builder
  .objectRef<{ actor: bigint; email: string }>('AcceptInvitationSuccess')
  .implement({
    description: 'What acceptInvitation made.',
    fields: (t) => ({
      actor: t.field({
        type: ActorRef,
        description: 'Whoever joined.',
        resolve: async (made, _args, context) => shown(await context.load(actorById, made.actor)),
      }),
      email: t.exposeString('email', { description: 'The address to sign in with.' }),
    }),
  });
const AcceptResult = resultUnion('AcceptInvitation', AcceptSuccess);
const AcceptInput = builder.inputType('AcceptInvitationInput', {
  description: 'Whoever accepts an invitation.',
  fields: (t) => ({
    token: t.string({ required: true, description: 'The secret in the link.' }),
    name: t.string({ required: true, description: 'What people are to call them: 1 to 200 characters.' }),
    email: t.string({ description: 'Their address, where the invitation names none.' }),
    password: t.string({
      required: true,
      description: `The password to be: ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
    }),
  }),
});

builder.mutationField('acceptInvitation', (t) =>
  t.field({
    type: AcceptResult,
    description: 'Makes the account of whoever holds the link, once. Then sign in by createSession.',
    args: { input: t.arg({ type: AcceptInput, required: true, description: 'All that it takes.' }) },
    resolve: (_root, { input }, context) =>
      bounded(context, input, () => {
        const { token, name, password, email = null } = input;
        return acceptInvitation(context, { token, name, email: email ?? null, password });
      }),
  }),
);
