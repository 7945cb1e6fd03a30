// The samples of eval runs: lists by what they came to, and counts.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { contains } from '../platform/contains.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { OrderTerm } from '../platform/page.ts';
import type { EvalSampleRow } from './evaluation.ts';
import { judgedUnder } from './sample-condition.store.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

/**
 * The names under which the samples of some runs hold verdicts that the viewer may see, as rows `k` of `run` and `key`:
 * those of the measurements that they see. What a behaviour is called tells nothing: others may be called alike.
 */
const keysSeen = (viewer: Viewer, runs: Prisma.Sql, behavior: string | null = null) => Prisma.sql`
  select m.eval_run_id as run, h.key from measurement m join behavior b on b.id = m.behavior_id
  cross join lateral unnest(m.verdict_keys) as h(key)
  where m.eval_run_id = ${runs} and ${visible(viewer, 'm')} and ${visible(viewer, 'b')}
    and ${behavior === null ? Prisma.sql`true` : Prisma.sql`${behavior}::text in (b.name, b.namespace || '/' || b.name, ${BEHAVIOR})`}`;

/** What the name of a verdict `h.key` says of the behaviour: a scorer's name may follow. */
const BEHAVIOR = Prisma.sql`split_part(h.key, ' (', 1)`;

/** The outcomes of a sample `s` of a run as rows `o`: those that the viewer may see, of one behaviour where it is named. */
const outcomesOf = (viewer: Viewer, run: Prisma.Sql, behavior: string | null = null) => Prisma.sql`
  jsonb_each_text(case when jsonb_typeof(s.outcomes) = 'object' then s.outcomes else '{}'::jsonb end) o
  where o.key = any(array(select k.key from (${keysSeen(viewer, run, behavior)}) k))`;

/**
 * What sample `s` of run `r` was given, where the viewer may read that without giving a reason: they see the file that the
 * run was read from, and neither is for named people alone. Short inputs could be found by their digest.
 */
const inputDigest = (viewer: Viewer) => Prisma.sql`(
  select s.input_digest from eval_run run join import i on i.id = run.import_id
  where run.node_id = r.id and r.visibility <> 'RESTRICTED' and i.visibility <> 'RESTRICTED' and ${visible(viewer, 'i')})`;

const columns = (
  viewer: Viewer,
  run: Prisma.Sql,
) => Prisma.sql`s.id, s.sample_id as "sampleId", s.epoch, s.input, s.target, s.scores,
  ${inputDigest(viewer)} as "inputDigest",
  (select coalesce(jsonb_object_agg(o.key, upper(o.value)), '{}'::jsonb) from ${outcomesOf(viewer, run)}) as outcomes,
  s.error, s.limit_reached as "limitReached"`;

export const selectSamples = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<EvalSampleRow[]>`
    select ${columns(viewer, Prisma.sql`s.eval_run_id`)} from eval_sample s join node r on r.id = s.eval_run_id
    where s.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'r')}`;

export interface SampleFilter {
  /** One that a behaviour's verdict has; of this behaviour, where one is named. */
  outcome: string | null;
  behavior: string | null;
  /** The name of a condition that it was judged under. */
  condition: string | null;
  /** Text in the id, target or error. */
  search: string | null;
  score: { scorer: string; part: string | null; equals: string | null } | null;
  errorOnly: boolean;
}

export type SampleOrder = 'LOG' | 'SAMPLE_ID' | 'ERRORS_FIRST';

const BY_ID: OrderTerm = { name: 'id', sql: Prisma.raw('s.id'), type: 'bigint', direction: 'asc' };
const ORDERS: Readonly<Record<SampleOrder, readonly OrderTerm[]>> = {
  LOG: [BY_ID],
  SAMPLE_ID: [
    { name: 'sampleId', sql: Prisma.raw('s.sample_id'), type: 'text', direction: 'asc' },
    { name: 'epoch', sql: Prisma.raw('s.epoch'), type: 'int', direction: 'asc' },
    BY_ID,
  ],
  ERRORS_FIRST: [
    { name: 'error', sql: Prisma.raw('(s.error is null)'), type: 'boolean', direction: 'asc' },
    BY_ID,
  ],
};

/** The value of a score as text; of one part, where the scorer gives several. Null where it gave none. */
function scoreText(scorer: Prisma.Sql, part: string | null): Prisma.Sql {
  const score = Prisma.sql`s.scores->${scorer}`;
  if (part !== null) return Prisma.sql`${score}->'parts'->>${part}::text`;
  return Prisma.sql`case when jsonb_typeof(${score}) = 'object' then ${score}->>'value' else s.scores->>${scorer} end`;
}

/** Under an eval run `p.id`. */
export function samplesUnder(viewer: Viewer, filter: SampleFilter, order: SampleOrder) {
  const conditions: Prisma.Sql[] = [];
  const { outcome, behavior, search, score } = filter;
  // The run's names are looked up by it alone, so that they are read once, and not for each of its samples.
  const run = Prisma.sql`p.id`;
  if (outcome !== null || behavior !== null)
    conditions.push(Prisma.sql`exists (select 1 from ${outcomesOf(viewer, run, behavior)}
      and (${outcome}::text is null or upper(o.value) = upper(${outcome}::text)))`);
  if (filter.condition !== null) conditions.push(judgedUnder(viewer, filter.condition));
  if (search !== null) {
    const pattern = contains(search);
    conditions.push(
      Prisma.sql`(s.sample_id ilike ${pattern} or s.target ilike ${pattern} or s.error ilike ${pattern})`,
    );
  }
  if (score !== null)
    conditions.push(
      Prisma.sql`${scoreText(Prisma.sql`${score.scorer}::text`, score.part)} is not distinct from ${score.equals}::text`,
    );
  if (filter.errorOnly) conditions.push(Prisma.sql`s.error is not null`);
  const all = conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, ' and ');
  return {
    columns: columns(viewer, run),
    body: Prisma.sql`from eval_sample s join node r on r.id = s.eval_run_id
      where s.eval_run_id = p.id and ${visible(viewer, 'r')} and ${all}`,
    order: ORDERS[order],
  };
}

export interface OutcomeCount {
  evalRunId: bigint;
  behavior: string;
  outcome: string;
  count: number;
}

export const countOutcomes = (db: Reader, viewer: Viewer, runIds: Ids) =>
  db.$queryRaw<OutcomeCount[]>`
    with seen as materialized (select distinct k.run, k.key from (${keysSeen(viewer, Prisma.sql`any(${[...runIds]}::bigint[])`)}) k)
    select s.eval_run_id as "evalRunId", ${BEHAVIOR} as behavior, upper(s.outcomes ->> h.key) as outcome,
      count(distinct s.id)::int as count
    from seen h join eval_sample s on s.eval_run_id = h.run join node r on r.id = s.eval_run_id
    where s.outcomes ->> h.key is not null and ${visible(viewer, 'r')}
    group by 1, 2, 3 order by 1, 2, 3`;

export interface ScoreCount {
  evalRunId: bigint;
  scorer: string;
  part: string | null;
  value: string | null;
  count: number;
}

const MOST_VALUES = 200;

/** How often each scorer gave each value, the commonest first: as many values as people choose among. */
export const countScores = (db: Reader, viewer: Viewer, runIds: Ids) =>
  db.$queryRaw<ScoreCount[]>`
    select "evalRunId", scorer, part, value, count from (
      select x.*, row_number() over (partition by "evalRunId" order by count desc, scorer, part, value) as nth from (
        select s.eval_run_id as "evalRunId", c.key as scorer, v.part, left(v.value, 200) as value, count(*)::int as count
        from eval_sample s join node r on r.id = s.eval_run_id
        cross join lateral jsonb_each(case when jsonb_typeof(s.scores) = 'object' then s.scores else '{}'::jsonb end) c
        cross join lateral (
          select p.key as part, p.value from jsonb_each_text(
            case when jsonb_typeof(c.value) = 'object' and jsonb_typeof(c.value->'parts') = 'object' then c.value->'parts' else '{}'::jsonb end) p
          union all
          select null, case when jsonb_typeof(c.value) = 'object' then c.value->>'value' else c.value #>> '{}' end
          where jsonb_typeof(c.value) <> 'object' or jsonb_typeof(c.value->'parts') is distinct from 'object') v
        where s.eval_run_id = any(${[...runIds]}::bigint[]) and ${visible(viewer, 'r')}
        group by 1, 2, 3, 4) x) y
    where nth <= ${MOST_VALUES}::int order by "evalRunId", scorer, part nulls first, count desc, value`;

/** The samples before and after one in the order of the log. */
export const selectNeighbours = (db: Reader, viewer: Viewer, ids: Ids) =>
  db.$queryRaw<{ id: bigint; previous: bigint | null; next: bigint | null }[]>`
    select s.id,
      (select max(q.id) from eval_sample q where q.eval_run_id = s.eval_run_id and q.id < s.id) as previous,
      (select min(q.id) from eval_sample q where q.eval_run_id = s.eval_run_id and q.id > s.id) as next
    from eval_sample s join node r on r.id = s.eval_run_id
    where s.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'r')}`;

/** A sample of a run by its name in the log and its epoch; else by that which an earlier reader of the log gave it. */
export const selectNamed = (
  db: Reader,
  viewer: Viewer,
  named: { runId: bigint; sampleId: string; epoch: number },
) =>
  db.$queryRaw<{ id: bigint }[]>`
    select s.id from eval_sample s join node r on r.id = s.eval_run_id
    where s.eval_run_id = ${named.runId} and ${visible(viewer, 'r')}
      and ((s.sample_id = ${named.sampleId} and s.epoch = ${named.epoch}::int)
        or (s.former_sample_id = ${named.sampleId} and s.former_epoch = ${named.epoch}::int))
    order by s.sample_id = ${named.sampleId} and s.epoch = ${named.epoch}::int desc, s.id limit 1`;
