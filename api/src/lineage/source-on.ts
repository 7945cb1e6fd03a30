import type { Context } from '../context.ts';
import type { LineageSource } from './lineage-source.ts';
import { sqlSource } from './sql-source.ts';

/** From memory where it is fresh, else from the database. */
export async function sourceOn(
  context: Pick<Context, 'db' | 'viewer' | 'resident'>,
  on: Date,
): Promise<LineageSource> {
  return (await context.resident?.source(context.db, context.viewer, on)) ?? sqlSource(context, on);
}
