import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import type { Context } from '../context.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { By } from '../lineage/by.ts';
import type { TransformationEffect } from '../lineage/kinds.ts';
import type { LineageNodeRow, VisibilityWord } from '../lineage/node.ts';
import { known, nodeColumns } from '../lineage/node-sql.ts';
import { cappedPer } from '../platform/capped-sql.ts';
import { contains } from '../platform/contains.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { Json } from '../platform/json.ts';
import { listPage, listUnder } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import type {
  ContentMeasurementRow,
  ContentTagRow,
  DatasetRow,
  SourceFacts,
  TransformationFacts,
} from './dataset.ts';

type Reader = Pick<Db, '$queryRaw'>;

const DATASET = Prisma.raw(`d.id, d.namespace, d.name, d.title, d.description,
  d.visibility::text as visibility, d.team_id as "teamId"`);

export async function selectDatasets(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<DatasetRow[]> {
  return db.$queryRaw<DatasetRow[]>`
    select ${DATASET} from dataset d where d.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'd')}`;
}

/** A dataset by `name` or `namespace/name`; of several, one of the given namespaces first, then the common one. */
export async function selectDatasetByName(
  db: Reader,
  viewer: Viewer,
  name: string,
  own: readonly string[],
): Promise<DatasetRow | null> {
  const rows = await db.$queryRaw<DatasetRow[]>`
    select ${DATASET} from dataset d
    where ((d.name = ${name} and d.namespace = any(${['', ...own]}::text[])) or d.namespace || '/' || d.name = ${name})
      and ${visible(viewer, 'd')}
    order by d.namespace = any(${own.filter((n) => n !== '')}::text[]) desc, d.namespace limit 1`;
  return rows[0] ?? null;
}

/** The id of the dataset of each version. */
export async function selectDatasetIds(db: Reader, nodeIds: readonly bigint[]): Promise<Map<bigint, bigint>> {
  const rows = await db.$queryRaw<{ nodeId: bigint; datasetId: bigint }[]>`
    select node_id as "nodeId", dataset_id as "datasetId" from dataset_version
    where node_id = any(${[...nodeIds]}::bigint[])`;
  return new Map(rows.map((row) => [row.nodeId, row.datasetId]));
}

/** A condition that a name or title holds the text; true where none is asked for. */
function holds(search: string | null, columns: readonly Prisma.Sql[]): Prisma.Sql {
  if (search === null || search.trim() === '') return Prisma.sql`true`;
  const pattern = contains(search.trim());
  return Prisma.join(
    columns.map((column) => Prisma.sql`${column} ilike ${pattern}`),
    ' or ',
    '(',
    ')',
  );
}

export function pageOfDatasets(context: Context, search: string | null, args: PageArguments) {
  return listPage<DatasetRow>(context, args, {
    columns: DATASET,
    body: Prisma.sql`from dataset d where ${visible(context.viewer, 'd')}
      and ${holds(search, [Prisma.sql`d.name`, Prisma.sql`d.title`])}`,
    order: [
      { name: 'name', sql: Prisma.sql`d.name`, type: 'text', direction: 'asc' },
      { name: 'id', sql: Prisma.sql`d.id`, type: 'bigint', direction: 'asc' },
    ],
  });
}

export function pageOfSources(context: Context, search: string | null, args: PageArguments) {
  return listPage<LineageNodeRow>(context, args, {
    columns: nodeColumns('n'),
    body: Prisma.sql`from node n join source s on s.node_id = n.id
      where n.retracted_at is null and ${visible(context.viewer, 'n')}
      and ${holds(search, [Prisma.sql`n.name`, Prisma.sql`s.title`])}`,
    order: [
      { name: 'name', sql: Prisma.sql`n.name`, type: 'text', direction: 'asc' },
      { name: 'id', sql: Prisma.sql`n.id`, type: 'bigint', direction: 'asc' },
    ],
  });
}

/** The versions of a dataset that hold now, the newest first. */
export const pageOfDatasetVersions = listUnder<Context, PageArguments, LineageNodeRow>(
  'datasetVersions',
  (context) => ({
    columns: nodeColumns('n'),
    body: Prisma.sql`from dataset_version v join node n on n.id = v.node_id
      where v.dataset_id = p.id and n.retracted_at is null and ${visible(context.viewer, 'n')}`,
    order: [
      { name: 'recordedAt', sql: Prisma.sql`n.recorded_at`, type: 'timestamptz', direction: 'desc' },
      { name: 'id', sql: Prisma.sql`n.id`, type: 'bigint', direction: 'desc' },
    ],
  }),
);

export async function selectSourceFacts(db: Reader, ids: readonly bigint[]): Promise<SourceFacts[]> {
  return db.$queryRaw<SourceFacts[]>`
    select node_id as id, title, description, url from source where node_id = any(${[...ids]}::bigint[])`;
}

export async function selectTransformationFacts(
  db: Reader,
  ids: readonly bigint[],
): Promise<TransformationFacts[]> {
  return db.$queryRaw<TransformationFacts[]>`
    select node_id as id, effect::text as effect, code, config, occurred_at as "occurredAt"
    from transformation where node_id = any(${[...ids]}::bigint[])`;
}

const TAG = Prisma.raw('g.id, g.namespace, g.name, g.description, g.team_id as "teamId"');

export async function selectTags(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<ContentTagRow[]> {
  return db.$queryRaw<ContentTagRow[]>`
    select ${TAG} from content_tag g where g.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'g')}`;
}

export async function selectTagsByName(
  db: Reader,
  viewer: Viewer,
  names: readonly string[],
): Promise<ContentTagRow[]> {
  return db.$queryRaw<ContentTagRow[]>`
    select ${TAG} from content_tag g where g.name = any(${[...names]}::text[]) and ${visible(viewer, 'g')}
    order by g.namespace`;
}

export async function selectTagsLike(
  db: Reader,
  viewer: Viewer,
  search: string | null,
  first: number,
): Promise<ContentTagRow[]> {
  return db.$queryRaw<ContentTagRow[]>`
    select ${TAG} from content_tag g where ${visible(viewer, 'g')}
      and ${holds(search, [Prisma.sql`g.name`, Prisma.sql`g.description`])}
    order by g.name, g.id limit ${first}`;
}

const MEASUREMENT = Prisma.raw(`m.id, m.dataset_version_id as "datasetVersionId",
  m.content_tag_id as "contentTagId", m.fraction, m.lower, m.upper, m.level, m.unit::text as unit,
  m.method::text as method, m.method_version as "methodVersion", m.sample_size as "sampleSize",
  m.measured_at as "measuredAt", m.citation_id as "citationId", m.visibility::text as visibility,
  m.team_id as "teamId", m.recorded_at as "recordedAt"
  from content_measurement m join node n on n.id = m.dataset_version_id
  join content_tag g on g.id = m.content_tag_id`);

function seen(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`${visible(viewer, 'm')} and ${visible(viewer, 'n')} and ${visible(viewer, 'g')}`;
}

export async function selectMeasurements(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<ContentMeasurementRow[]> {
  return db.$queryRaw<ContentMeasurementRow[]>`
    select ${MEASUREMENT} where m.id = any(${[...ids]}::bigint[]) and ${seen(viewer)}`;
}

/** Measurements of dataset versions or of tags on a moment, the newest first. */
export async function selectMeasurementsOf(
  db: Reader,
  viewer: Viewer,
  of: 'dataset_version_id' | 'content_tag_id',
  ids: readonly bigint[],
  on: Date,
): Promise<ContentMeasurementRow[]> {
  const owner = of === 'content_tag_id' ? 'contentTagId' : 'datasetVersionId';
  const rows = Prisma.sql`
    select ${MEASUREMENT} where m.${Prisma.raw(of)} = any(${[...ids]}::bigint[]) and ${seen(viewer)}
      and ${known('m', on)} and ${known('n', on)}
    order by m.measured_at desc nulls last, m.id desc`;
  return db.$queryRaw<ContentMeasurementRow[]>(cappedPer(owner, rows));
}

export async function insertSourceRow(tx: Tx, source: SourceFacts): Promise<void> {
  await tx.$executeRaw`
    insert into source (node_id, title, description, url)
    values (${source.id}, ${source.title}, ${source.description}, ${source.url})`;
}

/** The dataset of this name in the team's namespace, made where there is none; and whether it was there. */
export async function ensureDatasetRow(
  tx: Tx,
  viewer: Viewer,
  by: By,
  dataset: {
    namespace: string;
    name: string;
    title: string | null;
    description: string | null;
    visibility: VisibilityWord;
  },
): Promise<DatasetRow & { seen: boolean }> {
  const [made] = await tx.$queryRaw<DatasetRow[]>`
    insert into dataset as d (namespace, name, title, description, visibility, team_id, actor_id)
    values (${dataset.namespace}, ${dataset.name}, ${dataset.title}, ${dataset.description},
      ${dataset.visibility}::visibility, ${by.teamId}, ${by.actorId})
    on conflict (namespace, name) do nothing returning ${DATASET}`;
  // Whoever may write and not read does not see what they made, and has made it all the same.
  if (made) return { ...made, seen: true };
  // A version that is made of it is no wider than it by default: it is not shown to fewer meanwhile.
  const described = dataset.title !== null || dataset.description !== null;
  const [held] = await tx.$queryRaw<[DatasetRow & { seen: boolean }]>`
    select ${DATASET}, ${visible(viewer, 'd')} as seen from dataset d where d.namespace = ${dataset.namespace} and d.name = ${dataset.name}
    for ${described ? Prisma.sql`no key update` : Prisma.sql`share`}`;
  return held;
}

/** Describes a dataset better, or shows it more widely; what is null stays. */
export async function improveDatasetRow(
  tx: Tx,
  id: bigint,
  to: { title: string | null; description: string | null; visibility: VisibilityWord },
): Promise<void> {
  await tx.$executeRaw`
    update dataset set title = coalesce(${to.title}, title), description = coalesce(${to.description}, description),
      visibility = ${to.visibility}::visibility
    where id = ${id}`;
}

export async function insertDatasetVersionRow(tx: Tx, nodeId: bigint, datasetId: bigint): Promise<void> {
  await tx.$executeRaw`insert into dataset_version (node_id, dataset_id) values (${nodeId}, ${datasetId})`;
}

export async function insertTransformationRow(
  tx: Tx,
  transformation: {
    id: bigint;
    effect: TransformationEffect;
    code: string | null;
    config: Json;
    occurredAt: Date | null;
  },
): Promise<void> {
  const config = transformation.config === null ? null : JSON.stringify(transformation.config);
  await tx.$executeRaw`
    insert into transformation (node_id, effect, code, config, occurred_at)
    values (${transformation.id}, ${transformation.effect}::transformation_effect, ${transformation.code},
      ${config}::text::jsonb, ${transformation.occurredAt})`;
}

/** The content tag of this name in the team's namespace, made where there is none; and whether it may be seen. */
export async function ensureTagRow(
  tx: Tx,
  viewer: Viewer,
  by: By,
  tag: { namespace: string; name: string; visibility: VisibilityWord },
): Promise<ContentTagRow & { seen: boolean }> {
  const [made] = await tx.$queryRaw<ContentTagRow[]>`
    insert into content_tag as g (namespace, name, visibility, team_id, actor_id)
    values (${tag.namespace}, ${tag.name}, ${tag.visibility}::visibility, ${by.teamId}, ${by.actorId})
    on conflict (namespace, name) do nothing returning ${TAG}`;
  // Whoever may write and not read does not see what they made, and has made it all the same.
  if (made) return { ...made, seen: true };
  const [held] = await tx.$queryRaw<[ContentTagRow & { seen: boolean }]>`
    select ${TAG}, ${visible(viewer, 'g')} as seen from content_tag g
    where g.namespace = ${tag.namespace} and g.name = ${tag.name}`;
  return held;
}

export async function widenTagRow(tx: Tx, id: bigint): Promise<void> {
  await tx.$executeRaw`update content_tag set visibility = 'PUBLIC' where id = ${id} and visibility <> 'PUBLIC'`;
}

export async function insertMeasurementRow(
  tx: Tx,
  by: By,
  m: Omit<ContentMeasurementRow, 'id' | 'teamId' | 'recordedAt'>,
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into content_measurement (dataset_version_id, content_tag_id, fraction, lower, upper, level, unit, method,
      method_version, sample_size, measured_at, citation_id, visibility, team_id, actor_id)
    values (${m.datasetVersionId}, ${m.contentTagId}, ${m.fraction}, ${m.lower}, ${m.upper}, ${m.level},
      ${m.unit}::amount_unit, ${m.method}::content_measurement_method, ${m.methodVersion}, ${m.sampleSize},
      ${m.measuredAt}, ${m.citationId}, ${m.visibility}::visibility, ${by.teamId}, ${by.actorId})
    returning id`;
  return row.id;
}
