// Under which conditions the samples of eval runs were judged, as far as the record tells.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from '../platform/database.ts';
import { saidByNoMeasurement } from './covered-score.store.ts';
import { versionOfRuleSeen } from './scoring/scoring.store.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

/**
 * The figures of some runs that the viewer may see, each with its condition and, of a measurement, the key of the
 * outcomes that it counts. A condition is seen where its evaluation version is.
 */
const figures = (viewer: Viewer, runs: Prisma.Sql) => Prisma.sql`
  select f.run, f.condition, f.key, c.name from (
    select m.eval_run_id as run, m.condition_id as condition, m.outcome_key as key
    from measurement m join behavior b on b.id = m.behavior_id
    where m.eval_run_id = ${runs} and m.retracted_at is null and ${visible(viewer, 'm')} and ${visible(viewer, 'b')}
    union all
    select t.eval_run_id, t.condition_id, null from score t
    where t.eval_run_id = ${runs} and t.retracted_at is null and ${visible(viewer, 't')}
      and ${saidByNoMeasurement(viewer, 't')}) f
  left join (condition c join evaluation_version v on v.id = c.evaluation_version_id
    join evaluation e on e.id = v.evaluation_id) on c.id = f.condition and ${visible(viewer, 'v')} and ${visible(viewer, 'e')}`;

/**
 * Rows of `run`, the name of a condition and `key`: the outcomes by which a sample of the run is under it. A key of
 * null stands for every sample: no figure says which samples it counts, and all are under one condition.
 */
const conditionsOf = (viewer: Viewer, runs: Prisma.Sql) => Prisma.sql`
  with f as materialized (${figures(viewer, runs)})
  select distinct f.run, f.name, f.key from f where f.name is not null and f.key is not null
  union all
  select f.run, min(f.name), null from f group by f.run
  having count(f.key) = 0 and count(distinct coalesce(f.condition, 0)) = 1 and min(f.name) is not null`;

/** Whether a sample `s` is under such a row `k`. */
const under = Prisma.sql`k.run = s.eval_run_id and (k.key is null or (
  jsonb_typeof(s.outcomes) = 'object' and jsonb_exists(s.outcomes, k.key)))`;

/** Whether a sample `s` of the run `p.id` was judged under a condition of this name: what the run states is read once. */
export function judgedUnder(viewer: Viewer, condition: string): Prisma.Sql {
  const named = Prisma.sql`from (${conditionsOf(viewer, Prisma.sql`p.id`)}) k where k.name = ${condition}::text`;
  return Prisma.sql`(exists (select 1 ${named} and k.key is null) or (jsonb_typeof(s.outcomes) = 'object'
    and jsonb_exists_any(s.outcomes, array(select k.key ${named} and k.key is not null))))`;
}

export interface ConditionCount {
  evalRunId: bigint;
  condition: string;
  count: number;
}

const anyOf = (ids: Ids) => Prisma.sql`any(${[...ids]}::bigint[])`;

/** How many samples of each run were judged under which condition. */
export const countConditions = (db: Reader, viewer: Viewer, runIds: Ids) =>
  db.$queryRaw<ConditionCount[]>`
    select s.eval_run_id as "evalRunId", k.name as condition, count(distinct s.id)::int as count
    from (${conditionsOf(viewer, anyOf(runIds))}) k join eval_sample s on ${under}
    join node r on r.id = s.eval_run_id
    where s.eval_run_id = ${anyOf(runIds)} and ${visible(viewer, 'r')} group by 1, 2 order by 1, 2`;

/** The names of the conditions of single samples. */
export const selectConditionsOfSamples = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<{ sampleId: bigint; name: string }[]>`
    select distinct s.id as "sampleId", k.name
    from eval_sample s join node r on r.id = s.eval_run_id
    join (${conditionsOf(viewer, Prisma.sql`any(select q.eval_run_id from eval_sample q where q.id = ${anyOf(ids)})`)}) k on ${under}
    where s.id = ${anyOf(ids)} and ${visible(viewer, 'r')} order by 1, 2`;

/**
 * The condition under which a run's figures all stand, as its file or whoever recorded it stated them; null where some
 * stand under another, or under none. What rules that the viewer sees made of its samples is not asked.
 */
export async function selectSoleCondition(
  db: Reader,
  viewer: Viewer,
  runId: bigint,
): Promise<{ name: string; factors: Record<string, unknown> } | null> {
  const [row] = await db.$queryRaw<{ name: string; factors: Record<string, unknown> }[]>`
    select c.name, c.factors from (
      select min(f.condition) as id from (
        select m.condition_id as condition from measurement m join behavior b on b.id = m.behavior_id
        where m.eval_run_id = ${runId} and m.retracted_at is null and ${visible(viewer, 'm')} and ${visible(viewer, 'b')}
          and not ${versionOfRuleSeen(viewer, Prisma.sql`m.scoring_rule_version_id`)}
        union all
        select t.condition_id from score t
        where t.eval_run_id = ${runId} and t.retracted_at is null and ${visible(viewer, 't')}
          and ${saidByNoMeasurement(viewer, 't')}) f
      having count(distinct coalesce(f.condition, 0)) = 1) sole
    join condition c on c.id = sole.id join evaluation_version v on v.id = c.evaluation_version_id
    join evaluation e on e.id = v.evaluation_id where ${visible(viewer, 'v')} and ${visible(viewer, 'e')}`;
  return row ?? null;
}
