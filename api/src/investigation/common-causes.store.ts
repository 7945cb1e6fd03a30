// Who was examined for behaviours, and what came of it.

import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db } from '../platform/database.ts';

type Reader = Pick<Db, '$queryRaw'>;
type Ids = readonly bigint[];

const list = (ids: Ids) => Prisma.sql`${[...ids]}::bigint[]`;

/** Measurements `m` of behaviours, in runs `r`, of model versions `u`: all as they hold now. */
const measured = (viewer: Viewer, behaviorIds: Ids) => Prisma.sql`
  from measurement m join node r on r.id = m.eval_run_id join behavior b on b.id = m.behavior_id
  join edge e on e.downstream = m.eval_run_id and e.kind = 'EVALUATED' and e.retracted_at is null
  join node u on u.id = e.upstream and u.retracted_at is null
  where m.behavior_id = any(${list(behaviorIds)}) and m.retracted_at is null and r.retracted_at is null
    and ${visible(viewer, 'm')} and ${visible(viewer, 'r')} and ${visible(viewer, 'b')} and ${visible(viewer, 'e')}
    and ${visible(viewer, 'u')}`;

const SHOWN = Prisma.sql`case when m.exhibited is not null then m.exhibited > 0
  else m.rate > 0 and m.qualifier in ('EXACT', 'APPROXIMATE', 'AT_LEAST') end`;
const ABSENT = Prisma.sql`case when m.exhibited is not null
  then m.exhibited = 0 and coalesce(m.sample_count, m.not_exhibited, 0) > 0
  else m.rate = 0 and m.qualifier in ('EXACT', 'APPROXIMATE', 'AT_MOST') end`;
/** Something was scored, and it is neither: "at most 3 %" may be nothing. */
const OPEN = Prisma.sql`m.exhibited is null and (m.rate > 0 and m.qualifier = 'AT_MOST' or m.rate = 0 and m.qualifier = 'AT_LEAST')`;

/**
 * Model versions of which an incident of one of the behaviours says that they show it, or was observed in a run of. Whoever
 * stated something of a run that was hidden since sees their statement still: it counts as the run does.
 */
const accused = (viewer: Viewer, behaviorIds: Ids) => Prisma.sql`
  select coalesce(v.upstream, e.upstream) as id
  from incident_behavior x join incident f on f.node_id = x.incident_id join node i on i.id = x.incident_id
  join behavior b on b.id = x.behavior_id
  join edge e on e.downstream = i.id and e.kind in ('EXHIBITED_BY', 'OBSERVED_IN') and e.retracted_at is null
  join node u on u.id = e.upstream and u.retracted_at is null and ${visible(viewer, 'u')}
  left join edge v on e.kind = 'OBSERVED_IN' and v.downstream = e.upstream and v.kind = 'EVALUATED'
    and v.retracted_at is null and ${visible(viewer, 'v')}
  where x.behavior_id = any(${list(behaviorIds)}) and f.status not in ('REJECTED', 'WITHDRAWN')
    and i.retracted_at is null and ${visible(viewer, 'i')} and ${visible(viewer, 'b')} and ${visible(viewer, 'e')}`;

export type Finding = 'SHOWN' | 'ABSENT' | 'OPEN';

export interface ExaminedRow {
  readonly id: bigint;
  readonly finding: Finding;
  /** How many there are of this finding. */
  readonly total: number;
}

/**
 * The model versions that were examined for some of the behaviours, without the cases: those that showed one, those
 * that showed none, and those of which it cannot be said; of each the newest, at most `most`.
 */
export function selectExamined(
  db: Reader,
  viewer: Viewer,
  behaviorIds: Ids,
  cases: Ids,
  most: number,
): Promise<ExaminedRow[]> {
  return db.$queryRaw<ExaminedRow[]>`
    with accused as (${accused(viewer, behaviorIds)}),
    examined as (
      select u.id, bool_or(coalesce(${SHOWN}, false)) as shown, bool_or(coalesce(${ABSENT}, false)) as absent,
        bool_or(coalesce(${OPEN}, false)) as open
      ${measured(viewer, behaviorIds)} and not (u.id = any(${list(cases)})) group by u.id),
    found as (
      select id, case when shown or id in (select a.id from accused a) then 'SHOWN' when open then 'OPEN' else 'ABSENT' end as finding
      from examined where shown or absent or open)
    select id, finding, total::int from (
      select id, finding, count(*) over (partition by finding) as total,
        row_number() over (partition by finding order by id desc) as place from found) counted
    where place <= ${most} order by finding, id desc`;
}

/** The eval runs in which the behaviours of these model versions were measured. */
export const selectRunsOf = (db: Reader, viewer: Viewer, behaviorIds: Ids, modelIds: Ids) =>
  db.$queryRaw<{ id: bigint; run: bigint }[]>`
    select distinct u.id, r.id as run ${measured(viewer, behaviorIds)} and u.id = any(${list(modelIds)})
    order by u.id, r.id`;
