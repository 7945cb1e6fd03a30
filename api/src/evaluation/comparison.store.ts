// What recorded samples say: of two runs item by item, of one by cluster, and of what each scorer said.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { Json } from '../platform/json.ts';
import type { ItemSets } from './comparability.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;

/** Of each run, the named parts of what its log said of it. */
export const selectSettings = (
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
  fields: readonly string[],
) =>
  db.$queryRaw<{ id: bigint; settings: Json }[]>`
    select run.node_id as id, (select jsonb_object_agg(m.key, m.value) from jsonb_each(
        case when jsonb_typeof(run.metadata) = 'object' then run.metadata else '{}'::jsonb end) m
      where m.key = any(${[...fields]}::text[])) as settings
    from eval_run run join node r on r.id = run.node_id
    where run.node_id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'r')}`;

/** Whether it is recorded of both what they were given, and by digests of the same kind of thing. */
const TELLS_INPUT = Prisma.sql`(coalesce(split_part(a.digest, ':', 1) = split_part(b.digest, ':', 1), false)
  or (a.input is not null and b.input is not null))`;
const OTHER_INPUT = Prisma.sql`(coalesce(a.input <> b.input, false)
  or coalesce(split_part(a.digest, ':', 1) = split_part(b.digest, ':', 1) and a.digest <> b.digest, false))`;

/** What a run's items were given and what was wanted, as far as recorded; a name in both that differs in one is two items. */
const DIFFERS = Prisma.sql`(coalesce(a.target <> b.target, false) or coalesce(a.whole <> b.whole, false) or ${OTHER_INPUT})`;

/** What a target that was cut ends with: samples that were recorded before the digest was kept begin as it does. */
const DIGEST = ' \\[SHA-256 ([0-9a-f]{16})\\]$';
/**
 * Of samples `s` of a run `r`. Whoever does not see the file that a run was read from cannot read what was given in it,
 * and is not told either whether it is what they guess.
 */
const ITEM = Prisma.sql`min(regexp_replace(s.target, ${DIGEST}, '')) as target,
  min(substring(s.target from ${DIGEST})) as whole, min(md5(s.input)) as input,
  min(s.input_digest) filter (where f.readable) as digest`;

/** Files whose digests may be used; null for all that the viewer sees. */
type Files = readonly bigint[] | null;

/** Whether the viewer sees the file that a run `r` was read from, and it may be used, as `f.readable`. */
const fileOf = (viewer: Viewer, files: Files) => Prisma.sql`cross join lateral (select exists (
  select 1 from eval_run run join import i on i.id = run.import_id
  where run.node_id = r.id and ${visible(viewer, 'i')}
    and ${files === null ? Prisma.sql`true` : Prisma.sql`i.id = any(${[...files]}::bigint[])`}) as readable) f`;

/** Whether both record of an item what tells it from another of its name. */
const TELLS = Prisma.sql`((a.target is not null and b.target is not null) or ${TELLS_INPUT})`;

/** How the items of each two runs relate; nothing of those of which one records no samples, or more than `most`. */
export const selectItemSets = (
  db: Reader,
  viewer: Viewer,
  pairs: readonly { one: bigint; two: bigint }[],
  most: number,
  files: Files,
) =>
  db.$queryRaw<(ItemSets & { at: number })[]>`
    with p as (
      select q.* from unnest(${pairs.map(({ one }) => one)}::bigint[], ${pairs.map(({ two }) => two)}::bigint[])
        with ordinality as q(first, second, at)
      where (select count(*) from eval_run run where run.node_id in (q.first, q.second)
        and run.sample_count between 1 and ${most}) = case when q.first = q.second then 1 else 2 end),
    item as (
      select s.eval_run_id as run, s.sample_id, ${ITEM}
      from eval_sample s join node r on r.id = s.eval_run_id ${fileOf(viewer, files)}
      where (s.eval_run_id in (select first from p) or s.eval_run_id in (select second from p)) and ${visible(viewer, 'r')}
      group by 1, 2)
    select (p.at - 1)::int as at, c.* from p cross join lateral (
      select count(a.sample_id)::int as one, count(b.sample_id)::int as two,
        (count(*) filter (where a.sample_id is not null and b.sample_id is not null))::int as both,
        (count(*) filter (where ${DIFFERS}))::int as differing,
        (count(*) filter (where ${OTHER_INPUT}))::int as "otherInputs",
        (count(*) filter (where a.sample_id is not null and b.sample_id is not null
          and not ${TELLS_INPUT}))::int as "unknownInputs",
        coalesce(bool_and(coalesce(a.sample_id, b.sample_id) ~ '^[0-9]+$')
          and not bool_or(${TELLS}), false) as "byNumber"
      from (select * from item where item.run = p.first) a
      full join (select * from item where item.run = p.second) b on b.sample_id = a.sample_id) c`;

/** Items that are alike in all of this. */
export interface PairRow {
  /** Which of the pairs of outcomes asked for, from 0. */
  at: number;
  cluster: string | null;
  n1: number;
  sum1: number;
  n2: number;
  sum2: number;
  items: number;
}

/** Whose outcomes of a run's samples are meant: those that its log has under a key, or those that a person gave. */
export interface Counted {
  id: bigint;
  outcomeKey: string | null;
  judged: boolean;
}

/** The outcome `o.outcome` of a sample `s` in a measurement of an `id` and a `key`; `judged` says that a person's may count. */
const outcome = (id: Prisma.Sql, key: Prisma.Sql, judged: boolean) =>
  judged
    ? Prisma.sql`cross join lateral (select coalesce(
        (select j.outcome from sample_judgement j where j.measurement_id = ${id} and j.eval_sample_id = s.id),
        upper(s.outcomes ->> ${key})) as outcome) o`
    : Prisma.sql`cross join lateral (select upper(s.outcomes ->> ${key}) as outcome) o`;

const counts = (viewer: Viewer, runId: bigint, of: readonly Counted[], files: Files) => Prisma.sql`
  select k.at, s.sample_id, ${ITEM}, min(s.scenario) as scenario,
    (count(*) filter (where o.outcome in ('EXHIBITED', 'NOT_EXHIBITED')))::int as n,
    (count(*) filter (where o.outcome = 'EXHIBITED'))::int as sum
  from eval_sample s join node r on r.id = s.eval_run_id ${fileOf(viewer, files)}
  cross join unnest(${of.map(({ id }) => id)}::bigint[], ${of.map(({ outcomeKey }) => outcomeKey)}::text[])
    with ordinality as k(id, key, at)
  ${outcome(
    Prisma.sql`k.id`,
    Prisma.sql`k.key`,
    of.some(({ judged }) => judged),
  )}
  where s.eval_run_id = ${runId} and ${visible(viewer, 'r')} group by k.at, s.sample_id`;

/** The items that two runs have in common and that are scored in both, for each pair of outcomes asked for. */
export const selectPairs = (
  db: Reader,
  viewer: Viewer,
  one: { runId: bigint; of: readonly Counted[] },
  two: { runId: bigint; of: readonly Counted[] },
  files: Files,
) =>
  db.$queryRaw<PairRow[]>`
    with a as (${counts(viewer, one.runId, one.of, files)}), b as (${counts(viewer, two.runId, two.of, files)})
    select (a.at - 1)::int as at, coalesce(a.scenario, b.scenario) as cluster, a.n as n1, a.sum as sum1, b.n as n2,
      b.sum as sum2, count(*)::int as items
    from a join b on b.at = a.at and b.sample_id = a.sample_id
    where a.n > 0 and b.n > 0 and not ${DIFFERS}
    group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`;

/** The scored samples of a run by cluster, for one of its measurements: clusters that are alike, and how many. */
export const selectClusters = (db: Reader, viewer: Viewer, runId: bigint, of: Counted) =>
  db.$queryRaw<{ n: number; sum: number; clusters: number }[]>`
    select c.n, c.sum, count(*)::int as clusters from (
      select count(*)::int as n, (count(*) filter (where o.outcome = 'EXHIBITED'))::int as sum
      from eval_sample s join node r on r.id = s.eval_run_id
      ${outcome(Prisma.sql`${of.id}::bigint`, Prisma.sql`${of.outcomeKey}::text`, of.judged)}
      where s.eval_run_id = ${runId} and ${visible(viewer, 'r')} and o.outcome in ('EXHIBITED', 'NOT_EXHIBITED')
      group by s.scenario, case when s.scenario is null then s.sample_id end) c
    group by c.n, c.sum order by c.n, c.sum`;

export interface JudgedSample {
  /** Scorer → its value, or the value's parts. */
  scores: Json;
  /** Of the outcomes asked for: by name. */
  outcomes: Record<string, string> | null;
  /** What people said in the measurements asked for: by their ids. */
  judged: Record<string, string> | null;
  repeated: boolean;
}

/** The first samples of a run with what each scorer said, texts left out. */
export const selectJudgements = (
  db: Reader,
  viewer: Viewer,
  runId: bigint,
  of: { keys: readonly string[]; measurements: readonly bigint[] },
  most: number,
) =>
  db.$queryRaw<JudgedSample[]>`
    select s.epoch > 1 as repeated,
      (select jsonb_object_agg(j.measurement_id, j.outcome) from sample_judgement j
        where j.eval_sample_id = s.id and j.measurement_id = any(${[...of.measurements]}::bigint[])) as judged,
      (select jsonb_object_agg(v.key, case when jsonb_typeof(v.value) = 'object'
          then jsonb_build_object('value', v.value -> 'value', 'parts', v.value -> 'parts') else v.value end)
        from jsonb_each(case when jsonb_typeof(s.scores) = 'object' then s.scores else '{}'::jsonb end) v) as scores,
      (select jsonb_object_agg(o.key, upper(o.value))
        from jsonb_each_text(case when jsonb_typeof(s.outcomes) = 'object' then s.outcomes else '{}'::jsonb end) o
        where o.key = any(${[...of.keys]}::text[])) as outcomes
    from eval_sample s join node r on r.id = s.eval_run_id
    where s.eval_run_id = ${runId} and ${visible(viewer, 'r')} order by s.id limit ${most}`;
