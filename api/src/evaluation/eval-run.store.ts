// Eval runs with their measurements, scores and samples; and reported results.

import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { EdgeKind } from '../lineage/kinds.ts';
import { known } from '../lineage/node-sql.ts';
import { cappedPer } from '../platform/capped-sql.ts';
import { contains } from '../platform/contains.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { OrderTerm } from '../platform/page.ts';
import { fullName } from './catalogue.store.ts';
import { saidByNoMeasurement } from './covered-score.store.ts';
import type {
  BriefMeasurement,
  EvalRunFacts,
  MeasurementRow,
  ReportedResultRow,
  ScoreRow,
} from './evaluation.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

const newestFirst = (column: string): OrderTerm[] => [
  { name: 'id', sql: Prisma.raw(column), type: 'bigint', direction: 'desc' },
];

export const selectEvalRunFacts = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<EvalRunFacts[]>`
    select r.node_id as "nodeId", r.evaluation_version_id as "evaluationVersionId", r.status::text as status,
      r.started_at as "startedAt", r.epochs, r.sample_count as "sampleCount", r.import_id as "importId"
    from eval_run r join node n on n.id = r.node_id
    where r.node_id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'n')}`;

/** The visible nodes that edges of one kind, holding now, lead to; each once, in the order recorded. */
export const selectUpstream = (db: Reader, viewer: Viewer, ids: Ids, kind: EdgeKind) =>
  db.$queryRaw<{ downstream: bigint; upstream: bigint }[]>(
    cappedPer(
      'downstream',
      Prisma.sql`
    select e.downstream, e.upstream from edge e join node u on u.id = e.upstream
    where e.downstream = any(${[...ids]}::bigint[]) and e.kind = ${kind}::edge_kind and e.retracted_at is null
      and u.retracted_at is null and ${visible(viewer, 'e')} and ${visible(viewer, 'u')}
    group by e.downstream, e.upstream order by min(e.id)`,
    ),
  );

/** Of edges that the viewer sees, the node that each leads to, whether it holds still or not. */
export const selectEnds = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<{ id: bigint; downstream: bigint; upstream: bigint }[]>`
    select e.id, e.downstream, e.upstream from edge e join node u on u.id = e.upstream
    where e.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'e')} and ${visible(viewer, 'u')}`;

/** From `measurement m`, its run `run` and the run's node `r`: a measurement is taken back with its run. */
const MEASUREMENT = Prisma.sql`m.id, m.eval_run_id as "evalRunId", m.behavior_id as "behaviorId", m.condition_id as "conditionId",
  m.grader_version_id as "graderVersionId", m.exhibited, m.not_exhibited as "notExhibited", m.unscored,
  m.grader_errors as "graderErrors", m.excluded, m.sample_count as "sampleCount", m.rate,
  m.standard_error as "standardError", m.qualifier::text as qualifier, coalesce(m.epochs, run.epochs) as epochs,
  m.clusters, m.clustered_standard_error as "clusterError", m.least_effective as "leastEffective",
  m.outcome_key as "outcomeKey", exists (select 1 from sample_judgement j where j.measurement_id = m.id) as judged,
  m.citation_id as "citationId", m.scoring_rule_version_id as "scoringRuleVersionId", m.recorded_at as "recordedAt",
  least(m.retracted_at, r.retracted_at) as "retractedAt"`;
const measurements = (viewer: Viewer) => Prisma.sql`
  from measurement m join eval_run run on run.node_id = m.eval_run_id join node r on r.id = m.eval_run_id
  join behavior b on b.id = m.behavior_id
  where ${visible(viewer, 'm')} and ${visible(viewer, 'r')} and ${visible(viewer, 'b')}`;
const holding = Prisma.sql`m.retracted_at is null and r.retracted_at is null`;

export const selectMeasurements = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    MeasurementRow[]
  >`select ${MEASUREMENT} ${measurements(viewer)} and m.id = any(${[...ids]}::bigint[])`;
const measurementsOf = (db: Reader, viewer: Viewer, runIds: Ids, which: Prisma.Sql) =>
  db.$queryRaw<MeasurementRow[]>(
    cappedPer(
      'evalRunId',
      Prisma.sql`
    select ${MEASUREMENT} ${measurements(viewer)} and ${which} and m.eval_run_id = any(${[...runIds]}::bigint[]) order by m.id`,
    ),
  );
export const selectMeasurementsOfRuns = (db: Reader, viewer: Viewer, runIds: Ids) =>
  measurementsOf(db, viewer, runIds, holding);
/** Those that were known on a moment, with what was taken back since. */
export const selectMeasurementsOfRunsOn = (db: Reader, viewer: Viewer, runIds: Ids, on: Date) =>
  measurementsOf(db, viewer, runIds, Prisma.sql`${known('m', on)} and ${known('r', on)}`);
/** Those that were taken back by themselves. */
export const selectRetractedMeasurementsOfRuns = (db: Reader, viewer: Viewer, runIds: Ids) =>
  measurementsOf(db, viewer, runIds, Prisma.sql`m.retracted_at is not null`);
/**
 * The same in brief, with the behaviour that each is of, as one list that is cut: an eval run is as visible as its node,
 * so it is not looked at beside it.
 */
export const selectBriefMeasurementsOfRuns = (db: Reader, viewer: Viewer, runIds: Ids, most: number) =>
  db.$queryRaw<BriefMeasurement[]>`
    select m.id, m.eval_run_id as "evalRunId", m.behavior_id as "behaviorId", m.exhibited,
      m.not_exhibited as "notExhibited", m.sample_count as "sampleCount", m.rate, m.qualifier::text as qualifier,
      ${fullName('b')} as "behaviorName", b.title as "behaviorTitle"
    from measurement m join node r on r.id = m.eval_run_id join behavior b on b.id = m.behavior_id
    where ${visible(viewer, 'm')} and ${visible(viewer, 'r')} and ${visible(viewer, 'b')} and ${holding}
      and m.eval_run_id = any(${[...runIds]}::bigint[]) order by m.id limit ${most}::int`;
/** What was measured of each model version; of one behaviour, where one is named. */
export const selectMeasurementsOfModels = (
  db: Reader,
  viewer: Viewer,
  modelIds: Ids,
  behavior: string | null,
) =>
  db.$queryRaw<(MeasurementRow & { modelVersionId: bigint })[]>(
    cappedPer(
      'modelVersionId',
      Prisma.sql`
    select distinct on (m.id, e.upstream) e.upstream as "modelVersionId", ${MEASUREMENT}
    from measurement m join eval_run run on run.node_id = m.eval_run_id join node r on r.id = m.eval_run_id
    join behavior b on b.id = m.behavior_id
    join edge e on e.downstream = m.eval_run_id and e.kind = 'EVALUATED' and e.retracted_at is null
    where ${visible(viewer, 'm')} and ${visible(viewer, 'r')} and ${visible(viewer, 'b')} and ${visible(viewer, 'e')}
      and ${holding} and e.upstream = any(${[...modelIds]}::bigint[])
      and (${behavior}::text is null or b.name = ${behavior}) order by m.id, e.upstream`,
    ),
  );

/** Under a behaviour `p.id`. */
export function measurementsUnderBehavior(viewer: Viewer) {
  return {
    columns: MEASUREMENT,
    body: Prisma.sql`${measurements(viewer)} and ${holding} and m.behavior_id = p.id`,
    order: newestFirst('m.id'),
  };
}

const SCORE = Prisma.sql`s.id, s.eval_run_id as "evalRunId", s.metric, s.value, s.standard_error as "standardError",
  s.sample_count as "sampleCount", s.higher_is_better as "higherIsBetter", s.condition_id as "conditionId",
  s.grader_version_id as "graderVersionId", s.citation_id as "citationId", s.note`;
const scores = (viewer: Viewer) =>
  Prisma.sql`from score s join node r on r.id = s.eval_run_id
    where ${visible(viewer, 's')} and ${visible(viewer, 'r')} and ${saidByNoMeasurement(viewer, 's')}`;
export const selectScores = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<ScoreRow[]>`select ${SCORE} ${scores(viewer)} and s.id = any(${[...ids]}::bigint[])`;
export const selectScoresOfRuns = (db: Reader, viewer: Viewer, runIds: Ids) =>
  db.$queryRaw<ScoreRow[]>(
    cappedPer(
      'evalRunId',
      Prisma.sql`select ${SCORE} ${scores(viewer)} and s.retracted_at is null and s.eval_run_id = any(${[...runIds]}::bigint[]) order by s.id`,
    ),
  );

/** Grader versions that any measurement or score of a run names, in the order they first appear. */
/** Those of measurements first, then those of scores alone, each as first recorded. */
export const selectGraderIdsOfRuns = (db: Reader, viewer: Viewer, runIds: Ids) =>
  db.$queryRaw<{ evalRunId: bigint; graderVersionId: bigint }[]>`
    select g.run as "evalRunId", g.grader as "graderVersionId" from (
      select m.eval_run_id as run, m.grader_version_id as grader, array[0, m.id] as place from measurement m
      join behavior b on b.id = m.behavior_id and ${visible(viewer, 'b')}
      where m.eval_run_id = any(${[...runIds]}::bigint[]) and m.retracted_at is null and ${visible(viewer, 'm')}
      union all
      select s.eval_run_id, s.grader_version_id, array[1, s.id] from score s
      where s.eval_run_id = any(${[...runIds]}::bigint[]) and s.retracted_at is null and ${visible(viewer, 's')}
        and ${saidByNoMeasurement(viewer, 's')}) g
    where g.grader is not null group by g.run, g.grader order by min(g.place)`;

const REPORTED = Prisma.sql`q.id, q.incident_id as "incidentId", q.statement, q.value, q.lower, q.upper, q.unit,
  q.qualifier::text as qualifier, q.behavior_id as "behaviorId", q.model_version_id as "modelVersionId", q.subject,
  q.citation_id as "citationId", q.recorded_at as "recordedAt"`;
const reported = (viewer: Viewer) => Prisma.sql`
  from reported_result q left join node i on i.id = q.incident_id
  where ${visible(viewer, 'q')} and (q.incident_id is null or ${visible(viewer, 'i')})`;
export const selectReportedResults = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<
    ReportedResultRow[]
  >`select ${REPORTED} ${reported(viewer)} and q.id = any(${[...ids]}::bigint[])`;
export const selectReportedResultsOfIncidents = (db: Reader, viewer: Viewer, incidentIds: Ids) =>
  db.$queryRaw<ReportedResultRow[]>(
    cappedPer(
      'incidentId',
      Prisma.sql`
    select ${REPORTED} ${reported(viewer)} and q.retracted_at is null and q.incident_id = any(${[...incidentIds]}::bigint[]) order by q.id`,
    ),
  );

/** Runs that hold now, and whose model version and evaluation version the viewer may see too. */
function runs(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`
    from node n join eval_run run on run.node_id = n.id join evaluation_version v on v.id = run.evaluation_version_id
    join evaluation ev on ev.id = v.evaluation_id
    where n.kind = 'EVAL_RUN' and n.retracted_at is null and ${visible(viewer, 'n')} and ${visible(viewer, 'v')} and ${visible(viewer, 'ev')}
      and exists (select 1 from edge e join node u on u.id = e.upstream
        where e.downstream = n.id and e.kind = 'EVALUATED' and e.retracted_at is null and u.retracted_at is null
          and ${visible(viewer, 'e')} and ${visible(viewer, 'u')})`;
}
const RUN = Prisma.sql`n.id`;

/** Under a model version `p.id`. */
export function runsUnderModelVersion(viewer: Viewer) {
  return {
    columns: RUN,
    body: Prisma.sql`${runs(viewer)} and n.id in (select e.downstream from edge e
      where e.upstream = p.id and e.kind = 'EVALUATED' and e.retracted_at is null and ${visible(viewer, 'e')})`,
    order: newestFirst('n.id'),
  };
}

/** Under an evaluation version `p.id`. */
export function runsUnderEvaluationVersion(viewer: Viewer) {
  return {
    columns: RUN,
    body: Prisma.sql`${runs(viewer)} and run.evaluation_version_id = p.id`,
    order: newestFirst('n.id'),
  };
}

export interface RunFilter {
  evaluation: string | null;
  model: string | null;
  modelVersionId: bigint | null;
  behavior: string | null;
  search: string | null;
}

export function runList(viewer: Viewer, filter: RunFilter) {
  const conditions: Prisma.Sql[] = [];
  if (filter.evaluation !== null)
    conditions.push(
      Prisma.sql`(ev.name = ${filter.evaluation} or ev.namespace || '/' || ev.name = ${filter.evaluation})`,
    );
  if (filter.model !== null || filter.modelVersionId !== null) {
    const which =
      filter.modelVersionId === null ? Prisma.sql`true` : Prisma.sql`u.id = ${filter.modelVersionId}`;
    const model =
      filter.model === null
        ? Prisma.sql`true`
        : Prisma.sql`(u.name = ${filter.model} or u.namespace || '/' || u.name = ${filter.model})`;
    conditions.push(Prisma.sql`exists (select 1 from edge e join node u on u.id = e.upstream
      where e.downstream = n.id and e.kind = 'EVALUATED' and e.retracted_at is null
        and ${visible(viewer, 'e')} and ${visible(viewer, 'u')} and ${which} and ${model})`);
  }
  if (filter.behavior !== null)
    conditions.push(Prisma.sql`exists (select 1 from measurement m join behavior b on b.id = m.behavior_id
      where m.eval_run_id = n.id and m.retracted_at is null and ${visible(viewer, 'm')} and ${visible(viewer, 'b')}
        and (b.name = ${filter.behavior} or b.namespace || '/' || b.name = ${filter.behavior}))`);
  if (filter.search !== null)
    conditions.push(
      Prisma.sql`(n.name ilike ${contains(filter.search)} or ev.name ilike ${contains(filter.search)} or ev.title ilike ${contains(filter.search)})`,
    );
  const all = conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, ' and ');
  return { columns: RUN, body: Prisma.sql`${runs(viewer)} and ${all}`, order: newestFirst('n.id') };
}

/** One sample of a log, as the database keeps it. */
export interface SampleToRecord {
  sampleId: string;
  epoch: number;
  /** By what an earlier reader of the file called it, where that is another name. */
  formerly?: { sampleId: string; epoch: number } | undefined;
  input?: string | null;
  target?: string | null;
  scores?: unknown;
  /** Behaviour (or scorer) → its outcome in this sample. */
  outcomes?: Readonly<Record<string, string>>;
  error?: string | null;
  limitReached?: string | null;
  /** What it shares with other samples, so that their outcomes hang together; null where it stands for itself. */
  scenario?: string | null;
  /** Where it stands in its log, in bytes, where that is one JSON document. */
  place?: { offset: number; length: number } | null;
  /** Whether the log says that the sample was invalidated; null where it cannot tell. */
  invalidated?: boolean | null;
  /** What the model was given, by a digest with its kind before it; left out or null where it is not known. */
  inputDigest?: string | null;
}

const SAMPLES_AT_ONCE = 2_000;

export async function insertSamples(
  tx: Tx,
  evalRunId: bigint,
  samples: readonly SampleToRecord[],
): Promise<void> {
  for (let from = 0; from < samples.length; from += SAMPLES_AT_ONCE) {
    const rows = samples.slice(from, from + SAMPLES_AT_ONCE).map((s) => ({
      sample_id: s.sampleId,
      epoch: s.epoch,
      former_sample_id: s.formerly?.sampleId ?? null,
      former_epoch: s.formerly?.epoch ?? null,
      input: s.input ?? null,
      target: s.target ?? null,
      scores: s.scores ?? {},
      outcomes: s.outcomes ?? {},
      error: s.error ?? null,
      limit_reached: s.limitReached ?? null,
      scenario: s.scenario ?? null,
      place_offset: s.place?.offset ?? null,
      place_length: s.place?.length ?? null,
      invalidated: s.invalidated ?? null,
      input_digest: s.inputDigest ?? null,
    }));
    const json = JSON.stringify(rows, (_key, value: unknown) =>
      typeof value === 'string' ? storable(value) : value,
    );
    await tx.$executeRaw`
      insert into eval_sample (eval_run_id, former_sample_id, former_epoch, sample_id, epoch, input, target, scores, outcomes, error, limit_reached, scenario,
        place_offset, place_length, invalidated, input_digest)
      select ${evalRunId}::bigint, r.former_sample_id, r.former_epoch, r.sample_id, r.epoch, r.input, r.target, r.scores, r.outcomes, r.error, r.limit_reached, r.scenario,
        r.place_offset, r.place_length, r.invalidated, r.input_digest
      from jsonb_to_recordset(${json}::jsonb) as r(former_sample_id text, former_epoch int, sample_id text, epoch int, input text, target text,
        scores jsonb, outcomes jsonb, error text, limit_reached text, scenario text, place_offset bigint, place_length bigint,
        invalidated boolean, input_digest text)`;
  }
}

/** Postgres' jsonb holds neither NUL nor half a surrogate pair: both become the replacement character. */
function storable(text: string): string {
  const whole = text.replace(
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    '\uFFFD',
  );
  return whole.replaceAll('\0', '\uFFFD');
}
