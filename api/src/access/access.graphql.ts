import type { Context } from '../context.ts';
import { builder } from '../graphql/builder.ts';
import { RoleEnum } from '../graphql/enums.ts';
import { checkBounds, defineMutation } from '../graphql/mutation.ts';
import { decodeId, NodeInterface, registerNode } from '../graphql/node.ts';
import { answer, resultUnion } from '../graphql/result.ts';
import { ActorRef, TeamRef } from '../lineage/lineage.refs.ts';
import { actorById, teamById } from '../lineage/read-actors.ts';
import { PermissionRef } from './access.refs.ts';
import type { ApiTokenRow } from './access.store.ts';
import { apiTokenById, createApiToken, revokeApiToken } from './api-tokens.ts';
import { createSession, type IssuedSession, renewSession, revokeSession } from './sessions.ts';
import { may, type Role, SCOPES, type Scope, type Viewer } from './viewer.ts';

const ViewerRef = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who is asking.',
  fields: (t) => ({
    signedIn: t.boolean({
      description: 'Whether a session or token came with the request.',
      resolve: (viewer) => viewer.kind === 'principal',
    }),
    actor: t.field({
      type: ActorRef,
      nullable: true,
      description: 'The person or service; null for an anonymous caller.',
      resolve: (viewer, _args, context) =>
        viewer.kind === 'principal' ? context.load(actorById, viewer.actorId) : null,
    }),
    role: t.field({
      type: RoleEnum,
      nullable: true,
      description: 'The role; null for an anonymous caller.',
      resolve: (viewer) => (viewer.kind === 'principal' ? (viewer.role as never) : null),
    }),
    scopes: t.stringList({
      description: 'What the session or token may be used for.',
      resolve: (viewer) => (viewer.kind === 'principal' ? [...viewer.scopes] : []),
    }),
    teams: t.field({
      type: [TeamRef],
      description: 'The teams the viewer belongs to; the first is the party they assert for.',
      resolve: async (viewer, _args, context) => {
        if (viewer.kind === 'anonymous') return [];
        const teams = await Promise.all(viewer.teamIds.map((id) => context.load(teamById, id)));
        return teams.filter((team) => team !== null);
      },
    }),
    can: t.field({
      type: PermissionRef,
      description: 'Whether the viewer may use a scope, such as write:incidents.',
      args: { action: t.arg.string({ required: true, description: `One of ${SCOPES.join(', ')}.` }) },
      resolve: (viewer, { action }) =>
        (SCOPES as readonly string[]).includes(action)
          ? may(viewer, action as Scope)
          : { allowed: false, reason: `There is no scope "${action}".` },
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    description: 'Who is asking.',
    resolve: (_root, _args, context) => context.viewer,
  }),
);

const SessionRef = builder.objectRef<IssuedSession>('Session').implement({
  description: 'A signed-in session, as its client is given it. The handle and the token are secrets.',
  fields: (t) => ({
    handle: t.exposeString('handle', {
      description: 'Renews the access token until the session ends. A secret.',
    }),
    accessToken: t.exposeString('accessToken', { description: 'Sent as Authorization: Bearer. A secret.' }),
    accessTokenExpiresAt: t.expose('accessTokenExpiresAt', {
      type: 'DateTime',
      description: 'When to renew it.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the session itself ends.',
      resolve: (issued) => issued.session.expiresAt,
    }),
    actor: t.field({
      type: ActorRef,
      description: 'Who signed in.',
      resolve: async (issued, _args, context) => (await context.load(actorById, issued.session.actorId))!,
    }),
    role: t.field({
      type: RoleEnum,
      description: 'Their role.',
      resolve: (issued) => issued.session.role as Role as never,
    }),
    email: t.string({
      nullable: true,
      description: 'Their address.',
      resolve: (issued) => issued.session.email,
    }),
  }),
});

const CreateSessionSuccess = builder.objectRef<{ session: IssuedSession }>('CreateSessionSuccess').implement({
  description: 'What createSession and renewSession made.',
  fields: (t) => ({ session: t.expose('session', { type: SessionRef, description: 'The session.' }) }),
});
const CreateSessionResult = resultUnion('CreateSession', CreateSessionSuccess);
const RevokeSessionSuccess = builder.objectRef<{ revoked: number }>('RevokeSessionSuccess').implement({
  description: 'What revokeSession did.',
  fields: (t) => ({ revoked: t.exposeInt('revoked', { description: 'How many sessions were ended.' }) }),
});
const RevokeSessionResult = resultUnion('RevokeSession', RevokeSessionSuccess);

const CreateSessionInput = builder.inputType('CreateSessionInput', {
  description: 'Sign-in by e-mail address and password.',
  fields: (t) => ({
    email: t.string({ required: true, description: 'The address of the account.' }),
    password: t.string({ required: true, description: 'Its password.' }),
  }),
});
const RenewSessionInput = builder.inputType('RenewSessionInput', {
  description: 'A session to renew.',
  fields: (t) => ({ handle: t.string({ required: true, description: 'The handle given at sign-in.' }) }),
});
const RevokeSessionInput = builder.inputType('RevokeSessionInput', {
  description: 'Which sessions to end.',
  fields: (t) => ({
    all: t.boolean({
      required: true,
      defaultValue: false,
      description: "All of the viewer's, not only this one.",
    }),
  }),
});

builder.mutationFields((t) => ({
  createSession: t.field({
    type: CreateSessionResult,
    description: 'Signs in by e-mail address and password. Throttled for each account and address.',
    args: { input: t.arg({ type: CreateSessionInput, required: true, description: 'All that it takes.' }) },
    resolve: (_root, { input }, context) =>
      bounded(context, input, async () => ({ session: await createSession(context, input) })),
  }),
  renewSession: t.field({
    type: CreateSessionResult,
    description: 'Exchanges a session handle for a new short-lived access token.',
    args: { input: t.arg({ type: RenewSessionInput, required: true, description: 'All that it takes.' }) },
    resolve: (_root, { input }, context) =>
      bounded(context, input, async () => ({ session: await renewSession(context, input.handle) })),
  }),
  revokeSession: t.field({
    type: RevokeSessionResult,
    description: "Ends this session, or all of the viewer's, at once.",
    args: { input: t.arg({ type: RevokeSessionInput, required: true, description: 'All that it takes.' }) },
    resolve: (_root, { input }, context) =>
      bounded(context, input, async () => ({ revoked: await revokeSession(context, input.all) })),
  }),
}));

/** Sessions are changed by who is not signed in yet, so these three don't go through `defineMutation`. */
function bounded<S>(context: Context, input: object, work: () => Promise<S>) {
  return answer(async () => {
    checkBounds(input, []);
    const result = await work();
    context.forget();
    return result;
  }) as Promise<S>;
}

registerNode('ApiToken', apiTokenById);
const ApiTokenRef = builder.objectRef<ApiTokenRow>('ApiToken').implement({
  interfaces: [NodeInterface],
  description: "A tool's token: everything about it but the token itself.",
  fields: (t) => ({
    id: t.id({
      description: 'Global id.',
      resolve: (row, _args, context) => context.ids.encode('ApiToken', row.id),
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

defineMutation({
  name: 'createApiToken',
  description: 'Makes a token for a tool. The token is shown this once.',
  input: builder.inputType('CreateApiTokenInput', {
    description: 'A token to make.',
    fields: (t) => ({
      name: t.string({ required: true, description: 'What to call it: 1 to 100 characters.' }),
      scopes: t.stringList({
        required: true,
        description: `Any of ${SCOPES.join(', ')}, as far as you have them.`,
      }),
      expiresAt: t.field({ type: 'DateTime', description: 'When it ends; left out: when revoked.' }),
    }),
  }),
  run: (change, input) => createApiToken(change, input),
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
