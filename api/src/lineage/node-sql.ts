// Pieces of SQL that the stores of every slice put into their own statements.
import { Prisma } from '../generated/prisma/client.ts';

/** The columns of a LineageNodeRow; `alias` is the node's table alias. */
export function nodeColumns(alias: string): Prisma.Sql {
  return Prisma.raw(
    [
      'id',
      'kind::text as kind',
      'namespace',
      'name',
      'version',
      'digest',
      'citation_id as "citationId"',
      'visibility::text as visibility',
      'team_id as "teamId"',
      'actor_id as "actorId"',
      'recorded_at as "recordedAt"',
      'retracted_at as "retractedAt"',
      'retracted_by as "retractedBy"',
      'replaced_by as "replacedBy"',
    ]
      .map((column) => `${alias}.${column}`)
      .join(', '),
  );
}

/** A row known on a moment, as SQL; with null, one that holds now, inside the writing transaction too. */
export function known(alias: string, on: Date | null): Prisma.Sql {
  const row = Prisma.raw(alias);
  if (on === null) return Prisma.sql`(${row}.retracted_at is null)`;
  return Prisma.sql`(${row}.recorded_at <= ${on} and (${row}.retracted_at is null or ${row}.retracted_at > ${on}))`;
}
