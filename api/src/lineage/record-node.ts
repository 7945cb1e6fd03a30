import type { Change } from '../access/change.ts';
import { databaseError } from '../platform/database-error.ts';
import { ConflictRefusal, type InputPath, InputRefusal } from '../platform/refusal.ts';
import type { NodeKind } from './kinds.ts';
import { LINEAGE_TYPE } from './lineage-types.ts';
import type { VisibilityWord } from './node.ts';
import { formatNodeRef, NAME_LENGTH } from './node-ref.ts';
import { insertNodeRow, selectHolder, selectNamespace } from './record.store.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * Records a node in the namespace of the team that acts, and answers its id. ConflictRefusal at `namePath` where
 * the name is taken there; InputRefusal where it is empty or longer than 200 characters.
 */
export async function insertNode(
  change: Change,
  node: {
    kind: NodeKind;
    name: string | null;
    version?: string | null | undefined;
    digest?: string | null | undefined;
    visibility?: VisibilityWord | null | undefined;
    citationId?: bigint | null | undefined;
  },
  namePath: InputPath = ['name'],
): Promise<bigint> {
  checkName(node.name, namePath);
  if (node.version != null) checkName(node.version, [...namePath.slice(0, -1), 'version']);
  const version = node.version ?? null;
  const namespace = await selectNamespace(change.tx, change.teamId);
  const taken = (id: bigint | null) =>
    new ConflictRefusal(
      namePath,
      `${formatNodeRef({ kind: node.kind, namespace, name: node.name ?? '', version })} is recorded already.`,
      id === null ? {} : { existing: { type: LINEAGE_TYPE[node.kind], id } },
    );
  if (node.name !== null) {
    const holder = await selectHolder(change.tx, node.kind, namespace, node.name, version);
    if (holder !== null) throw taken(holder);
  }
  try {
    return await insertNodeRow(
      change.tx,
      { teamId: change.teamId, actorId: change.by.actorId },
      {
        kind: node.kind,
        namespace,
        name: node.name,
        version,
        digest: node.digest ?? null,
        visibility: node.visibility ?? 'MEMBERS',
        citationId: node.citationId ?? null,
      },
    );
  } catch (error) {
    if (databaseError(error)?.code === UNIQUE_VIOLATION) throw taken(null);
    throw error;
  }
}

/** Refuses names that are empty, too long, or that begin or end with a space. */
export function checkName(name: string | null, path: InputPath): void {
  if (name === null) return;
  if (name.trim() === '') throw new InputRefusal(path, 'The name is empty.', '1 to 200 characters');
  if (name.length > NAME_LENGTH)
    throw new InputRefusal(path, 'The name is too long.', `at most ${NAME_LENGTH} characters`);
  if (name !== name.trim())
    throw new InputRefusal(path, 'The name begins or ends with a space.', 'a name without spaces around it');
}
