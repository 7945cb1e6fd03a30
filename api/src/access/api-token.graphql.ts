import { builder } from '../graphql/builder.ts';
import { connectionOf, pageArguments } from '../graphql/connection.ts';
import { defineMutation } from '../graphql/mutation.ts';
import { decodeId, NodeInterface, registerNode } from '../graphql/node.ts';
import { ActorRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { present } from '../platform/present.ts';
import { MemberRef } from './access.refs.ts';
import {
  type ApiTokenRow,
  apiTokenById,
  apiTokensOf,
  apiTokensUnder,
  createApiToken,
  revokeApiToken,
} from './api-tokens.ts';
import { FRESH_MINUTES } from './fresh-session.ts';
import { SCOPES } from './viewer.ts';

registerNode('ApiToken', apiTokenById);
const ApiTokenRef = builder.objectRef<ApiTokenRow>('ApiToken').implement({
  interfaces: [NodeInterface],
  description: "A tool's token: everything about it but the token itself.",
  fields: (t) => ({
    id: t.id({
      description: 'Global id.',
      resolve: (row, _args, context) => context.ids.encode('ApiToken', row.id),
    }),
    owner: t.field({
      type: ActorRef,
      description: 'Whom it speaks for.',
      resolve: async (row, _args, context) =>
        present(await context.load(actorById, row.actorId), 'The owner'),
    }),
    name: t.exposeString('name', { description: 'What its maker calls it.' }),
    prefix: t.exposeString('prefix', { description: 'How the token begins, to tell it from others.' }),
    scopes: t.exposeStringList('scopes', { description: 'What it may be used for.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends; null: when revoked.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Its last use, to the minute.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked.',
    }),
  }),
});

const ApiTokenConnection = connectionOf<ApiTokenRow>('ApiToken', ApiTokenRef);

builder.queryField('apiTokens', (t) =>
  t.field({
    type: ApiTokenConnection,
    description:
      "The viewer's tokens, the newest first, revoked ones included. A token sees those made with it.",
    args: {
      owner: t.arg.id({ description: 'Global id of a person or service account, for administrators.' }),
      ...pageArguments(t),
    },
    resolve: (_root, { owner, ...page }, context) =>
      apiTokensOf(context, owner == null ? null : decodeId(context, owner, ['Actor'], ['owner']).id, page),
  }),
);

builder.objectField(MemberRef, 'apiTokens', (t) =>
  t.field({
    type: ApiTokenConnection,
    description: 'Its tokens, the newest first, revoked ones included.',
    args: pageArguments(t),
    resolve: (member, page, context) => apiTokensUnder(context, member.id, page),
  }),
);

defineMutation({
  name: 'createApiToken',
  description: `Makes a token for a tool. The token is shown this once. By a session only within ${FRESH_MINUTES} minutes of signing in.`,
  input: builder.inputType('CreateApiTokenInput', {
    description: 'A token to make.',
    fields: (t) => ({
      name: t.string({ required: true, description: 'What to call it: 1 to 100 characters.' }),
      scopes: t.stringList({
        required: true,
        description: `Any of ${SCOPES.join(', ')}, as far as you have them.`,
      }),
      expiresAt: t.field({ type: 'DateTime', description: 'When it ends; left out: when revoked.' }),
      owner: t.id({
        description:
          'Global id of the service account that it is for; left out: the viewer. Administrators only.',
      }),
    }),
  }),
  run: (change, { owner, ...input }) =>
    createApiToken(change, {
      ...input,
      owner: owner == null ? null : decodeId(change.context, owner, ['Actor'], ['owner']).id,
    }),
  success: (t) => ({
    token: t.string({ description: 'The token, in clear.', resolve: (made) => made.token }),
    apiToken: t.field({
      type: ApiTokenRef,
      description: 'Everything else about it.',
      resolve: async (made, _args, context) => (await context.load(apiTokenById, made.apiToken))!,
    }),
  }),
});

defineMutation({
  name: 'revokeApiToken',
  description: 'Revokes a token: it stops working at once.',
  input: builder.inputType('RevokeApiTokenInput', {
    description: 'A token to revoke.',
    fields: (t) => ({ id: t.id({ required: true, description: 'Global id of the token.' }) }),
  }),
  run: (change, input) => revokeApiToken(change, decodeId(change.context, input.id, ['ApiToken'], ['id']).id),
  success: (t) => ({
    apiToken: t.field({
      type: ApiTokenRef,
      description: 'The token, revoked.',
      resolve: async (made, _args, context) => (await context.load(apiTokenById, made.apiToken))!,
    }),
  }),
});
