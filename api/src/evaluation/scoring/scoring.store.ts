// Rules of scoring, their versions and confirmations, and the scores of recorded samples that they read.

import type { Viewer } from '../../access/viewer.ts';
import { visible } from '../../access/visibility.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { VisibilityWord } from '../../lineage/node.ts';
import { LOCKS } from '../../platform/advisory-locks.ts';
import { cappedPer } from '../../platform/capped-sql.ts';
import { contains } from '../../platform/contains.ts';
import type { Db, Tx } from '../../platform/database.ts';
import type { OrderTerm } from '../../platform/page.ts';
import { retractRowOf } from '../../platform/retract-row.ts';
import type { Scalar, ScoringDefinition } from './scoring-definition.ts';
import type { ScoringRuleRow, ScoringRuleVersionRow } from './scoring-rule.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];
interface By {
  teamId: bigint;
  actorId: bigint;
}

const NAME = Prisma.sql`(case when r.namespace = '' then r.name else r.namespace || '/' || r.name end)`;
const RULE = Prisma.sql`r.id, ${NAME} as name, r.evaluation, r.scorer`;

/** A version is seen with its rule, which is `r`, and with the behaviours that it names. */
function versionSeen(viewer: Viewer, alias: string): Prisma.Sql {
  return Prisma.sql`(${visible(viewer, alias)}) and (${visible(viewer, 'r')})
    and not exists (select from unnest(${Prisma.raw(alias)}.behavior_ids) named(id) where not exists (
      select from behavior b where b.id = named.id and (${visible(viewer, 'b')}) offset 0))`;
}
/** Whether the viewer sees the version of a rule with this id; a measurement by another reads as one by none. */
export const versionOfRuleSeen = (viewer: Viewer, id: Prisma.Sql) => Prisma.sql`exists (
  select from scoring_rule_version by_rule join scoring_rule r on r.id = by_rule.scoring_rule_id
  where by_rule.id = ${id} and ${versionSeen(viewer, 'by_rule')})`;

const VERSION = (
  viewer: Viewer,
) => Prisma.sql`v.id, v.scoring_rule_id as "scoringRuleId", ${NAME} as "ruleName",
  r.evaluation, v.number, v.definition, v.behavior_ids as "behaviorIds", v.built_in as "builtIn", v.note,
  v.visibility::text as visibility, v.team_id as "teamId", v.actor_id as "actorId", v.recorded_at as "recordedAt",
  v.retracted_at as "retractedAt", c.actor_id as "confirmedBy", a.name as "confirmedByName",
  c.recorded_at as "confirmedAt", c.comment,
  exists (select from scoring_rule_version later join scoring_rule_confirmation k on k.scoring_rule_version_id = later.id
    where later.scoring_rule_id = v.scoring_rule_id and later.number > v.number and later.retracted_at is null
      and ${versionSeen(viewer, 'later')}) as superseded`;
const versions = (viewer: Viewer) => Prisma.sql`
  from scoring_rule_version v join scoring_rule r on r.id = v.scoring_rule_id
  left join scoring_rule_confirmation c on c.scoring_rule_version_id = v.id left join actor a on a.id = c.actor_id
  where ${versionSeen(viewer, 'v')}`;

export const selectRules = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<ScoringRuleRow[]>`
    select ${RULE} from scoring_rule r where r.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'r')}`;

export const selectVersions = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    ScoringRuleVersionRow[]
  >`select ${VERSION(viewer)} ${versions(viewer)} and v.id = any(${[...ids]}::bigint[])`;

/** Newest first. */
export const selectVersionsOfRules = (db: Reader, viewer: Viewer, ruleIds: Ids) =>
  db.$queryRaw<ScoringRuleVersionRow[]>(
    cappedPer(
      'scoringRuleId',
      Prisma.sql`select ${VERSION(viewer)} ${versions(viewer)} and v.scoring_rule_id = any(${[...ruleIds]}::bigint[]) order by v.number desc`,
    ),
  );

export function ruleList(viewer: Viewer, filter: { evaluation: string | null; search: string | null }) {
  const { evaluation, search } = filter;
  const of = evaluation === null ? Prisma.sql`true` : Prisma.sql`r.evaluation = ${evaluation}`;
  const like =
    search === null
      ? Prisma.sql`true`
      : Prisma.sql`(r.name ilike ${contains(search)} or r.evaluation ilike ${contains(search)} or r.scorer ilike ${contains(search)})`;
  return {
    columns: RULE,
    body: Prisma.sql`from scoring_rule r where (${visible(viewer, 'r')}) and ${of} and ${like}`,
    order: [
      { name: 'name', sql: Prisma.raw('lower(r.name) collate "C"'), type: 'text', direction: 'asc' },
      { name: 'id', sql: Prisma.sql`r.id`, type: 'bigint', direction: 'asc' },
    ] satisfies OrderTerm[],
  };
}

/** Of each visible rule about one of these tasks, the version in force. */
export function selectInForce(db: Reader, viewer: Viewer, evaluations: readonly string[]) {
  const teams = viewer.kind === 'principal' ? [...viewer.teamIds] : [];
  return db.$queryRaw<(ScoringRuleVersionRow & { namespace: string; own: boolean })[]>`
    select distinct on (v.scoring_rule_id) ${VERSION(viewer)}, r.namespace,
      r.namespace in (select t.namespace from team t where t.id = any(${teams}::bigint[])) as own
    ${versions(viewer)} and v.retracted_at is null and (v.built_in or c.id is not null)
      and r.evaluation = any(${[...evaluations]}::text[])
    order by v.scoring_rule_id, v.number desc`;
}

/** What the team's namespace holds under a name, visible or not. */
export async function selectOwnRule(
  tx: Tx,
  namespace: string,
  name: string,
): Promise<(ScoringRuleRow & { visibility: VisibilityWord }) | null> {
  const [row] = await tx.$queryRaw<(ScoringRuleRow & { visibility: VisibilityWord })[]>`
    select ${RULE}, r.visibility::text as visibility from scoring_rule r
    where r.namespace = ${namespace} and r.name = ${name} for update`;
  return row ?? null;
}

/** The newest number of a rule, whoever may see it: numbers are never given twice. */
export async function selectLastNumber(tx: Tx, ruleId: bigint): Promise<number> {
  const [row] = await tx.$queryRaw<[{ number: number }]>`
    select coalesce(max(number), 0)::int as number from scoring_rule_version where scoring_rule_id = ${ruleId}`;
  return row.number;
}

export async function insertRule(
  tx: Tx,
  by: By,
  rule: { namespace: string; name: string; evaluation: string; scorer: string; visibility: VisibilityWord },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into scoring_rule (namespace, name, evaluation, scorer, visibility, team_id, actor_id)
    values (${rule.namespace}, ${rule.name}, ${rule.evaluation}, ${rule.scorer}, ${rule.visibility}::visibility,
      ${by.teamId}, ${by.actorId}) returning id`;
  return row.id;
}

export async function insertVersion(
  tx: Tx,
  by: By,
  version: {
    ruleId: bigint;
    number: number;
    definition: ScoringDefinition;
    behaviorIds: readonly bigint[];
    note: string | null;
    visibility: VisibilityWord;
  },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into scoring_rule_version (scoring_rule_id, number, definition, behavior_ids, note, visibility, team_id, actor_id)
    values (${version.ruleId}, ${version.number}::int, ${JSON.stringify(version.definition)}::jsonb,
      ${[...version.behaviorIds]}::bigint[], ${version.note}, ${version.visibility}::visibility, ${by.teamId}, ${by.actorId})
    returning id`;
  return row.id;
}

export async function insertConfirmation(
  tx: Tx,
  by: By,
  versionId: bigint,
  comment: string | null,
): Promise<void> {
  await tx.$executeRaw`
    insert into scoring_rule_confirmation (scoring_rule_version_id, comment, team_id, actor_id)
    values (${versionId}, ${comment}, ${by.teamId}, ${by.actorId})`;
}

/** Lets those who confirm, or retract, versions of a rule do so one after another. */
export async function lockRule(tx: Tx, ruleId: bigint): Promise<void> {
  await tx.$queryRaw`select id from scoring_rule where id = ${ruleId} for no key update`;
}

/** False where it was retracted already. */
export async function retractVersion(
  tx: Tx,
  versionId: bigint,
  actorId: bigint,
  reason: string,
): Promise<boolean> {
  return retractRowOf(tx, 'scoring_rule_version', versionId, actorId, reason);
}

/** Lets the rescorings of a run go one after another until the transaction ends. */
export async function takeRescoringTurn(tx: Tx, runId: bigint): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCKS.rescoring}::int, hashint8(${runId}::bigint))`;
}

/** What a run's measurements by one version are, those that hold. */
export async function selectMeasuredBy(
  db: Reader,
  viewer: Viewer,
  runId: bigint,
  versionId: bigint,
): Promise<bigint[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select m.id from measurement m join behavior b on b.id = m.behavior_id
    where m.eval_run_id = ${runId} and m.scoring_rule_version_id = ${versionId} and m.retracted_at is null
      and (${visible(viewer, 'm')}) and (${visible(viewer, 'b')}) order by m.id`;
  return rows.map((row) => row.id);
}

export interface RunToScore {
  /** The name of its evaluation; null where that is not seen, though the run is. */
  task: string | null;
  evaluationVersionId: bigint;
  epochs: number | null;
  /** Of the log; null where the run was not read from one, or they were too large to be kept. */
  taskArgs: Record<string, unknown> | null;
  /** How many samples the log said were invalidated; null where it is not known. */
  invalidated: number | null;
  samples: number;
  /** How many of them do not say whether they were invalidated. */
  silent: number;
}

export async function selectRunToScore(
  db: Reader,
  viewer: Viewer,
  runId: bigint,
): Promise<RunToScore | null> {
  const [row] = await db.$queryRaw<RunToScore[]>`
    select e.name as task, run.evaluation_version_id as "evaluationVersionId", run.epochs,
      run.metadata->'taskArgs' as "taskArgs",
      case when jsonb_typeof(run.metadata->'counts'->'invalidated') = 'number'
        then (run.metadata->'counts'->>'invalidated')::numeric::float8 end as invalidated,
      s.samples, s.silent
    from eval_run run join node n on n.id = run.node_id
    left join (evaluation_version ev join evaluation e on e.id = ev.evaluation_id)
      on ev.id = run.evaluation_version_id and ${visible(viewer, 'ev')} and ${visible(viewer, 'e')}
    cross join lateral (select count(*)::int as samples, (count(*) filter (where invalidated is null))::int as silent
      from eval_sample where eval_run_id = run.node_id) s
    where run.node_id = ${runId} and n.retracted_at is null and (${visible(viewer, 'n')})`;
  return row ?? null;
}

/** The scorers that any sample of a run names. */
export async function selectScorersOfRun(db: Reader, viewer: Viewer, runId: bigint): Promise<string[]> {
  const rows = await db.$queryRaw<{ scorer: string }[]>`
    select distinct k.scorer from eval_sample s join node n on n.id = s.eval_run_id
    cross join lateral jsonb_object_keys(case when jsonb_typeof(s.scores) = 'object' then s.scores else '{}' end) k(scorer)
    where s.eval_run_id = ${runId} and (${visible(viewer, 'n')}) order by 1`;
  return rows.map((row) => row.scorer);
}

export interface ScoreCase {
  given: boolean;
  value: Scalar;
  hasParts: boolean;
  hasPart: boolean;
  part: Scalar;
  errorPart: Scalar;
  invalidated: boolean;
  times: number;
  /** The scenario that they share, or the sample whose epochs they are. */
  cluster: string;
}

/** The samples of a run by what one scorer said of them: those of a cluster that are alike to a rule stand in one row. */
export function selectScoreCases(
  db: Reader,
  viewer: Viewer,
  runId: bigint,
  of: { scorer: string; part: string | null; errorPart: string | null },
): Promise<ScoreCase[]> {
  const scalar = (sql: Prisma.Sql) =>
    Prisma.sql`case when jsonb_typeof(${sql}) in ('string', 'number', 'boolean') then ${sql} end`;
  return db.$queryRaw<ScoreCase[]>`
    select given, value, "hasParts", "hasPart", part, "errorPart", invalidated, cluster, count(*)::int as times from (
      select x.cluster, x.score is not null as given, ${scalar(Prisma.sql`x.plain`)} as value,
        coalesce(jsonb_typeof(x.parts) in ('object', 'array'), false) as "hasParts",
        coalesce(x.parts ? ${of.part}::text, false) as "hasPart",
        ${scalar(Prisma.sql`(x.parts->${of.part}::text)`)} as part,
        ${scalar(Prisma.sql`(x.parts->${of.errorPart}::text)`)} as "errorPart",
        coalesce(x.invalidated, false) as invalidated
      from (
        select y.cluster, y.score, y.invalidated,
          case when jsonb_typeof(y.score) = 'object' then y.score->'value' else y.score end as plain,
          case when jsonb_typeof(y.score) = 'object' then y.score->'parts' end as parts
        from (
          select coalesce('scenario ' || s.scenario, 'sample ' || s.sample_id) as cluster, s.invalidated,
            case when jsonb_typeof(s.scores) = 'object' then s.scores->${of.scorer}::text end as score
          from eval_sample s join node n on n.id = s.eval_run_id
          where s.eval_run_id = ${runId} and (${visible(viewer, 'n')})) y) x) z
    group by 1, 2, 3, 4, 5, 6, 7, 8`;
}
