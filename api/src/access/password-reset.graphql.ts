import { builder } from '../graphql/builder.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { decodeId } from '../graphql/node.ts';
import { resultUnion } from '../graphql/result.ts';
import { shown } from '../platform/shown.ts';
import { MemberRef } from './access.refs.ts';
import { bounded } from './bounded.ts';
import { FRESH_MINUTES } from './fresh-session.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts';
import type { PasswordResetRow } from './password-reset.store.ts';
import { memberById } from './read-members.ts';
import { createPasswordReset, passwordResetOffer, RESET_HOURS, resetPassword } from './reset-password.ts';

const OfferRef = builder.objectRef<PasswordResetRow>('PasswordResetOffer').implement({
  description: 'Whose password whoever holds the link can set.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What people call them.' }),
    email: t.exposeString('email', { description: 'The address to sign in with.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when the link is good.' }),
  }),
});

builder.queryField('passwordResetOffer', (t) =>
  t.field({
    type: OfferRef,
    nullable: true,
    description: 'Whose password a link can set; null where the link is not, or no longer, good.',
    args: { token: t.arg.string({ required: true, description: 'The secret in the link.' }) },
    resolve: (_root, { token }, context) => passwordResetOffer(context, token),
  }),
);

defineMutation({
  name: 'createPasswordReset',
  description: `Makes a link by which a person sets a new password, once and within ${RESET_HOURS} hours. Its secret is shown this once. Within ${FRESH_MINUTES} minutes of signing in; never by a token.`,
  input: builder.inputType('CreatePasswordResetInput', {
    description: 'Whose password is to be set.',
    fields: (t) => ({ member: t.id({ required: true, description: 'Global id of the account.' }) }),
  }),
  run: (change, input) =>
    createPasswordReset(change, decodeId(change.context, input.member, ['Actor'], ['member']).id),
  success: (t) => ({
    token: t.string({
      description: 'The secret, which the link holds.',
      resolve: (made) => made.token,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Until when the link is good.',
      resolve: (made) => new Date(made.expiresAt),
    }),
    member: t.field({
      type: MemberRef,
      description: 'The account.',
      resolve: async (made, _args, context) => shown(await context.load(memberById, made.member)),
    }),
  }),
});

const ResetSuccess = builder.objectRef<{ email: string; revoked: number }>('ResetPasswordSuccess').implement({
  description: 'What resetPassword did.',
  fields: (t) => ({
    email: t.exposeString('email', { description: 'The address to sign in with.' }),
    revoked: t.exposeInt('revoked', { description: 'How many sessions were ended.' }),
  }),
});
const ResetResult = resultUnion('ResetPassword', ResetSuccess);
const ResetInput = builder.inputType('ResetPasswordInput', {
  description: 'A new password, by a link.',
  fields: (t) => ({
    token: t.string({ required: true, description: 'The secret in the link.' }),
    password: t.string({
      required: true,
      description: `The password to be: ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
    }),
  }),
});

builder.mutationField('resetPassword', (t) =>
  t.field({
    type: ResetResult,
    description:
      'Sets the password of the account that a link is for, once, and ends all its sessions. Throttled for each address.',
    args: { input: t.arg({ type: ResetInput, required: true, description: 'All that it takes.' }) },
    resolve: (_root, { input }, context) => bounded(context, input, () => resetPassword(context, input)),
  }),
);
