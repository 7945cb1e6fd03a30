import type { Change } from '../access/change.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { AccessRefusal, ConflictRefusal, type InputPath, NotFoundRefusal } from '../platform/refusal.ts';
import { mayEdit } from './incident.access.ts';
import { lockIncident } from './incident.store.ts';
import type { IncidentFacts } from './incident.ts';

/** An incident by reference, held against other writers until the change ends. */
export async function holdIncident(
  change: Change,
  ref: string,
  path: InputPath = ['incident'],
): Promise<{ node: LineageNodeRow; facts: IncidentFacts }> {
  const { viewer, ids, db } = change.context;
  const node = await resolveRef({ viewer, ids, db, tx: change.tx }, ref, path, ['INCIDENT']);
  if (node.retractedAt !== null) throw new ConflictRefusal(path, 'This incident was retracted.');
  const facts = await lockIncident(change.tx, node.id);
  if (facts === null) throw new NotFoundRefusal(path, `There is no "${ref}".`, ref);
  return { node, facts };
}

/** The same, for whoever may edit it; an AccessRefusal says why not. */
export async function holdToEdit(change: Change, ref: string, path: InputPath = ['incident']) {
  const held = await holdIncident(change, ref, path);
  const permission = mayEdit(change.context.viewer, held.node);
  if (!permission.allowed)
    throw new AccessRefusal('FORBIDDEN', permission.reason ?? 'You may not edit this incident.');
  return held;
}
