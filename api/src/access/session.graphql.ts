import { builder } from '../graphql/builder.ts';
import { RoleEnum } from '../graphql/enums.ts';
import { decodeId, idOf } from '../graphql/node.ts';
import { resultUnion } from '../graphql/result.ts';
import { ActorRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { bounded } from './bounded.ts';
import { changePassword } from './change-password.ts';
import { FRESH_MINUTES } from './fresh-session.ts';
import { linkIdentity } from './link-identity.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts';
import { linkedAt } from './read-identities.ts';
import {
  type ActiveSession,
  activeSessions,
  createSession,
  type IssuedSession,
  renewSession,
  revokeSession,
} from './sessions.ts';
import { signInByProvider } from './sign-in-by-provider.ts';
import { providersOf, type SignInProvider } from './sign-in-settings.ts';
import { unlinkIdentity } from './unlink-identity.ts';
import type { Role } from './viewer.ts';

const SignInProviderRef = builder.objectRef<SignInProvider>('SignInProvider').implement({
  description: 'Somebody whose word on who a person is is taken here.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'What createSessionFromProvider calls it: oidc or github.' }),
    name: t.exposeString('name', { description: 'What people call it.' }),
    issuer: t.exposeString('issuer', {
      description: 'The address that it names itself by, as in the issuers of an account.',
    }),
    linkedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When the viewer first got an identity of it that they sign in by; null where they have none.',
      resolve: (row, _args, context) => linkedAt(context, row.issuer),
    }),
  }),
});

const ActiveSessionRef = builder.objectRef<ActiveSession>('ActiveSession').implement({
  description: 'A session that is open: where it is used, and nothing secret of it.',
  fields: (t) => ({
    id: t.id(idOf('ActiveSession')),
    current: t.boolean({
      description: 'Whether this request came by it.',
      resolve: (row, _args, { viewer }) => viewer.kind === 'principal' && viewer.sessionId === row.id,
    }),
    userAgent: t.exposeString('userAgent', {
      nullable: true,
      description: 'What the browser or tool called itself when it signed in.',
    }),
    address: t.exposeString('address', {
      nullable: true,
      description: 'The network address that it signed in from.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was opened.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      description: 'Its last use, to some ten minutes.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
  }),
});

builder.queryFields((t) => ({
  signInProviders: t.field({
    type: [SignInProviderRef],
    description: 'The providers that people may sign in with here, beside a password.',
    resolve: (_root, _args, context) => providersOf(context.signIn),
  }),
  sessions: t.field({
    type: [ActiveSessionRef],
    description: "The viewer's own open sessions, the one used last first; at most 1,000.",
    resolve: (_root, _args, context) => activeSessions(context),
  }),
}));

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
const CreateSessionFromProviderResult = resultUnion('CreateSessionFromProvider', CreateSessionSuccess);
const ProviderSignInInput = builder.inputType('CreateSessionFromProviderInput', {
  description: 'What a provider gave whoever signed in there.',
  fields: (t) => ({
    provider: t.string({ required: true, description: 'The id of one of signInProviders.' }),
    idToken: t.string({ description: 'The ID token of an OpenID Connect provider.' }),
    nonce: t.string({ description: 'The nonce that the ID token was asked for with.' }),
    accessToken: t.string({
      description:
        "The provider's access token: of GitHub always; of others, to ask for what the ID token lacks.",
    }),
    invitation: t.string({ description: 'The secret of an invitation, where one is accepted by this.' }),
  }),
});
const LinkIdentitySuccess = builder.objectRef<{ issuer: string }>('LinkIdentitySuccess').implement({
  description: 'What linkIdentity did.',
  fields: (t) => ({ issuer: t.exposeString('issuer', { description: 'The provider, as it names itself.' }) }),
});
const LinkIdentityResult = resultUnion('LinkIdentity', LinkIdentitySuccess);
const LinkIdentityInput = builder.inputType('LinkIdentityInput', {
  description: 'What a provider gave whoever is signed in here.',
  fields: (t) => ({
    provider: t.string({ required: true, description: 'The id of one of signInProviders.' }),
    idToken: t.string({ description: 'The ID token of an OpenID Connect provider.' }),
    nonce: t.string({ description: 'The nonce that the ID token was asked for with.' }),
    accessToken: t.string({ description: "The provider's access token, as for createSessionFromProvider." }),
  }),
});
const UnlinkIdentitySuccess = builder
  .objectRef<{ issuer: string; revoked: number }>('UnlinkIdentitySuccess')
  .implement({
    description: 'What unlinkIdentity did.',
    fields: (t) => ({
      issuer: t.exposeString('issuer', { description: 'The provider, as it names itself.' }),
      revoked: t.exposeInt('revoked', { description: 'How many other sessions were ended.' }),
    }),
  });
const UnlinkIdentityResult = resultUnion('UnlinkIdentity', UnlinkIdentitySuccess);
const UnlinkIdentityInput = builder.inputType('UnlinkIdentityInput', {
  description: 'By whose identities the viewer is to sign in no longer.',
  fields: (t) => ({
    issuer: t.string({ required: true, description: 'One of the issuers of viewer.identities.' }),
  }),
});
const ChangePasswordSuccess = builder.objectRef<{ revoked: number }>('ChangePasswordSuccess').implement({
  description: 'What changePassword did.',
  fields: (t) => ({
    revoked: t.exposeInt('revoked', { description: 'How many other sessions were ended.' }),
  }),
});
const ChangePasswordResult = resultUnion('ChangePassword', ChangePasswordSuccess);
const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  description: "A new password for the viewer's account.",
  fields: (t) => ({
    currentPassword: t.string({ required: true, description: 'The password as it is.' }),
    newPassword: t.string({
      required: true,
      description: `The password to be: ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
    }),
  }),
});

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
  description: 'Which sessions to end: this one, unless something else is said.',
  fields: (t) => ({
    id: t.id({ description: "Global id of another of the viewer's sessions." }),
    others: t.boolean({
      required: true,
      defaultValue: false,
      description: "All of the viewer's but this one.",
    }),
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
  createSessionFromProvider: t.field({
    type: CreateSessionFromProviderResult,
    description: 'Signs in whoever one of signInProviders vouches for. Throttled for each address.',
    args: { input: t.arg({ type: ProviderSignInInput, required: true, description: 'All that it takes.' }) },
    resolve: (_root, { input }, context) =>
      bounded(context, input, async () => {
        const { provider, idToken = null, nonce = null, accessToken = null, invitation = null } = input;
        const given = { provider, idToken, nonce, accessToken, invitation };
        return { session: await signInByProvider(context, given) };
      }),
  }),
  linkIdentity: t.field({
    type: LinkIdentityResult,
    description: `Lets the viewer sign in by an identity of a provider, too. Within ${FRESH_MINUTES} minutes of signing in; never by a token.`,
    args: { input: t.arg({ type: LinkIdentityInput, required: true, description: 'All that it takes.' }) },
    resolve: (_root, { input }, context) =>
      bounded(context, input, () => {
        const { provider, idToken = null, nonce = null, accessToken = null } = input;
        return linkIdentity(context, { provider, idToken, nonce, accessToken });
      }),
  }),
  unlinkIdentity: t.field({
    type: UnlinkIdentityResult,
    description: `The viewer no longer signs in by their identities of a provider, and other sessions opened by them end. Never the last way to sign in; within ${FRESH_MINUTES} minutes of signing in; never by a token.`,
    args: { input: t.arg({ type: UnlinkIdentityInput, required: true, description: 'All that it takes.' }) },
    resolve: (_root, { input }, context) => bounded(context, input, () => unlinkIdentity(context, input)),
  }),
  changePassword: t.field({
    type: ChangePasswordResult,
    description: "Changes the viewer's own password and ends their other sessions.",
    args: { input: t.arg({ type: ChangePasswordInput, required: true, description: 'All that it takes.' }) },
    resolve: (_root, { input }, context) => bounded(context, input, () => changePassword(context, input)),
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
    description: "Ends this session, another, or all of the viewer's, at once.",
    args: { input: t.arg({ type: RevokeSessionInput, required: true, description: 'All that it takes.' }) },
    resolve: (_root, { input }, context) =>
      bounded(context, input, async () => {
        const id = input.id == null ? null : decodeId(context, input.id, ['ActiveSession'], ['id']).id;
        return { revoked: await revokeSession(context, { all: input.all, others: input.others, id }) };
      }),
  }),
}));
