import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import type { Db } from '../platform/database.ts';
import type { ActorRow, CitationRow, TeamRow } from './records.ts';

type Reader = Pick<Db, '$queryRaw'>;

/** Actors by id: a name stands beside whatever somebody asserted, so it is as visible as that. */
export async function selectActors(db: Reader, ids: readonly bigint[]): Promise<ActorRow[]> {
  return db.$queryRaw<ActorRow[]>`
    select id, kind::text as kind, name from actor where id = any(${[...ids]}::bigint[])`;
}

export async function selectTeams(db: Reader, ids: readonly bigint[]): Promise<TeamRow[]> {
  return db.$queryRaw<TeamRow[]>`select id, namespace, name from team where id = any(${[...ids]}::bigint[])`;
}

export async function selectCitations(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<CitationRow[]> {
  return db.$queryRaw<CitationRow[]>`
    select c.id, c.source, c.url, c.locator, c.certainty::text as certainty, c.quote, c.note,
      c.retrieved_at as "retrievedAt"
    from citation c where c.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'c')}`;
}
