// Pieces of SQL that the stores of every slice put into their own statements.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
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

/** The columns of an EdgeRecord, of an edge `e`. */
export const EDGE_COLUMNS = Prisma.raw(`e.id, e.kind::text as kind, e.downstream, e.upstream,
  e.composition_id as "compositionId", e.amount, e.amount_unit::text as "amountUnit", e.epochs,
  e.citation_id as "citationId", e.occurred_at as "occurredAt", e.visibility::text as visibility,
  e.team_id as "teamId", e.actor_id as "actorId", e.recorded_at as "recordedAt", e.retracted_at as "retractedAt"`);

/** A row known on a moment, as SQL; with null, one that holds now, inside the writing transaction too. */
export function known(alias: string, on: Date | Prisma.Sql | null): Prisma.Sql {
  const row = Prisma.raw(alias);
  if (on === null) return Prisma.sql`(${row}.retracted_at is null)`;
  return Prisma.sql`(${row}.recorded_at <= ${on} and (${row}.retracted_at is null or ${row}.retracted_at > ${on}))`;
}

/**
 * Whether the statement that an edge is part of is seen, where it is part of one. These look for the row that is
 * seen, and never for the absence of one: what row-level security hides is as absent as what is not there.
 */
export function statementSeen(viewer: Viewer, alias: string): Prisma.Sql {
  const edge = Prisma.raw(alias);
  return Prisma.sql`(${edge}.composition_id is null or exists (
    select 1 from composition c where c.id = ${edge}.composition_id and ${visible(viewer, 'c')} and ${outputSeen(viewer)}))`;
}

/** Whether the output that a composition `c` is about alone is seen, where it is about one. */
export function outputSeen(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`(c.output_id is null or exists (
    select 1 from node o where o.id = c.output_id and ${visible(viewer, 'o')}))`;
}
