// Keeping the file that an import was made of: sealed as evidence is, and read again for transcripts and re-readings.
import { createReadStream } from 'node:fs';
import { inChange } from '../access/change.ts';
import type { Context } from '../context.ts';
import { ConflictRefusal } from '../platform/refusal.ts';
import { insertSealed, takeBackUnrecorded } from '../platform/sealed-objects.ts';
import type { Stored } from '../platform/vault.ts';
import { KeptAlready, selectIfUnkept, updateKept } from './kept-file.store.ts';
import { importById } from './read-imports.ts';

/**
 * Seals a file and lets `record` put it on record. Where it did not, or was refused, nothing is left of it, unless it came
 * onto record all the same. Where this installation keeps no files, `record` is given null.
 */
export async function withKeptFile<T>(
  context: Context,
  path: string,
  digest: string,
  record: (kept: Stored | null) => Promise<T>,
): Promise<T> {
  if (!context.keepImports) return record(null);
  const kept = await context.vault.put(createReadStream(path, { highWaterMark: 1024 * 1024 }));
  try {
    if (kept.digest !== digest) throw new ConflictRefusal(['file'], 'The file changed while it was read.');
    return await record(kept);
  } finally {
    await takeBackUnrecorded(context, kept);
  }
}

/** Keeps the file of an import that was made before files were kept, where whoever sends it again may see the import. */
export async function keepLater(
  context: Context,
  importId: bigint,
  path: string,
  digest: string,
): Promise<void> {
  if (!context.keepImports || (await context.load(importById, importId)) === null) return;
  if (!(await selectIfUnkept(context.beyondSight, importId))) return;
  try {
    await withKeptFile(context, path, digest, (kept) =>
      inChange(context, 'write:evals', async ({ tx }) => {
        if (kept !== null) await updateKept(tx, importId, await insertSealed(tx, context.vault, kept));
      }),
    );
  } catch (error) {
    if (!(error instanceof KeptAlready)) throw error;
  }
}
