import { inChange } from '../access/change.ts';
import type { Scope } from '../access/viewer.ts';
import type { Context } from '../context.ts';
import { insertFailure, type NewImport, selectFailure } from './import.store.ts';

/** Records that a file was refused, with the reason and nothing of it; the same refusal again is the same import. */
export async function failImport(
  context: Context,
  scope: Scope,
  file: NewImport,
  reason: string,
): Promise<{ id: bigint; alreadyImported: boolean }> {
  const id = await inChange(context, scope, async ({ tx, teamId, by, event }) => {
    const party = { teamId, actorId: by.actorId };
    const earlier = await selectFailure(tx, party, file.digest, reason);
    if (earlier !== null) return earlier;
    const { fileName, format, digest, visibility } = file;
    const failed = await insertFailure(tx, party, file, reason);
    await event({ type: 'LOG_IMPORTED', fileName, format, digest, ref: null }, { visibility });
    return failed;
  });
  return { id, alreadyImported: false };
}
