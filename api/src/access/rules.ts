// The few rules that the list of permissions is made of: which callers, with which scope.
import { type Permission, ROLES, type Role, type Scope, type Viewer } from './viewer.ts';

export type Caller = 'ANONYMOUS' | Role;

export interface Rule {
  /** Whose request is let through; what it then sees and touches is for the visibility predicate to say. */
  callers: readonly Caller[];
  /** What the session or token must be good for besides; null: nothing. */
  scope: Scope | null;
  /** Whether it must be good for reading besides, where what they give is answered by what they may read. */
  reads?: boolean;
  /** Why not, for those who are not among the callers. */
  otherwise: string;
}

const WRITERS = ['REPORTER', 'INVESTIGATOR', 'ADMINISTRATOR'] as const;
const WRITE = 'Only reporters, investigators and administrators may do this';

export const RULES = {
  /** Anybody may ask; the answer holds what they may see. */
  everyone: { callers: ['ANONYMOUS', ...ROLES], scope: null, otherwise: '' },
  /** Whoever is signed in, whatever their token is for: about themselves alone. */
  signedIn: { callers: ROLES, scope: null, otherwise: 'Sign in, or send a token, to do this' },
  /** Their own tokens and account. An auditor has these too: nothing of the record changes. */
  ownAccount: { callers: ROLES, scope: 'read', otherwise: 'Sign in, or send a token, to do this' },
  /** Reading what is sealed: whoever sees the evidence, for a reason that is recorded before the first byte. */
  reveal: { callers: ROLES, scope: 'read', otherwise: 'Sign in, or send a token, to do this' },
  fileIncidents: { callers: WRITERS, scope: 'write:incidents', otherwise: WRITE },
  /** A file for an incident, which is found by what its sender sees. */
  sendEvidence: { callers: WRITERS, scope: 'write:incidents', reads: true, otherwise: WRITE },
  recordLineage: { callers: WRITERS, scope: 'write:lineage', otherwise: WRITE },
  recordEvals: { callers: WRITERS, scope: 'write:evals', otherwise: WRITE },
  /** What a file records is told by its first line, and needs the scope for that besides. */
  bringIn: { callers: WRITERS, scope: 'read', otherwise: WRITE },
  /** Whoever writes things of a kind says who may see them: the thing's own scope is asked for besides. */
  share: { callers: WRITERS, scope: 'read', otherwise: WRITE },
  judge: {
    callers: ['INVESTIGATOR', 'ADMINISTRATOR'],
    scope: 'write:incidents',
    otherwise: 'Only investigators and administrators may do this',
  },
  administer: { callers: ['ADMINISTRATOR'], scope: 'admin', otherwise: 'Only administrators may do this' },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

/** Whether the rule lets this viewer through: their role is among its callers, and their credential has its scopes. */
export function permits(viewer: Viewer, name: RuleName): Permission {
  const rule: Rule = RULES[name];
  const refused = (reason: string): Permission => ({ allowed: false, reason });
  if (viewer.kind === 'anonymous')
    return rule.callers.includes('ANONYMOUS')
      ? { allowed: true, reason: null }
      : refused('Sign in, or send a token, to do this.');
  if (!rule.callers.includes(viewer.role))
    return refused(`${rule.otherwise}: the role ${viewer.role.toLowerCase()} may not.`);
  const needed: readonly (Scope | null)[] = [rule.reads === true ? 'read' : null, rule.scope];
  const lacking = needed.find((scope) => scope !== null && !viewer.scopes.has(scope));
  if (lacking !== undefined) return refused(`The token used lacks the scope ${lacking}.`);
  return { allowed: true, reason: null };
}

/**
 * Whether somebody whose role is changed from the one to the other may no longer do, or see, all that they might. A scope
 * does not tell: an investigator's reaches further than a reporter's. Nor is an auditor's word, of somebody who records
 * nothing, that of whoever may record by now.
 */
export function losesRights(from: Role, to: Role): boolean {
  if (from === to) return false;
  if (from === 'AUDITOR') return true;
  return Object.values(RULES).some(({ callers }: Rule) => callers.includes(from) && !callers.includes(to));
}
