// The statements by which document handles are written, many at once, in the transaction of their batch.
import { Prisma } from '../../generated/prisma/client.ts';
import type { By } from '../../lineage/by.ts';
import { LOCKS } from '../../platform/advisory-locks.ts';
import type { BulkConnection, CopyValue } from '../../platform/bulk-connection.ts';

type Sql = Pick<BulkConnection, 'query'>;

const STAGING = 'document_staging';
const COLUMNS = [
  'line',
  'dataset_version_id',
  'document',
  'algorithm',
  'digest_head',
  'digest_tail',
  'training_run_id',
  'step',
];

/** Puts lines with resolved references where the merges take them from; the transaction's end empties it. */
export async function stageDocuments(
  db: BulkConnection,
  rows: Iterable<readonly CopyValue[]>,
): Promise<void> {
  await db.execute(`create temporary table if not exists ${STAGING} (line int not null,
    dataset_version_id bigint not null, document text collate "C" not null, algorithm digest_algorithm,
    digest_head bigint, digest_tail bytea, training_run_id bigint, step bigint) on commit delete rows`);
  await db.copy(STAGING, COLUMNS, rows);
  await db.execute(`analyze ${STAGING}`);
}

export async function nextLoadId(db: Sql): Promise<number> {
  const [row] = await db.query<{ id: bigint }>(Prisma.sql`
    select next_document_load() as id`);
  return Number(row!.id);
}

export interface Merged {
  /** Lines that said something new. */
  added: number[];
  /** Lines whose document is recorded with another digest. */
  otherwise: number[];
}

/** The handles of one dataset version that are new; its partition alone is looked into. */
export async function mergeHandles(db: Sql, datasetVersionId: bigint, loadId: number): Promise<Merged> {
  const [row] = await db.query<{ added: number[] | null; otherwise: number[] | null }>(Prisma.sql`
    with said as materialized (
      select s.line, s.document, s.algorithm, s.digest_head, s.digest_tail, h.document is not null as held,
        (h.algorithm, h.digest_head, h.digest_tail) is not distinct from (s.algorithm, s.digest_head, s.digest_tail)
          as same
      from document_staging s
      left join document_handle h on h.dataset_version_id = ${datasetVersionId} and h.document = s.document
      where s.dataset_version_id = ${datasetVersionId} and s.algorithm is not null
    ), added as (
      insert into document_handle (dataset_version_id, document, algorithm, digest_head, digest_tail, load_id)
      select ${datasetVersionId}, document, algorithm, digest_head, digest_tail, ${loadId}::int
      from said where not held order by document
    )
    select (select array_agg(line) from said where not held) as added,
      (select array_agg(line order by line) from said where held and not same) as otherwise`);
  return { added: row!.added ?? [], otherwise: row!.otherwise ?? [] };
}

/** The sightings of one dataset version's documents that are new, and the lines whose document is not recorded. */
export async function mergeSightings(
  db: Sql,
  datasetVersionId: bigint,
  loadId: number,
  refused: readonly number[],
): Promise<{ added: number[]; missing: number[] }> {
  const [row] = await db.query<{ added: number[] | null; missing: number[] | null }>(Prisma.sql`
    with said as materialized (
      select s.line, s.document, s.training_run_id, s.step, h.document is not null as known,
        g.document is not null as held
      from document_staging s
      left join document_handle h on h.dataset_version_id = ${datasetVersionId} and h.document = s.document
      left join document_sighting g on g.dataset_version_id = ${datasetVersionId} and g.document = s.document
        and g.training_run_id = s.training_run_id and g.step = s.step
      where s.dataset_version_id = ${datasetVersionId} and s.training_run_id is not null
        and s.line <> all(${[...refused]}::int[])
    ), added as (
      insert into document_sighting (dataset_version_id, document, training_run_id, step, load_id)
      select ${datasetVersionId}::bigint, document, training_run_id, step, ${loadId}::int
      from said where known and not held order by document
    )
    select (select array_agg(line) from said where known and not held) as added,
      (select array_agg(line order by line) from said where not known) as missing`);
  return { added: row!.added ?? [], missing: row!.missing ?? [] };
}

export async function insertLoad(
  db: BulkConnection,
  by: By,
  load: { id: number; datasetVersionId: bigint; importId: bigint | null; handles: number; sightings: number },
): Promise<void> {
  await db.count(Prisma.sql`
    insert into document_load (id, dataset_version_id, import_id, handles, sightings, team_id, actor_id)
    values (${load.id}::int, ${load.datasetVersionId}, ${load.importId}, ${load.handles}::int, ${load.sightings}::int,
      ${by.teamId}, ${by.actorId})`);
}

/** Lets two writers of one dataset version's documents take turns, so that neither meets the other's new rows. */
export async function takeVersionTurn(db: BulkConnection, datasetVersionId: bigint): Promise<void> {
  await db.query(Prisma.sql`
    select pg_advisory_xact_lock(${LOCKS.documents}::int, hashint8(${datasetVersionId}::bigint))`);
}
