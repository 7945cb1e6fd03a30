import type { Change } from '../access/change.ts';
import { AccessRefusal, ConflictRefusal, type InputPath } from '../platform/refusal.ts';
import { type Retractable, retractEdgesOfComposition, retractRow } from './assertions.store.ts';

/** The asserting team and administrators may retract; anybody else may dispute. */
export function mustOwn(change: Change, row: { teamId: bigint }): void {
  if (change.by.role === 'ADMINISTRATOR' || change.by.teamIds.includes(row.teamId)) return;
  throw new AccessRefusal(
    'FORBIDDEN',
    'Only the team that asserts this, or an administrator, may retract it. You may dispute it.',
  );
}

/** Retracts what a principal may retract, a composition with its edges. ConflictRefusal where it was retracted. */
export async function retractOwn(
  change: Change,
  what: Exclude<Retractable, 'Node'>,
  row: { id: bigint; teamId: bigint },
  reason: string | null,
  path: InputPath,
): Promise<void> {
  mustOwn(change, row);
  if (what === 'Composition') await retractEdgesOfComposition(change.tx, row.id, change.by.actorId, reason);
  if (!(await retractRow(change.tx, what, row.id, change.by.actorId, reason)))
    throw new ConflictRefusal(path, 'This was retracted already.', { existing: { type: what, id: row.id } });
}
