import { inject } from 'vitest';
import { databaseOn, type FreshDatabase } from './database-on.ts';

export type { FreshDatabase };

/**
 * A database of its own for one test file or test: migrated, empty, made in a few milliseconds from a template; or a
 * copy of another database of the same server.
 */
export function freshDatabase(template?: string): Promise<FreshDatabase> {
  return databaseOn(inject('postgres'), template);
}
