// Reads of document handles. All of them join the nodes that a handle is seen with, and compose their predicate.
import type { Viewer } from '../../access/viewer.ts';
import { visible } from '../../access/visibility.ts';
import type { Context } from '../../context.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { type ListPage, type ListSql, listPage } from '../../platform/nested-page.ts';
import type { PageArguments } from '../../platform/page.ts';
import type { Digest } from './digest.ts';
import { type DocumentRow, type LoadRow, MOST_COUNTED, type SightingRow } from './document.ts';

type Reader = Pick<Db, '$queryRaw'>;

const HANDLE =
  Prisma.raw(`h.dataset_version_id as "datasetVersionId", h.document, h.algorithm::text as algorithm,
  h.digest_head as "digestHead", encode(h.digest_tail, 'hex') as "digestTail", h.load_id as "loadId"`);
const SIGHTING = Prisma.raw(`g.dataset_version_id as "datasetVersionId", g.document,
  g.training_run_id as "trainingRunId", g.step, g.load_id as "loadId"`);

const has = (digest: Digest) => Prisma.sql`h.digest_head = ${digest.head}::bigint
  and h.digest_tail = decode(${digest.tail}::text, 'hex') and h.algorithm = ${digest.algorithm}::digest_algorithm`;

/** Handles whose dataset version is seen; one that was retracted holds nothing any more. */
const seenHandles = (viewer: Viewer) => Prisma.sql`from document_handle h
  join node n on n.id = h.dataset_version_id and n.retracted_at is null and ${visible(viewer, 'n')}`;

const seenSightings = (viewer: Viewer) => Prisma.sql`from document_sighting g
  join node n on n.id = g.dataset_version_id and n.retracted_at is null and ${visible(viewer, 'n')}
  join node r on r.id = g.training_run_id and r.retracted_at is null and ${visible(viewer, 'r')}`;

/** A page of a list that may be very long: it is counted no further than MOST_COUNTED. */
async function page<R>(context: Context, args: PageArguments, list: ListSql): Promise<ListPage<R>> {
  const found = await listPage<R>(context, args, list);
  const totalCount = async () => {
    const [row] = await context.db.$queryRaw<[{ count: number }]>`
      select count(*)::int as count from (select 1 ${list.body} limit ${MOST_COUNTED}) c`;
    return row.count;
  };
  return { ...found, totalCount };
}

const byDocument = [
  { name: 'document', sql: Prisma.sql`h.document`, type: 'text', direction: 'asc' },
] as const;
const ofVersion = {
  name: 'version',
  sql: Prisma.sql`h.dataset_version_id`,
  type: 'bigint',
  direction: 'asc',
} as const;

/** The documents of a version whose ids begin so, by id. */
export function pageOfDocuments(
  context: Context,
  datasetVersionId: bigint,
  which: { idPrefix: string | null; digest: Digest | null },
  args: PageArguments,
): Promise<ListPage<DocumentRow>> {
  const prefix =
    which.idPrefix === null
      ? Prisma.sql`true`
      : Prisma.sql`h.document >= ${which.idPrefix} and starts_with(h.document, ${which.idPrefix})
          and h.document < ${which.idPrefix} || chr(1114111)`;
  const digest = which.digest === null ? Prisma.sql`true` : has(which.digest);
  return page(context, args, {
    columns: HANDLE,
    body: Prisma.sql`${seenHandles(context.viewer)}
      where h.dataset_version_id = ${datasetVersionId} and ${prefix} and ${digest}`,
    order: byDocument,
  });
}

/** The handles with a digest, in every dataset version that is seen. */
export function pageOfDigest(
  context: Context,
  digest: Digest,
  args: PageArguments,
): Promise<ListPage<DocumentRow>> {
  return page(context, args, {
    columns: HANDLE,
    body: Prisma.sql`${seenHandles(context.viewer)} where ${has(digest)}`,
    order: [ofVersion, ...byDocument],
  });
}

/** What a run saw from one step to another, both included, in the order in which it did. */
export function pageOfSightings(
  context: Context,
  trainingRunId: bigint,
  steps: { from: bigint | null; to: bigint | null },
  args: PageArguments,
): Promise<ListPage<SightingRow>> {
  return page(context, args, {
    columns: SIGHTING,
    body: Prisma.sql`${seenSightings(context.viewer)}
      where g.training_run_id = ${trainingRunId} and g.step >= ${steps.from ?? 0n} and g.step <= ${steps.to ?? MOST_STEP}`,
    order: [
      { name: 'step', sql: Prisma.sql`g.step`, type: 'bigint', direction: 'asc' },
      { name: 'version', sql: Prisma.sql`g.dataset_version_id`, type: 'bigint', direction: 'asc' },
      { name: 'document', sql: Prisma.sql`g.document`, type: 'text', direction: 'asc' },
    ],
  });
}

const MOST_STEP = 2n ** 63n - 1n;

/** Where documents were seen, at most `most` of each; in the order of runs and steps. */
export async function selectSightingsOf(
  db: Reader,
  viewer: Viewer,
  documents: readonly { datasetVersionId: bigint; document: string }[],
  most: number,
): Promise<SightingRow[]> {
  return db.$queryRaw<SightingRow[]>`
    select f.* from unnest(${documents.map((d) => d.datasetVersionId)}::bigint[],
      ${documents.map((d) => d.document)}::text[]) w(version, document)
    cross join lateral (select ${SIGHTING} ${seenSightings(viewer)}
      where g.dataset_version_id = w.version and g.document = w.document
      order by g.training_run_id, g.step limit ${most}) f`;
}

export async function selectHandles(
  db: Reader,
  viewer: Viewer,
  documents: readonly { datasetVersionId: bigint; document: string }[],
): Promise<DocumentRow[]> {
  return db.$queryRaw<DocumentRow[]>`
    select f.* from unnest(${documents.map((d) => d.datasetVersionId)}::bigint[],
      ${documents.map((d) => d.document)}::text[]) w(version, document)
    cross join lateral (select ${HANDLE} ${seenHandles(viewer)}
      where h.dataset_version_id = w.version and h.document = w.document) f`;
}

export async function selectLoads(db: Reader, ids: readonly number[]): Promise<LoadRow[]> {
  return db.$queryRaw<LoadRow[]>`
    select id, actor_id as "actorId", recorded_at as "recordedAt" from document_load
    where id = any(${[...ids]}::int[])`;
}

/** How many documents are recorded of versions that the caller sees: as said by the batches that brought them. */
export async function selectHandleCounts(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<Map<bigint, bigint>> {
  const rows = await db.$queryRaw<{ id: bigint; handles: bigint }[]>`
    select l.dataset_version_id as id, sum(l.handles)::bigint as handles from document_load l
    join node n on n.id = l.dataset_version_id and n.retracted_at is null and ${visible(viewer, 'n')}
    where l.dataset_version_id = any(${[...ids]}::bigint[]) group by 1`;
  return new Map(rows.map((row) => [row.id, row.handles]));
}
