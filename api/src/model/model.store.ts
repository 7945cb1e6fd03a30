import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import type { Context } from '../context.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { By } from '../lineage/by.ts';
import type { LineageNodeRow, VisibilityWord } from '../lineage/node.ts';
import { nodeColumns } from '../lineage/node-sql.ts';
import { contains } from '../platform/contains.ts';
import type { Db, Tx } from '../platform/database.ts';
import { listPage, listUnder } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import type { ModelRow, TrainingRunFacts } from './model.ts';

type Reader = Pick<Db, '$queryRaw'>;

const MODEL = Prisma.raw(`m.id, m.namespace, m.name, m.title, m.developer, m.description,
  m.visibility::text as visibility, m.team_id as "teamId"`);

export async function selectModels(db: Reader, viewer: Viewer, ids: readonly bigint[]): Promise<ModelRow[]> {
  return db.$queryRaw<ModelRow[]>`
    select ${MODEL} from model m where m.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'm')}`;
}

/** A model by `name` or `namespace/name`; of several, one of the given namespaces first, then the common one. */
export async function selectModelByName(
  db: Reader,
  viewer: Viewer,
  name: string,
  own: readonly string[],
): Promise<ModelRow | null> {
  const rows = await db.$queryRaw<ModelRow[]>`
    select ${MODEL} from model m
    where ((m.name = ${name} and m.namespace = any(${['', ...own]}::text[])) or m.namespace || '/' || m.name = ${name})
      and ${visible(viewer, 'm')}
    order by m.namespace = any(${own.filter((n) => n !== '')}::text[]) desc, m.namespace limit 1`;
  return rows[0] ?? null;
}

export async function selectModelIds(db: Reader, nodeIds: readonly bigint[]): Promise<Map<bigint, bigint>> {
  const rows = await db.$queryRaw<{ nodeId: bigint; modelId: bigint }[]>`
    select node_id as "nodeId", model_id as "modelId" from model_version
    where node_id = any(${[...nodeIds]}::bigint[])`;
  return new Map(rows.map((row) => [row.nodeId, row.modelId]));
}

export function pageOfModels(context: Context, search: string | null, args: PageArguments) {
  const text = search?.trim() ?? '';
  const pattern = contains(text);
  const holds =
    text === ''
      ? Prisma.sql`true`
      : Prisma.sql`(m.name ilike ${pattern} or m.title ilike ${pattern} or m.developer ilike ${pattern})`;
  return listPage<ModelRow>(context, args, {
    columns: MODEL,
    body: Prisma.sql`from model m where ${visible(context.viewer, 'm')} and ${holds}`,
    order: [
      { name: 'name', sql: Prisma.sql`m.name`, type: 'text', direction: 'asc' },
      { name: 'id', sql: Prisma.sql`m.id`, type: 'bigint', direction: 'asc' },
    ],
  });
}

/** The versions of a model that hold now, the newest first. */
export const pageOfModelVersions = listUnder<Context, PageArguments, LineageNodeRow>(
  'modelVersions',
  (context) => ({
    columns: nodeColumns('n'),
    body: Prisma.sql`from model_version v join node n on n.id = v.node_id
      where v.model_id = p.id and n.retracted_at is null and ${visible(context.viewer, 'n')}`,
    order: [
      { name: 'recordedAt', sql: Prisma.sql`n.recorded_at`, type: 'timestamptz', direction: 'desc' },
      { name: 'id', sql: Prisma.sql`n.id`, type: 'bigint', direction: 'desc' },
    ],
  }),
);

export async function selectTrainingRunFacts(
  db: Reader,
  ids: readonly bigint[],
): Promise<TrainingRunFacts[]> {
  return db.$queryRaw<TrainingRunFacts[]>`
    select node_id as id, stage::text as stage, objective, started_from::text as "startedFrom",
      occurred_at as "occurredAt"
    from training_run where node_id = any(${[...ids]}::bigint[])`;
}

/** The model of this name in the team's namespace, made where there is none; `seen` is whether the viewer may see it. */
export async function ensureModelRow(
  tx: Tx,
  viewer: Viewer,
  by: By,
  model: {
    namespace: string;
    name: string;
    title: string | null;
    developer: string | null;
    visibility: VisibilityWord;
  },
): Promise<ModelRow & { seen: boolean }> {
  const [made] = await tx.$queryRaw<ModelRow[]>`
    insert into model as m (namespace, name, title, developer, visibility, team_id, actor_id)
    values (${model.namespace}, ${model.name}, ${model.title}, ${model.developer},
      ${model.visibility}::visibility, ${by.teamId}, ${by.actorId})
    on conflict (namespace, name) do nothing returning ${MODEL}`;
  // Whoever may write and not read does not see what they made, and has made it all the same.
  if (made) return { ...made, seen: true };
  // A version that is made of it is no wider than it by default: it is not shown to fewer meanwhile.
  const described = model.title !== null || model.developer !== null;
  const [held] = await tx.$queryRaw<[ModelRow & { seen: boolean }]>`
    select ${MODEL}, ${visible(viewer, 'm')} as seen from model m where m.namespace = ${model.namespace} and m.name = ${model.name}
    for ${described ? Prisma.sql`no key update` : Prisma.sql`share`}`;
  return held;
}

/** Describes a model better, or shows it more widely; what is null stays. */
export async function improveModelRow(
  tx: Tx,
  id: bigint,
  to: { title: string | null; developer: string | null; visibility: VisibilityWord },
): Promise<void> {
  await tx.$executeRaw`
    update model set title = coalesce(${to.title}, title), developer = coalesce(${to.developer}, developer),
      visibility = ${to.visibility}::visibility
    where id = ${id}`;
}

export async function insertModelVersionRow(tx: Tx, nodeId: bigint, modelId: bigint): Promise<void> {
  await tx.$executeRaw`insert into model_version (node_id, model_id) values (${nodeId}, ${modelId})`;
}

export async function insertTrainingRunRow(tx: Tx, run: TrainingRunFacts): Promise<void> {
  await tx.$executeRaw`
    insert into training_run (node_id, stage, objective, started_from, occurred_at)
    values (${run.id}, ${run.stage}::training_stage, ${run.objective}, ${run.startedFrom}::started_from,
      ${run.occurredAt})`;
}
