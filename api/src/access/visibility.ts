import { Prisma } from '../generated/prisma/client.ts';
import { readsAsMember, readsEverything, type Viewer } from './viewer.ts';

/**
 * The one visibility predicate: an SQL condition on a row that has `visibility`, `team_id`, `actor_id` and
 * `audience_id`. Every list, count, edge, claim, search and export composes this and nothing else; `alias` is the
 * row's table alias, written by us and never by a caller from outside. The policies of row-level security say the
 * same once more, for the statement that forgets it.
 */
export function visible(viewer: Viewer, alias: string): Prisma.Sql {
  if (!/^[a-z_][a-z0-9_]*$/.test(alias)) throw new Error('A table alias was expected.');
  const row = Prisma.raw(alias);
  if (!readsAsMember(viewer)) return Prisma.sql`(${row}.visibility = 'PUBLIC' and ${disclosed(row)})`;
  if (readsEverything(viewer)) return Prisma.sql`(true)`;
  const teams = [...viewer.teamIds];
  return Prisma.sql`((${row}.visibility in ('PUBLIC', 'MEMBERS') and ${disclosed(row)})
    or ${row}.actor_id = ${viewer.actorId}
    or (${row}.visibility <> 'RESTRICTED' and ${row}.team_id = any(${teams}::bigint[]))
    or ${named(row, viewer.actorId)})`;
}

/** Not under an embargo, or past it: the clock lifts it. */
function disclosed(row: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${row}.audience_id is null or not exists (
    select 1 from audience embargo where embargo.id = ${row}.audience_id and embargo.embargoed_until > now()))`;
}

/** Named among those it is shared with. */
function named(row: Prisma.Sql, actorId: bigint): Prisma.Sql {
  return Prisma.sql`(${row}.audience_id is not null and exists (
    select 1 from audience_member named where named.audience_id = ${row}.audience_id and named.actor_id = ${actorId}))`;
}
