import { Prisma } from '../generated/prisma/client.ts';
import type { Viewer } from './viewer.ts';

/**
 * The one visibility predicate: an SQL condition on a row that has `visibility`, `team_id` and `actor_id`.
 * Every list, count, edge, claim, search and export composes this and nothing else; `alias` is the row's
 * table alias, written by us and never by a caller from outside.
 */
export function visible(viewer: Viewer, alias: string): Prisma.Sql {
  if (!/^[a-z_][a-z0-9_]*$/.test(alias)) throw new Error('A table alias was expected.');
  const row = Prisma.raw(alias);
  if (viewer.kind === 'anonymous') return Prisma.sql`(${row}.visibility = 'PUBLIC')`;
  if (!viewer.scopes.has('read')) return Prisma.sql`(${row}.visibility = 'PUBLIC')`;
  if (viewer.role === 'AUDITOR' || viewer.role === 'ADMINISTRATOR') return Prisma.sql`(true)`;
  const teams = [...viewer.teamIds];
  return Prisma.sql`(${row}.visibility in ('PUBLIC', 'MEMBERS') or ${row}.actor_id = ${viewer.actorId} or (${row}.visibility = 'TEAM' and ${row}.team_id = any(${teams}::bigint[])))`;
}
