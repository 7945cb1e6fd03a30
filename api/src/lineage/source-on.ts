import type { Context } from '../context.ts';
import type { LineageSource } from './lineage-source.ts';
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
