import { builder } from '../graphql/builder.ts';
import { RoleEnum } from '../graphql/enums.ts';
import { ActorRef, TeamRef } from '../lineage/lineage.refs.ts';
import { actorById, teamById } from '../lineage/read-actors.ts';
import { MemberRef, PermissionRef, ViewerRef } from './access.refs.ts';
import { type OwnIdentity, ownIdentities } from './read-identities.ts';
import { ownAccount } from './read-members.ts';
import { may, SCOPES, type Scope } from './viewer.ts';

const OwnIdentityRef = builder.objectRef<OwnIdentity>('OwnIdentity').implement({
  description: 'A provider by whose identity the viewer signs in, too.',
  fields: (t) => ({
    issuer: t.exposeString('issuer', { description: 'The provider, as it names itself.' }),
    linkedAt: t.expose('linkedAt', {
      type: 'DateTime',
      description: 'When the first identity of it that they sign in by was linked.',
    }),
    canUnlink: t.expose('canUnlink', {
      type: PermissionRef,
      description: 'Whether unlinkIdentity would leave them another way to sign in.',
    }),
  }),
});

ViewerRef.implement({
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
    account: t.field({
      type: MemberRef,
      nullable: true,
      description:
        'The account of the person who is signed in; null for an anonymous caller and for a token.',
      resolve: (_viewer, _args, context) => ownAccount(context),
    }),
    identities: t.field({
      type: [OwnIdentityRef],
      description:
        'The providers by whose identities the person who is signed in signs in; none for a token.',
      resolve: (_viewer, _args, context) => ownIdentities(context),
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
