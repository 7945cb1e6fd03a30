import { boundTo } from '../platform/bound-database.ts';
import type { Db } from '../platform/database.ts';
import { log } from '../platform/log.ts';
import { SEES_ALL } from '../platform/rights.ts';

const EVERY_MS = 60_000;

/**
 * Has the feed of lineage changes forget what everybody has read, now and then: also where this server keeps no lineage in
 * memory, since every change is told there whoever listens. Answers with what ends it.
 */
export function keepFeedShort(db: Db, everyMs = EVERY_MS): () => Promise<void> {
  const all = boundTo(db, SEES_ALL);
  let under: Promise<void> | null = null;
  const forget = async (): Promise<void> => {
    try {
      await all.$executeRaw`select forget_lineage_changes()`;
    } catch (error) {
      log.warn({ error: String(error) }, 'what changed in the lineage long ago could not be forgotten');
    }
  };
  const timer = setInterval(() => {
    under ??= forget().finally(() => {
      under = null;
    });
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await under;
  };
}
