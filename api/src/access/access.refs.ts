import { builder } from '../graphql/builder.ts';
import type { MemberRow } from './read-members.ts';
import type { Permission, Viewer } from './viewer.ts';

export const ViewerRef = builder.objectRef<Viewer>('Viewer');
export const MemberRef = builder.objectRef<MemberRow>('Member');

export const PermissionRef = builder.objectRef<Permission>('Permission').implement({
  description: 'Whether something may be done, and if not, why not.',
  fields: (t) => ({
    allowed: t.exposeBoolean('allowed', { description: 'Whether it may be done.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why not, in a sentence; null where allowed.',
    }),
  }),
});
