// Who is asking, and what their role and scopes let them do.

export const ROLES = ['VIEWER', 'REPORTER', 'INVESTIGATOR', 'AUDITOR', 'ADMINISTRATOR'] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = ['read', 'write:incidents', 'write:lineage', 'write:evals', 'audit', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Anonymous {
  kind: 'anonymous';
}

export interface Principal {
  kind: 'principal';
  actorId: bigint;
  actorKind: 'PERSON' | 'SERVICE' | 'SYSTEM';
  name: string;
  role: Role;
  /** Teams the actor belongs to; the first is the party in whose name they assert. */
  teamIds: readonly bigint[];
  /** Scopes granted by the credential: a session has all that the role allows, a token fewer. */
  scopes: ReadonlySet<Scope>;
  sessionId: bigint | null;
  tokenId: bigint | null;
}

export type Viewer = Anonymous | Principal;

export const ANONYMOUS: Anonymous = { kind: 'anonymous' };

/** What each role may do at most; a token narrows it by its scopes. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  VIEWER: ['read'],
  REPORTER: ['read', 'write:incidents', 'write:lineage', 'write:evals'],
  INVESTIGATOR: ['read', 'write:incidents', 'write:lineage', 'write:evals'],
  AUDITOR: ['read', 'audit'],
  ADMINISTRATOR: ['read', 'write:incidents', 'write:lineage', 'write:evals', 'audit', 'admin'],
};

export interface Permission {
  allowed: boolean;
  /** Why not, in a sentence for the person who asked; null where allowed. */
  reason: string | null;
}

/** Whether `viewer` may use `scope`: their role must allow it and their credential carry it. */
export function may(viewer: Viewer, scope: Scope): Permission {
  if (viewer.kind === 'anonymous') {
    return { allowed: false, reason: 'Sign in, or send a token, to do this.' };
  }
  if (!ROLE_SCOPES[viewer.role].includes(scope)) {
    return {
      allowed: false,
      reason: `The role ${viewer.role.toLowerCase()} may not do this (it needs ${scope}).`,
    };
  }
  if (!viewer.scopes.has(scope)) {
    return { allowed: false, reason: `The token used lacks the scope ${scope}.` };
  }
  return { allowed: true, reason: null };
}

/** Whether `viewer` reads as somebody known: a token without the scope read sees no more than the anonymous. */
export function readsAsMember(viewer: Viewer): viewer is Principal {
  return viewer.kind === 'principal' && viewer.scopes.has('read');
}

/** Auditors and administrators read everything. */
export function readsEverything(viewer: Principal): boolean {
  return viewer.role === 'AUDITOR' || viewer.role === 'ADMINISTRATOR';
}
