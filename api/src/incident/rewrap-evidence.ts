import { inChange } from '../access/change.ts';
import type { Context } from '../context.ts';
import { selectWrapped, updateWrapping } from './evidence.store.ts';

const BATCH = 500;

/**
 * Wraps the keys of all sealed objects under the newest master key; the objects themselves stay as they are. Cut
 * off half-way, it goes on where it is called again. Answers how many were wrapped anew.
 */
export async function rewrapEvidence(context: Context): Promise<number> {
  let rewrapped = 0;
  for (let after: bigint | null = 0n; after !== null; ) {
    const from: bigint = after;
    const batch: { last: bigint | null; objects: number } = await inChange(
      context,
      'admin',
      async (change) => {
        const rows = await selectWrapped(change.tx, from, BATCH);
        let objects = 0;
        for (const row of rows) {
          const wrapped = context.vault.rewrap(row);
          if (wrapped === null) continue;
          await updateWrapping(change.tx, row.id, wrapped);
          objects += 1;
        }
        if (objects > 0)
          await change.event({ type: 'EVIDENCE_KEYS_REWRAPPED', objects }, { visibility: 'RESTRICTED' });
        return { last: rows.at(-1)?.id ?? null, objects };
      },
    );
    rewrapped += batch.objects;
    after = batch.last;
  }
  return rewrapped;
}
