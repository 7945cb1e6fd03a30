import type { Context } from '../context.ts';
import type { LineageSource } from './lineage-source.ts';
import type { SeenNow } from './resident/seen-now.ts';
import type { Sight } from './resident/sight.ts';
import { sqlSource } from './sql-source.ts';

/**
 * From memory where it is fresh, else from the database. Of the past too memory catches up first: who may see a row
 * has no date.
 */
export async function sourceOn(
  context: Pick<Context, 'db' | 'viewer' | 'resident' | 'caughtUp'>,
  on: Date,
): Promise<LineageSource> {
  await context.caughtUp();
  return (await context.resident?.source(context.db, context.viewer, on)) ?? sqlSource(context, on);
}

/** The columns of memory as the viewer sees them on a moment; null where the database must be asked. */
export async function sightOn(
  context: Pick<Context, 'db' | 'viewer' | 'resident' | 'caughtUp'>,
  on: Date,
): Promise<Sight | null> {
  if (context.resident === null) return null;
  await context.caughtUp();
  return context.resident.sight(context.db, context.viewer, on);
}

/** What the viewer sees of rows as they stand when the request first read of them; null where the database must be asked. */
export async function seenNow(
  context: Pick<Context, 'db' | 'viewer' | 'resident' | 'caughtUp'>,
): Promise<SeenNow | null> {
  if (context.resident === null) return null;
  await context.caughtUp();
  return context.resident.now(context.db, context.viewer);
}
