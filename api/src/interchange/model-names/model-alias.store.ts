import type { Viewer } from '../../access/viewer.ts';
import { visible } from '../../access/visibility.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { VisibilityWord } from '../../lineage/node.ts';
import { contains } from '../../platform/contains.ts';
import type { Db, Tx } from '../../platform/database.ts';
import { retractRowOf } from '../../platform/retract-row.ts';
import type { ModelAliasRow } from './model-alias.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

const aliases = (viewer: Viewer) => Prisma.sql`
  select a.id, a.name, a.model_version_id as "modelVersionId",
    'model:' || (case when n.namespace = '' then '' else n.namespace || '/' end) || n.name || '@' || n.version as ref,
    a.visibility::text as visibility, a.team_id as "teamId", a.actor_id as "actorId", a.recorded_at as "recordedAt",
    a.retracted_at as "retractedAt"
  from model_alias a join node n on n.id = a.model_version_id
  where (${visible(viewer, 'a')}) and (${visible(viewer, 'n')})`;

export const selectModelAliases = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<ModelAliasRow[]>`${aliases(viewer)} and a.id = any(${[...ids]}::bigint[])`;

/** What a team's names mean now, of those that the viewer may see. */
export const selectAliasesOfTeam = (db: Reader, viewer: Viewer, teamId: bigint, names: readonly string[]) =>
  db.$queryRaw<ModelAliasRow[]>`${aliases(viewer)} and a.name = any(${[...names]}::text[])
    and a.namespace = (select t.namespace from team t where t.id = ${teamId})
    and a.retracted_at is null and n.retracted_at is null order by a.id`;

/** Whether the team's namespace holds the name, visible or not. */
export async function isHeld(tx: Tx, namespace: string, name: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from model_alias where namespace = ${namespace} and name = ${name} and retracted_at is null`;
  return rows.length > 0;
}

export async function insertModelAlias(
  tx: Tx,
  by: { teamId: bigint; actorId: bigint },
  alias: { namespace: string; name: string; modelVersionId: bigint; visibility: VisibilityWord },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into model_alias (namespace, name, model_version_id, visibility, team_id, actor_id)
    values (${alias.namespace}, ${alias.name}, ${alias.modelVersionId}, ${alias.visibility}::visibility,
      ${by.teamId}, ${by.actorId}) returning id`;
  return row.id;
}

/** False where it was retracted already. */
export async function retractModelAliasRow(
  tx: Tx,
  id: bigint,
  actorId: bigint,
  reason: string,
): Promise<boolean> {
  return retractRowOf(tx, 'model_alias', id, actorId, reason);
}

export interface ModelNameOfRun {
  runId: bigint;
  name: string;
  /** Null where the file states none. */
  version: string | null;
}

/**
 * How the files of eval runs name the model that was examined. Runs that were recorded before that was kept of every format
 * tell it of Inspect logs alone.
 */
export const selectModelNamesOfRuns = (db: Reader, viewer: Viewer, runIds: Ids) =>
  db.$queryRaw<ModelNameOfRun[]>`
    select r.node_id as "runId", stated.name, stated.version
    from eval_run r join node n on n.id = r.node_id cross join lateral (
      select r.metadata->'statedModel'->>'name' as name, r.metadata->'statedModel'->>'version' as version
      where jsonb_typeof(r.metadata->'statedModel') = 'object'
      union all
      select r.metadata->>'model', r.metadata->>'modelRevision'
      where r.metadata->'statedModel' is null and jsonb_typeof(r.metadata->'model') = 'string') stated
    where r.node_id = any(${[...runIds]}::bigint[]) and (${visible(viewer, 'n')}) and stated.name is not null`;

const MOST_CANDIDATES = 500;

/**
 * Of each list of words the visible model versions whose name holds one of them; those of which no version is known are left
 * out. `asked` is the place of the list.
 */
export const selectModelsWithWords = (db: Reader, viewer: Viewer, words: readonly (readonly string[])[]) =>
  db.$queryRaw<{ asked: number; id: bigint; name: string; version: string }[]>`
    select (w.place - 1)::int as asked, found.id, found.name, found.version
    from jsonb_array_elements(${JSON.stringify(words.map((list) => list.map(contains)))}::text::jsonb)
      with ordinality as w(patterns, place)
    cross join lateral (
      select n.id, n.name, n.version from node n
      where n.kind = 'MODEL_VERSION' and n.retracted_at is null and n.version <> 'unspecified' and (${visible(viewer, 'n')})
        and n.name ilike any(array(select jsonb_array_elements_text(w.patterns)))
      order by n.id desc limit ${MOST_CANDIDATES}) found
    order by w.place, found.id desc`;
