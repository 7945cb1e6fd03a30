// What rules and outcomes rest on, as conditions of SQL: whoever may not see all of it sees neither.
import type { Guard } from '../access/audience-sight.ts';
import { GUARD } from '../access/guards.store.ts';
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from '../platform/database.ts';
import { familyOf, type RegressionRuleRow } from './regression.ts';
import type { Rests } from './rests.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;

/** Whether the viewer sees a measurement with what it is of: its run, evaluation version and behaviour. */
function measurementNamed(viewer: Viewer, alias: string): Prisma.Sql {
  const m = Prisma.raw(alias);
  return Prisma.sql`(${visible(viewer, alias)}
    and exists (select from node s_run join eval_run s_facts on s_facts.node_id = s_run.id
      join evaluation_version s_version on s_version.id = s_facts.evaluation_version_id
      join evaluation s_evaluation on s_evaluation.id = s_version.evaluation_id
      where s_run.id = ${m}.eval_run_id and ${visible(viewer, 's_run')} and ${visible(viewer, 's_version')}
        and ${visible(viewer, 's_evaluation')} offset 0)
    and exists (select from behavior s_behavior where s_behavior.id = ${m}.behavior_id and ${visible(viewer, 's_behavior')} offset 0))`;
}

/** The same, with all else that decides whether it may be compared: its grader and its scoring rule. */
export function measurementSeen(viewer: Viewer, alias: string): Prisma.Sql {
  const m = Prisma.raw(alias);
  return Prisma.sql`(${measurementNamed(viewer, alias)}
    and (${m}.grader_version_id is null or exists (
      select from grader_version s_grader join grader s_named on s_named.id = s_grader.grader_id
      where s_grader.id = ${m}.grader_version_id and ${visible(viewer, 's_grader')} and ${visible(viewer, 's_named')} offset 0))
    and (${m}.scoring_rule_version_id is null or exists (
      select from scoring_rule_version s_scoring join scoring_rule s_rule on s_rule.id = s_scoring.scoring_rule_id
      where s_scoring.id = ${m}.scoring_rule_version_id and ${visible(viewer, 's_scoring')} and ${visible(viewer, 's_rule')}
        and not exists (select from unnest(s_scoring.behavior_ids) s_told(id) where not exists (
          select from behavior s_says where s_says.id = s_told.id and ${visible(viewer, 's_says')} offset 0)) offset 0)))`;
}

type Which = typeof measurementSeen;

/** Whether the viewer sees each of the measurements that a rule compares with. */
function baselinesSeen(viewer: Viewer, alias: string, which: Which): Prisma.Sql {
  return Prisma.sql`not exists (select from unnest(${Prisma.raw(alias)}.baseline_ids) s_chosen(id) where not exists (
      select from measurement s_base where s_base.id = s_chosen.id and ${which(viewer, 's_base')} offset 0))`;
}

/**
 * Whether the viewer sees a rule with its behaviour, the incident that it is for, and what it compares with. By whom that
 * was judged, the rule does not say.
 */
export function ruleSeen(viewer: Viewer, alias: string): Prisma.Sql {
  const r = Prisma.raw(alias);
  return Prisma.sql`(${visible(viewer, alias)}
    and exists (select from behavior s_of where s_of.id = ${r}.behavior_id and ${visible(viewer, 's_of')} offset 0)
    and (${r}.incident_id is null or exists (
      select from node s_for where s_for.id = ${r}.incident_id and ${visible(viewer, 's_for')} offset 0))
    and ${baselinesSeen(viewer, alias, measurementNamed)})`;
}

/** Whether a measurement's run examined a model of the family, as far as the viewer sees. */
export function isOfFamily(viewer: Viewer, runId: Prisma.Sql, family: Prisma.Sql): Prisma.Sql {
  const begins = Prisma.sql`left(${family}, -1)`;
  return Prisma.sql`exists (select from edge f_edge join node f_model on f_model.id = f_edge.upstream
    where f_edge.downstream = ${runId} and f_edge.kind = 'EVALUATED' and f_edge.retracted_at is null
      and f_model.retracted_at is null and ${visible(viewer, 'f_edge')} and ${visible(viewer, 'f_model')}
      and case when right(${family}, 1) = '*'
        then starts_with(f_model.name, ${begins}) or starts_with(f_model.namespace || '/' || f_model.name, ${begins})
        else f_model.name = ${family} or f_model.namespace || '/' || f_model.name = ${family} end offset 0)`;
}

/** Whether the viewer sees what the verdict of an outcome `o` rests on besides its rule and its measurements. */
const groundsSeen = (viewer: Viewer) => Prisma.sql`(not exists (
    select from unnest(o.tested_on_ids) s_used(id) where not exists (
      select from edge s_tested join node s_set on s_set.id = s_tested.upstream
      where s_tested.id = s_used.id and ${visible(viewer, 's_tested')} and ${visible(viewer, 's_set')} offset 0))
  and not exists (select from unnest(o.import_ids) s_used(id) where not exists (
    select from import s_file where s_file.id = s_used.id and ${visible(viewer, 's_file')} offset 0)))`;

/** From `regression_outcome o`, its rule `r` and its measurement `m`: outcomes that the viewer sees. */
export const outcomesSeen = (viewer: Viewer) => Prisma.sql`
  from regression_outcome o join regression_rule r on r.id = o.regression_rule_id join measurement m on m.id = o.measurement_id
  where ${ruleSeen(viewer, 'r')} and ${baselinesSeen(viewer, 'r', measurementSeen)} and ${measurementSeen(viewer, 'm')}
    and ${isOfFamily(viewer, Prisma.sql`m.eval_run_id`, Prisma.sql`r.model_family`)} and ${groundsSeen(viewer)}`;

/** Who may see what a rule and these measurements rest on, whoever asks: for deciding who may see what follows. */
export async function selectRests(
  tx: Reader,
  rule: { id: bigint; modelFamily: string },
  measurementIds: readonly bigint[],
): Promise<Rests> {
  const all = await selectGuardsOf(tx, rule.id, measurementIds);
  return { all, ways: await selectWays(tx, rule.modelFamily, measurementIds) };
}

/** Whether a model version `u` is of the family, by its name with or without its namespace. */
export function inFamily(modelFamily: string): Prisma.Sql {
  const { name, begins } = familyOf(modelFamily);
  return Prisma.sql`case when ${begins}::boolean
    then starts_with(u.name, ${name}::text) or starts_with(u.namespace || '/' || u.name, ${name}::text)
    else u.name = ${name}::text or u.namespace || '/' || u.name = ${name}::text end`;
}

/** Of the runs of these measurements the ways to the family, each by who may see its edge, and who its model version. */
async function selectWays(
  tx: Reader,
  modelFamily: string,
  measurementIds: readonly bigint[],
): Promise<Rests['ways']> {
  const rows = await tx.$queryRaw<(Guard & { run: bigint; way: bigint })[]>`
    with evaluated as (select e.*, u.id as model from edge e join node u on u.id = e.upstream
        where e.downstream in (select eval_run_id from measurement where id = any(${[...measurementIds]}::bigint[]))
          and e.kind = 'EVALUATED' and e.retracted_at is null and u.retracted_at is null
          and ${inFamily(modelFamily)}),
      x as (
        select downstream as run, id as way, visibility, team_id, actor_id, audience_id from evaluated
        union all
        select e.downstream, e.id, n.visibility, n.team_id, n.actor_id, n.audience_id
        from evaluated e join node n on n.id = e.model)
    select x.run, x.way, ${GUARD} from x order by 1, 2`;
  const runs = new Map<bigint, Map<bigint, Guard[]>>();
  for (const { run, way, ...guard } of rows) {
    const ways = runs.get(run) ?? new Map<bigint, Guard[]>();
    runs.set(run, ways.set(way, [...(ways.get(way) ?? []), guard]));
  }
  return [...runs.values()].map((ways) => [...ways.values()]);
}

/**
 * The same without the ways to the family: what has to be seen in any case. By whom a baseline was judged counts only where
 * something was compared with it.
 */
export function selectGuardsOf(
  tx: Reader,
  ruleId: bigint,
  measurementIds: readonly bigint[],
): Promise<Guard[]> {
  return tx.$queryRaw<Guard[]>`
    with this as (select * from regression_rule where id = ${ruleId}),
      base as (select * from measurement where id = any((select baseline_ids from this)::bigint[])),
      m as (select * from measurement where id = any(${[...measurementIds]}::bigint[]) union select * from base),
      version as (select v.* from evaluation_version v join eval_run e on e.evaluation_version_id = v.id
        where e.node_id in (select eval_run_id from m)),
      judged as (select * from m where ${measurementIds.length > 0}::boolean),
      judge as (select g.* from grader_version g where g.id in (select grader_version_id from judged)),
      scoring as (select s.* from scoring_rule_version s where s.id in (select scoring_rule_version_id from judged)),
      x as (
        select visibility, team_id, actor_id, audience_id from this
        union all select visibility, team_id, actor_id, audience_id from m
        union all select visibility, team_id, actor_id, audience_id from version
        union all select visibility, team_id, actor_id, audience_id from judge
        union all select visibility, team_id, actor_id, audience_id from scoring
        union all select visibility, team_id, actor_id, audience_id from behavior
          where id in (select behavior_id from this union select behavior_id from m
            union select unnest(behavior_ids) from scoring)
        union all select visibility, team_id, actor_id, audience_id from node
          where id in (select incident_id from this union select eval_run_id from m)
        union all select visibility, team_id, actor_id, audience_id from evaluation where id in (select evaluation_id from version)
        union all select visibility, team_id, actor_id, audience_id from grader where id in (select grader_id from judge)
        union all select visibility, team_id, actor_id, audience_id from scoring_rule
          where id in (select scoring_rule_id from scoring))
    select distinct ${GUARD} from x`;
}

/** What a rule is about: baselines are what it compares with, and not what it says something of. */
type MatchedBy = Pick<RegressionRuleRow, 'behaviorId' | 'modelFamily' | 'condition' | 'baselineIds'>;

/** When a measurement was recorded, from the one moment on and before the other. */
export interface Period {
  since: Date;
  before: Date;
}

/** From `measurement m`: those that hold and that a rule is about, in the viewer's sight. */
const matching = (viewer: Viewer, by: MatchedBy, which: Which, period: Period | null) => Prisma.sql`
  from measurement m join node run on run.id = m.eval_run_id
  left join condition c on c.id = m.condition_id
  where m.behavior_id = ${by.behaviorId} and m.retracted_at is null and run.retracted_at is null
    and m.id <> all(${[...by.baselineIds]}::bigint[])
    and (${by.condition}::text is null or c.name = ${by.condition}::text)
    and ${period === null ? Prisma.sql`true` : Prisma.sql`m.recorded_at >= ${period.since} and m.recorded_at < ${period.before}`}
    and ${which(viewer, 'm')}
    and ${isOfFamily(viewer, Prisma.sql`m.eval_run_id`, Prisma.sql`${by.modelFamily}::text`)}`;

/** Those of these measurements of which a rule may speak in the viewer's sight: they see by whom each was judged. */
export async function selectMatching(
  db: Reader,
  viewer: Viewer,
  by: MatchedBy,
  ids: readonly bigint[],
): Promise<bigint[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select m.id ${matching(viewer, by, measurementSeen, null)} and m.id = any(${[...ids]}::bigint[]) order by m.id`;
  return rows.map((row) => row.id);
}

/**
 * The newest of all that a rule is about, or of a period. One whose judge is hidden from the viewer is among them like one
 * that has none, for otherwise its absence would tell that it has.
 */
export async function selectNewestMatching(
  db: Reader,
  viewer: Viewer,
  by: MatchedBy,
  most: number,
  period: Period | null = null,
): Promise<bigint[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select m.id ${matching(viewer, by, measurementNamed, period)} order by m.id desc limit ${most}::int`;
  return rows.map((row) => row.id);
}

/** How many these are in all. */
export async function countMatching(
  db: Reader,
  viewer: Viewer,
  by: MatchedBy,
  period: Period | null = null,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count ${matching(viewer, by, measurementNamed, period)}`;
  return row?.count ?? 0;
}

/** Those of these measurements that the viewer sees with what they are of, and that hold. */
export const selectSeenMeasurements = (db: Reader, viewer: Viewer, ids: readonly bigint[]) =>
  db.$queryRaw<{ id: bigint; behaviorId: bigint }[]>`
    select m.id, m.behavior_id as "behaviorId" from measurement m join node run on run.id = m.eval_run_id
    where m.id = any(${[...ids]}::bigint[]) and m.retracted_at is null and run.retracted_at is null
      and ${measurementNamed(viewer, 'm')} order by m.id`;

/** Whether the viewer sees a rule with all that decides whether something may be compared with its baselines. */
export async function maySpeak(db: Reader, viewer: Viewer, ruleId: bigint): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from regression_rule r where r.id = ${ruleId} and ${ruleSeen(viewer, 'r')}
      and ${baselinesSeen(viewer, 'r', measurementSeen)}`;
  return rows.length > 0;
}
