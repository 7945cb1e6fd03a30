import type { Context } from '../context.ts';
import { builder } from '../graphql/builder.ts';
import { RoleEnum } from '../graphql/enums.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { decodeId } from '../graphql/node.ts';
import { ActorRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { shown } from '../platform/shown.ts';
import { MemberRef } from './access.refs.ts';
import type { Change } from './change.ts';
import {
  changeMemberRole,
  disableMember,
  enableMember,
  revokeMemberSessions,
  updateProfile,
} from './change-member.ts';
import { createServiceAccount } from './create-service-account.ts';
import { memberById } from './read-members.ts';
import { signedInPerson } from './sessions.ts';
import type { Role } from './viewer.ts';

const MEMBER = 'Global id of the account.';
const KEY = 'Makes a repetition safe: the same key and input get the same answer for 24 hours.';
const memberId = (change: Change, id: string) => decodeId(change.context, id, ['Actor'], ['member']).id;
const loaded = async (made: { member: bigint }, _args: unknown, context: Context) =>
  shown(await context.load(memberById, made.member));

const memberInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      member: t.id({ required: true, description: MEMBER }),
      idempotencyKey: t.string({ description: KEY }),
    }),
  });

defineMutation({
  name: 'changeMemberRole',
  description: 'Gives an account another role, from its next request on.',
  input: builder.inputType('ChangeMemberRoleInput', {
    description: 'The role to give.',
    fields: (t) => ({
      member: t.id({ required: true, description: MEMBER }),
      role: t.field({ type: RoleEnum, required: true, description: 'The role to give.' }),
      idempotencyKey: t.string({ description: KEY }),
    }),
  }),
  run: (change, input) =>
    changeMemberRole(change, { member: memberId(change, input.member), role: input.role as Role }),
  success: (t) => ({
    member: t.field({ type: MemberRef, description: 'The account.', resolve: loaded }),
  }),
});

defineMutation({
  name: 'disableMember',
  description: 'Disables an account: its sessions end, and its tokens rest until it is enabled.',
  input: memberInput('DisableMemberInput', 'An account to disable.'),
  run: (change, input) => disableMember(change, memberId(change, input.member)),
  success: (t) => ({
    member: t.field({ type: MemberRef, description: 'The account, disabled.', resolve: loaded }),
  }),
});

defineMutation({
  name: 'enableMember',
  description: 'Enables an account again.',
  input: memberInput('EnableMemberInput', 'An account to enable.'),
  run: (change, input) => enableMember(change, memberId(change, input.member)),
  success: (t) => ({
    member: t.field({ type: MemberRef, description: 'The account, enabled.', resolve: loaded }),
  }),
});

defineMutation({
  name: 'revokeMemberSessions',
  description: 'Ends all sessions of an account, at once.',
  input: memberInput('RevokeMemberSessionsInput', 'The account whose sessions to end.'),
  run: (change, input) => revokeMemberSessions(change, memberId(change, input.member)),
  success: (t) => ({
    member: t.field({ type: MemberRef, description: 'The account.', resolve: loaded }),
    revoked: t.int({ description: 'How many sessions were ended.', resolve: (made) => made.revoked }),
  }),
});

defineMutation({
  name: 'createServiceAccount',
  description: 'Makes an account for a program, which then gets its tokens by createApiToken.',
  input: builder.inputType('CreateServiceAccountInput', {
    description: 'A service account to make.',
    fields: (t) => ({
      name: t.string({ required: true, description: 'What to call the program: 1 to 200 characters.' }),
      role: t.field({ type: RoleEnum, required: true, description: 'What it may do at most.' }),
      team: t.id({ description: 'Global id of the team that it asserts for; left out: the common one.' }),
      idempotencyKey: t.string({ description: KEY }),
    }),
  }),
  run: (change, input) =>
    createServiceAccount(change, {
      name: input.name,
      role: input.role as Role,
      team: input.team == null ? null : decodeId(change.context, input.team, ['Team'], ['team']).id,
    }),
  success: (t) => ({
    member: t.field({ type: MemberRef, description: 'The account.', resolve: loaded }),
  }),
});

defineMutation({
  name: 'updateProfile',
  description: "Changes the viewer's own name, as it stands beside what they recorded.",
  input: builder.inputType('UpdateProfileInput', {
    description: 'What to change.',
    fields: (t) => ({
      name: t.string({ required: true, description: 'The name: 1 to 200 characters.' }),
      idempotencyKey: t.string({ description: KEY }),
    }),
  }),
  run: (change, input) => {
    signedInPerson(change.context);
    return updateProfile(change, input);
  },
  success: (t) => ({
    actor: t.field({
      type: ActorRef,
      description: 'The viewer, as others now see them.',
      resolve: async (made, _args, context) => shown(await context.load(actorById, made.actor)),
    }),
  }),
});
