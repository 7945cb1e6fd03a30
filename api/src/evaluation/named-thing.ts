import type { Change } from '../access/change.ts';
import { takenName } from '../access/taken-name.ts';
import type { Context } from '../context.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { checkName } from '../lineage/record-node.ts';
import { databaseError } from '../platform/database-error.ts';
import { ConflictRefusal, type InputPath, InputRefusal } from '../platform/refusal.ts';
import { type NamedTable, selectOwn } from './catalogue.store.ts';

const UNIQUE_VIOLATION = '23505';

/** What a change reads with: its own transaction, and the rights of whoever makes it. */
export function reading(change: Change): Pick<Context, 'viewer' | 'ids' | 'db'> & { tx: Change['tx'] } {
  const { viewer, ids, db } = change.context;
  return { viewer, ids, db, tx: change.tx };
}

/** Runs an insert; a name or version that another writer took a moment ago becomes a ConflictRefusal. */
export async function insertUnique<T>(
  path: InputPath,
  message: string,
  insert: () => Promise<T>,
): Promise<T> {
  try {
    return await insert();
  } catch (error) {
    if (databaseError(error)?.code === UNIQUE_VIOLATION) throw new ConflictRefusal(path, message);
    throw error;
  }
}

/** What the team has under a name, or null; a name that is held by what the writer may not see is refused as taken. */
export async function ownThing(
  change: Change,
  table: NamedTable,
  name: string,
): Promise<{ id: bigint; visibility: VisibilityWord } | null> {
  const held = await selectOwn(change.tx, change.context.viewer, table, change.teamId, name);
  if (held !== null && !held.seen) throw takenName(['name'], name);
  return held;
}

/** Refuses a name or version that is empty, too long, has spaces around it, or (a name) holds an @. */
export function checkThing(name: string, version: string | null): void {
  checkName(name, ['name']);
  if (name.includes('@'))
    throw new InputRefusal(['name'], 'A name holds no @: it separates the version.', 'a name without @');
  if (version !== null) checkName(version, ['version']);
}
