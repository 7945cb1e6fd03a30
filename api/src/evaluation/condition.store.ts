// The named conditions of evaluation versions.

import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { cappedPer } from '../platform/capped-sql.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { Json } from '../platform/json.ts';
import { conditionSeen } from './condition-sight.store.ts';
import type { ConditionRow } from './evaluation.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

const CONDITION = Prisma.sql`c.id, c.evaluation_version_id as "evaluationVersionId", c.name, c.factors, c.description`;
const conditions = (viewer: Viewer) =>
  Prisma.sql`from condition c join evaluation_version v on v.id = c.evaluation_version_id
    join evaluation e on e.id = v.evaluation_id
    where ${visible(viewer, 'v')} and ${visible(viewer, 'e')} and ${conditionSeen(viewer)}`;

export const selectConditions = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    ConditionRow[]
  >`select ${CONDITION} ${conditions(viewer)} and c.id = any(${[...ids]}::bigint[])`;

/** Those registered with their version in its order, then the others by name: when these were first used tells nothing. */
export const selectConditionsOfVersions = (db: Reader, viewer: Viewer, versionIds: Ids) =>
  db.$queryRaw<ConditionRow[]>(
    cappedPer(
      'evaluationVersionId',
      Prisma.sql`select ${CONDITION} ${conditions(viewer)} and c.evaluation_version_id = any(${[...versionIds]}::bigint[])
        order by not c.declared, case when c.declared then c.id end, c.name collate "C", c.factors::text collate "C"`,
    ),
  );

/** Of a version, those of some names, in the same order: however many it has. */
export const selectConditionsNamed = (
  db: Reader,
  viewer: Viewer,
  versionId: bigint,
  names: readonly string[],
) =>
  db.$queryRaw<ConditionRow[]>`
    select ${CONDITION} ${conditions(viewer)} and c.evaluation_version_id = ${versionId}
      and c.name = any(${[...names]}::text[])
    order by not c.declared, case when c.declared then c.id end, c.name collate "C", c.factors::text collate "C"`;

/** The ids of those under which figures of a run were taken that the viewer sees. */
export async function selectConditionsOfRun(db: Reader, viewer: Viewer, runId: bigint): Promise<Set<bigint>> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select m.condition_id as id from measurement m join behavior b on b.id = m.behavior_id
    where m.eval_run_id = ${runId} and m.condition_id is not null and ${visible(viewer, 'm')} and ${visible(viewer, 'b')}
    union
    select s.condition_id from score s
    where s.eval_run_id = ${runId} and s.condition_id is not null and ${visible(viewer, 's')}`;
  return new Set(rows.map(({ id }) => id));
}

export interface ConditionToRecord {
  name: string;
  factors?: Json | undefined;
  description?: string | null;
}

/** Those that a version is registered with. */
export async function insertDeclared(
  tx: Tx,
  evaluationVersionId: bigint,
  declared: readonly ConditionToRecord[],
): Promise<void> {
  if (declared.length === 0) return;
  await tx.condition.createMany({
    data: declared.map(({ name, factors, description }) => ({
      evaluationVersionId,
      name,
      factors: factors == null ? {} : (factors as Prisma.InputJsonValue),
      description: description ?? null,
      declared: true,
    })),
  });
}

/**
 * The conditions of a version under which figures were taken, by name: of each the one of this name that it was registered
 * with, else the one of the same name and factors, whoever may see it, else a new one. Whose figure made it first is
 * thereby told by none. All at once: a sweep has thousands.
 */
export async function ensureConditionRows(
  tx: Tx,
  evaluationVersionId: bigint,
  conditions: readonly Pick<ConditionToRecord, 'name' | 'factors'>[],
): Promise<Map<string, bigint>> {
  if (conditions.length === 0) return new Map();
  const names = conditions.map(({ name }) => name);
  const made = conditions.map(({ factors }) => JSON.stringify(factors ?? {}));
  const wanted = Prisma.sql`
    select w.name, w.factors::jsonb as factors from unnest(${names}::text[], ${made}::text[]) w(name, factors)`;
  await tx.$executeRaw`
    insert into condition (evaluation_version_id, name, factors)
    select ${evaluationVersionId}, w.name, w.factors from (${wanted}) w where not exists (
      select 1 from condition c where c.evaluation_version_id = ${evaluationVersionId} and c.name = w.name and c.declared)
    order by w.name on conflict do nothing`;
  const rows = await tx.$queryRaw<{ id: bigint; name: string }[]>`
    select distinct on (c.name) c.id, c.name from (${wanted}) w join condition c on c.name = w.name
    where c.evaluation_version_id = ${evaluationVersionId}
      and (c.declared or md5(c.factors::text) = md5(w.factors::text))
    order by c.name, c.declared desc, c.id`;
  return new Map(rows.map(({ id, name }) => [name, id]));
}
