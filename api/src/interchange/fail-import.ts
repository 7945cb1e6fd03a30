import { inChange } from '../access/change.ts';
import type { Scope } from '../access/viewer.ts';
import type { Context } from '../context.ts';
import { insertFailure, type NewImport, selectFailure } from './import.store.ts';
import { NO_REPORT } from './import.ts';

/** Why a file was refused; `ofFile` where the file alone tells why, whatever is recorded. */
export interface Failure {
  error: string;
  ofFile?: boolean;
}

/** Records that a file was refused, with the reason and nothing of it; the same refusal again is the same import. */
export async function failImport(
  context: Context,
  scope: Scope,
  file: NewImport,
  { error, ofFile = false }: Failure,
): Promise<{ id: bigint; alreadyImported: boolean }> {
  const id = await inChange(context, scope, async ({ tx, teamId, by, event }) => {
    const party = { teamId, actorId: by.actorId };
    const earlier = await selectFailure(tx, party, file.digest, error);
    if (earlier !== null) return earlier;
    const { fileName, format, digest, visibility } = file;
    const failed = await insertFailure(tx, party, file, {
      error,
      report: ofFile ? { ...NO_REPORT, errorOfFile: true } : null,
    });
    await event({ type: 'LOG_IMPORTED', fileName, format, digest, ref: null }, { visibility });
    return failed;
  });
  return { id, alreadyImported: false };
}
