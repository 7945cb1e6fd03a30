import type { Change } from '../access/change.ts';
import { takenName } from '../access/taken-name.ts';
import { namespaceOf } from '../lineage/namespace-of.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { checkName } from '../lineage/record-node.ts';
import type { InputPath } from '../platform/refusal.ts';
import { ensureTagRow, widenTagRow } from './dataset.store.ts';
import type { ContentTagRow } from './dataset.ts';
import { tagsByName } from './read-datasets.ts';

/**
 * The content tag of this name, made where the writer sees none. Where something public carries it, it is shown
 * publicly if it is the writer's team's: another team's is theirs to show (decision 11). A ConflictRefusal where a
 * colleague's, which the writer does not see, has the name.
 */
export async function ensureTag(
  change: Change,
  name: string,
  path: InputPath,
  visibility: VisibilityWord = 'MEMBERS',
): Promise<bigint> {
  checkName(name, path);
  const { viewer, db } = change.context;
  const held = (await tagsByName({ viewer, db, tx: change.tx }, [name])).get(name);
  const tag = held ?? (await ownTag(change, name, path, visibility));
  if (visibility === 'PUBLIC' && tag.teamId === change.teamId) await widenTagRow(change.tx, tag.id);
  return tag.id;
}

async function ownTag(
  change: Change,
  name: string,
  path: InputPath,
  visibility: VisibilityWord,
): Promise<ContentTagRow> {
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  const namespace = await namespaceOf(change);
  const tag = await ensureTagRow(change.tx, change.by, by, { namespace, name, visibility });
  if (!tag.seen) throw takenName(path, name);
  return tag;
}
