import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { ImportReport } from './import.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

/** What is named beside a run, by internal ids: whoever does not see all of it is not told what names it. */
export interface Naming {
  behaviors: string[];
  graderVersions: string[];
  /** Whose conditions are named. */
  evaluationVersions: string[];
}

/** One thing that a new reading says otherwise; null where one of the two does not say it. */
export interface ReadingChange {
  /** The reference of the eval run; null for the file as a whole. */
  run: string | null;
  subject: string;
  before: string | null;
  after: string | null;
  /** Absent where nothing but the run is named. */
  names?: Naming;
}

/** What is said of a subject, as text, and what that names. */
export interface Said {
  subject: string;
  said: string;
  names?: Naming;
  /** Of a score that a measurement stands for. */
  isCovered?: true;
}

export interface ReadingRow {
  id: bigint;
  importId: bigint;
  same: boolean;
  changes: ReadingChange[];
  report: ImportReport;
  actorId: bigint;
  recordedAt: Date;
}

export interface RunRead {
  id: bigint;
  name: string;
}

/** A run that a reading made. */
export interface RunMade extends RunRead {
  visibility: VisibilityWord;
}

/**
 * The runs that a file had been read as last, by what tells them from others, under whatever name; of those no newer than
 * a node, where one is given.
 */
export async function selectRunsRead(
  tx: Tx,
  importId: bigint,
  newest: bigint | null = null,
): Promise<Map<string, RunRead>> {
  const rows = await tx.$queryRaw<(RunRead & { identity: string | null })[]>`
    select n.id, n.name, r.metadata->>'runIdentity' as identity from eval_run r join node n on n.id = r.node_id
    where r.import_id = ${importId} and (${newest}::bigint is null or n.id <= ${newest}::bigint) order by n.id`;
  return new Map(rows.flatMap(({ identity, ...run }) => (identity === null ? [] : [[identity, run]])));
}

/** The report of the reading before this one: of the last reading, else of the import itself. */
export async function selectLastReport(tx: Tx, importId: bigint): Promise<unknown> {
  const rows = await tx.$queryRaw<{ report: unknown }[]>`
    select report from (
      select r.report, r.id from import_reading r where r.import_id = ${importId}
      union all select i.report, 0 from import i where i.id = ${importId}) x
    where report is not null order by id desc limit 1`;
  return rows[0]?.report ?? null;
}

const listOfIds = (column: string) =>
  Prisma.sql`coalesce(array_agg(distinct s.${Prisma.raw(column)}::text) filter (where s.${Prisma.raw(column)} is not null), '{}')`;

const NAMES_NOTHING = Prisma.sql`null::bigint as behavior, null::bigint as grader, null::bigint as evaluation`;

/**
 * What a file said of a run, by subject: its counts, measurements and scores, each of one behaviour or one version of a
 * grader under its whole name, so that none is hidden with another. What was measured since, by people or by a rule, is said
 * by no file, and not everybody may see it: the file's own measurements were recorded in one transaction with the run.
 */
export async function selectSaid(tx: Tx, runId: bigint): Promise<Map<string, Said>> {
  const rows = await tx.$queryRaw<
    ({ subject: string; said: string; namesNothing: boolean; isCovered: boolean } & Naming)[]
  >`
    select s.subject, string_agg(s.said, '; ' order by s.said) as said,
      count(coalesce(s.behavior, s.grader, s.evaluation)) = 0 as "namesNothing", bool_and(s.covered) as "isCovered",
      ${listOfIds('behavior')} as behaviors, ${listOfIds('grader')} as "graderVersions",
      ${listOfIds('evaluation')} as "evaluationVersions"
    from (
      select 'status' as subject, lower(r.status::text) as said, ${NAMES_NOTHING}, false as covered from eval_run r where r.node_id = ${runId}
      union all
      select 'samples', r.sample_count::text, ${NAMES_NOTHING}, false from eval_run r where r.node_id = ${runId}
      union all
      select 'epochs', r.epochs::text, ${NAMES_NOTHING}, false from eval_run r where r.node_id = ${runId}
      union all
      select 'measurement of ' || concat_ws('/', nullif(b.namespace, ''), b.name) || coalesce(' under ' || c.name, ''),
        format('%s exhibited, %s not, %s unscored, %s grader errors, %s excluded',
          m.exhibited, m.not_exhibited, m.unscored, m.grader_errors, m.excluded),
        b.id, null, c.evaluation_version_id, false
      from measurement m join node n on n.id = m.eval_run_id and n.actor_id = m.actor_id and n.recorded_at = m.recorded_at
        join behavior b on b.id = m.behavior_id left join condition c on c.id = m.condition_id
      where m.eval_run_id = ${runId}
      union all
      select 'score ' || s.metric || coalesce(' by ' || concat_ws('/', nullif(g.namespace, ''), g.name) || '@' || v.version, ''),
        coalesce(s.value::text, 'no value'), null, v.id, null, s.covered_by <> '{}'
      from score s left join grader_version v on v.id = s.grader_version_id left join grader g on g.id = v.grader_id
      where s.eval_run_id = ${runId}) s
    where s.said is not null group by s.subject, s.behavior, s.grader order by s.subject, s.behavior, s.grader`;
  return new Map(
    rows.map(({ subject, said, namesNothing, isCovered, ...names }) => [
      JSON.stringify([subject, names.behaviors, names.graderVersions]),
      { subject, said, ...(namesNothing ? {} : { names }), ...(isCovered ? { isCovered } : {}) },
    ]),
  );
}

export interface SampleDifferences {
  added: number;
  removed: number;
  /** The same under another name than an earlier reader gave it. */
  renamed: number;
  scores: number;
  outcomes: number;
  /** Of which it was not recorded what the model was given, and is now. */
  inputsTold: number;
  /** Of which something else is recorded, or nothing any more. */
  inputs: number;
  /** Not in their scores, but in the target, error or limit, whatever their outcomes. */
  rest: number;
}

export async function compareSamples(tx: Tx, before: bigint, after: bigint): Promise<SampleDifferences> {
  const [row] = await tx.$queryRaw<[SampleDifferences]>`
    with a as (select * from eval_sample where eval_run_id = ${before}),
      y as (select * from eval_sample where eval_run_id = ${after}),
      -- By today's name where the earlier run has it, else by the former.
      b as (select y.*, x.id is null and y.former_sample_id is not null as renamed,
          case when x.id is null then coalesce(y.former_sample_id, y.sample_id) else y.sample_id end as called,
          case when x.id is null then coalesce(y.former_epoch, y.epoch) else y.epoch end as time
        from y left join a x on x.sample_id = y.sample_id and x.epoch = y.epoch)
    select count(*) filter (where a.id is null)::int as added, count(*) filter (where b.id is null)::int as removed,
      count(*) filter (where a.id is not null and b.renamed)::int as renamed,
      count(*) filter (where a.scores <> b.scores)::int as scores,
      count(*) filter (where a.outcomes <> b.outcomes)::int as outcomes,
      count(*) filter (where a.input_digest is null and b.input_digest is not null and a.id is not null)::int as "inputsTold",
      count(*) filter (where a.input_digest is not null and b.id is not null
        and a.input_digest is distinct from b.input_digest)::int as inputs,
      count(*) filter (where a.scores = b.scores and (a.target, a.error, a.limit_reached, a.input)
        is distinct from (b.target, b.error, b.limit_reached, b.input))::int as rest
    from a full join b on b.called = a.sample_id and b.time = a.epoch`;
  return row;
}

/** Of these runs, those that the file did not make: they were found recorded from others. */
export async function selectMadeElsewhere(tx: Tx, importId: bigint, runIds: Ids): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select node_id as id from eval_run where node_id = any(${[...runIds]}::bigint[])
      and import_id is distinct from ${importId} order by node_id`;
  return rows.map((row) => row.id);
}

/** `found`: the runs of other files that it was found to say. */
export async function insertReading(
  tx: Tx,
  reading: Omit<ReadingRow, 'id' | 'recordedAt'> & {
    found: Ids;
    visibility: VisibilityWord;
    teamId: bigint;
  },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into import_reading (import_id, same, changes, report, found_runs, visibility, team_id, actor_id)
    values (${reading.importId}, ${reading.same}, ${JSON.stringify(reading.changes)}::jsonb,
      ${JSON.stringify(reading.report)}::jsonb, ${[...reading.found]}::bigint[], ${reading.visibility}::visibility, ${reading.teamId}, ${reading.actorId})
    returning id`;
  return row.id;
}

/** Whether all of what a change `c` names in one list is seen: rows of `from`, by `id`, as far as `seen`. */
const seesAll = (list: keyof Naming, id: string, from: string, seen: Prisma.Sql) => Prisma.sql`not exists (
  select 1 from jsonb_array_elements_text(coalesce(c.said->'names'->${list}::text, '[]'::jsonb)) as k(id)
  where not exists (select 1 from ${Prisma.raw(from)} where ${Prisma.raw(id)} = k.id::bigint and ${seen}))`;

/** The changes of a reading `r` that name nothing which the viewer does not see, in their order. */
const changesSeen = (viewer: Viewer) => Prisma.sql`(
  select coalesce(jsonb_agg(c.said order by c.nth), '[]'::jsonb)
  from jsonb_array_elements(r.changes) with ordinality as c(said, nth)
  where ${seesAll('behaviors', 'b.id', 'behavior b', visible(viewer, 'b'))}
    and ${seesAll('graderVersions', 'v.id', 'grader_version v join grader g on g.id = v.grader_id', both(viewer, 'v', 'g'))}
    and ${seesAll('evaluationVersions', 'v.id', 'evaluation_version v join evaluation e on e.id = v.evaluation_id', both(viewer, 'v', 'e'))})`;

const both = (viewer: Viewer, one: string, two: string) =>
  Prisma.sql`${visible(viewer, one)} and ${visible(viewer, two)}`;

/** Whether all the runs of other files are seen that a reading or rereading was found to say. */
export const foundSeen = (viewer: Viewer, alias: string) => Prisma.sql`not exists (
  select 1 from unnest(${Prisma.raw(alias)}.found_runs) as f(id)
  where not exists (select 1 from node n where n.id = f.id and ${visible(viewer, 'n')}))`;

/**
 * Readings that the viewer may see, of imports and found runs that they may see, with those of their changes that name nothing hidden:
 * whether all that the file tells of is seen is another question.
 */
export const selectReadings = (db: Reader, viewer: Viewer, by: { ids?: Ids; importIds?: Ids }) =>
  db.$queryRaw<ReadingRow[]>`
    select r.id, r.import_id as "importId", r.same, ${changesSeen(viewer)} as changes, r.report, r.actor_id as "actorId",
      r.recorded_at as "recordedAt"
    from import_reading r join import i on i.id = r.import_id
    where ${visible(viewer, 'r')} and ${visible(viewer, 'i')} and ${foundSeen(viewer, 'r')}
      and (r.id = any(${[...(by.ids ?? [])]}::bigint[]) or r.import_id = any(${[...(by.importIds ?? [])]}::bigint[]))
    order by r.id`;
