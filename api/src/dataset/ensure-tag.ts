import type { Change } from '../access/change.ts';
import { namespaceOf } from '../lineage/namespace-of.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { checkName } from '../lineage/record-node.ts';
import type { InputPath } from '../platform/refusal.ts';
import { ensureTagRow, widenTagRow } from './dataset.store.ts';
import { tagsByName } from './read-datasets.ts';

/** The content tag of this name, made where there is none; shown publicly where something public carries it. */
export async function ensureTag(
  change: Change,
  name: string,
  path: InputPath,
  visibility: VisibilityWord = 'MEMBERS',
): Promise<bigint> {
  checkName(name, path);
  const { viewer, db } = change.context;
  const held = (await tagsByName({ viewer, db, tx: change.tx }, [name])).get(name);
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  const id = held?.id ?? (await ensureTagRow(change.tx, by, await namespaceOf(change), name, visibility));
  if (visibility === 'PUBLIC') await widenTagRow(change.tx, id);
  return id;
}
