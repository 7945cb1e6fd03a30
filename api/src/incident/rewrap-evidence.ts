import { authorise, inChange, LONGEST_CHANGE_MS } from '../access/change.ts';
import type { Context } from '../context.ts';
import { certainMoment } from '../platform/certain-moment.ts';
import { log } from '../platform/log.ts';
import { updateWrapping } from '../platform/sealed-objects.ts';
import { SealError } from '../platform/sealing.ts';
import type { SealedObject } from '../platform/vault.ts';
import { countUnderOthers, selectNow, selectWrapped } from './evidence.store.ts';

const BATCH = 500;
/** A change that was going on ends by then, or is ended. */
const LONGEST_WAIT_MS = LONGEST_CHANGE_MS + 10_000;

/** What came of wrapping the keys of all sealed objects anew. */
export interface Rewrapping {
  rewrapped: number;
  /** How many were passed over: their master key is not kept here, or their own key is not as it was wrapped. */
  unopened: number;
  /** How many on record name an older master key all the same. */
  older: number;
  /** Whether whatever was being recorded when it began has been seen: else some of that may name an older one too. */
  complete: boolean;
}

/**
 * Wraps the keys of all sealed objects under the newest master key; the objects themselves stay as they are. Cut
 * off half-way, it goes on where it is called again.
 */
export async function rewrapEvidence(context: Context, longestWaitMs = LONGEST_WAIT_MS): Promise<Rewrapping> {
  authorise(context, 'admin');
  const complete = await earlierChangesEnded(context, longestWaitMs);
  let rewrapped = 0;
  let unopened = 0;
  for (let after: bigint | null = 0n; after !== null; ) {
    const batch: Batch = await rewrapBatch(context, after);
    rewrapped += batch.objects;
    unopened += batch.unopened;
    after = batch.last;
  }
  const older = await countUnderOthers(context.beyondSight, context.vault.newestKey());
  return { rewrapped, unopened, older, complete };
}

/**
 * A change may have recorded an object under an older master key and not have ended: nobody sees its row, and it would
 * be passed over. Who records one from now on finds the newest (`insertSealed`).
 */
async function earlierChangesEnded(context: Context, longestWaitMs: number): Promise<boolean> {
  const begun = await selectNow(context.beyondSight);
  await context.certainty.reached(begun, longestWaitMs);
  return (await certainMoment(context.beyondSight)) >= begun;
}

interface Batch {
  last: bigint | null;
  objects: number;
  unopened: number;
}

function rewrapBatch(context: Context, after: bigint): Promise<Batch> {
  return inChange(context, 'admin', async ({ tx, event }) => {
    const rows = await selectWrapped(tx, after, BATCH);
    let objects = 0;
    let unopened = 0;
    for (const row of rows) {
      const wrapped = rewrapped(context, row);
      if (wrapped === 'unopened') unopened += 1;
      else if (wrapped !== null) {
        await updateWrapping(tx, row.id, wrapped);
        objects += 1;
      }
    }
    if (objects > 0) await event({ type: 'EVIDENCE_KEYS_REWRAPPED', objects }, { visibility: 'RESTRICTED' });
    return { last: rows.at(-1)?.id ?? null, objects, unopened };
  });
}

/** A key that was lost long ago keeps no other from being wrapped anew. */
function rewrapped({ vault }: Context, row: SealedObject & { id: bigint }): SealedObject | null | 'unopened' {
  try {
    return vault.rewrap(row);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    log.error({ sealedObject: String(row.id), error: error.message });
    return 'unopened';
  }
}
