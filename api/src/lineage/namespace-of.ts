import type { Change } from '../access/change.ts';
import type { Context } from '../context.ts';
import { selectNamespaces } from './node.store.ts';
import { selectNamespace } from './record.store.ts';

/** The namespace in which the team that acts gives names. */
export function namespaceOf(change: Change): Promise<string> {
  return selectNamespace(change.tx, change.teamId);
}

/** The namespaces of the viewer's teams, the first team's first. */
export async function namespacesOfViewer(context: Pick<Context, 'db' | 'viewer'>): Promise<string[]> {
  return context.viewer.kind === 'principal' ? selectNamespaces(context.db, context.viewer.teamIds) : [];
}
