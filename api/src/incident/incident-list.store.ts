// Lists of incidents: filtered, under what they concern, and those that may be about the same.

import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { nodeColumns } from '../lineage/node-sql.ts';
import { contains } from '../platform/contains.ts';
import type { Db, Tx } from '../platform/database.ts';
import type { OrderTerm } from '../platform/page.ts';
import { FACTS } from './incident.store.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;
type Ids = readonly bigint[];

function incidents(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`from node n join incident i on i.node_id = n.id
    where n.kind = 'INCIDENT' and n.retracted_at is null and ${visible(viewer, 'n')}`;
}
const NODE = Prisma.sql`n.id`;
/** The node and the facts together: a list shows them, and the same predicate has let both through. */
const NODE_AND_FACTS = Prisma.sql`${nodeColumns('n')}, ${FACTS}`;
/** The columns of BriefIncident. */
const BRIEF = Prisma.sql`n.id, n.kind::text as kind, n.namespace, n.name, n.version, i.key, i.title, i.setting::text as setting,
  i.severity::text as severity, i.status::text as status, i.occurred_at as "occurredAt"`;
const newestFirst: OrderTerm[] = [{ name: 'id', sql: Prisma.raw('n.id'), type: 'bigint', direction: 'desc' }];

/** Incidents of model versions that meet `of` (on `m`): linked, or observed in a run that examined them. */
function ofModels(viewer: Viewer, of: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`n.id in (
    select e.downstream from edge e join node m on m.id = e.upstream
    where e.kind = 'EXHIBITED_BY' and e.retracted_at is null and ${visible(viewer, 'e')} and ${visible(viewer, 'm')} and ${of}
    union
    select o.downstream from edge o join node r on r.id = o.upstream join edge v on v.downstream = r.id join node m on m.id = v.upstream
    where o.kind = 'OBSERVED_IN' and o.retracted_at is null and v.kind = 'EVALUATED' and v.retracted_at is null and r.retracted_at is null
      and ${visible(viewer, 'o')} and ${visible(viewer, 'r')} and ${visible(viewer, 'v')} and ${visible(viewer, 'm')} and ${of})`;
}

/** Under a model version `p.id`. */
export const incidentsUnderModelVersion = (viewer: Viewer) => ({
  columns: NODE,
  body: Prisma.sql`${incidents(viewer)} and ${ofModels(viewer, Prisma.sql`m.id = p.id`)}`,
  order: newestFirst,
});

/** Under an eval run `p.id`. */
export const incidentsUnderRun = (viewer: Viewer) => ({
  columns: NODE,
  body: Prisma.sql`${incidents(viewer)} and n.id in (select e.downstream from edge e
    where e.upstream = p.id and e.kind = 'OBSERVED_IN' and e.retracted_at is null and ${visible(viewer, 'e')})`,
  order: newestFirst,
});

/** Under a behaviour `p.id`. */
export const incidentsUnderBehavior = (viewer: Viewer) => ({
  columns: NODE,
  body: Prisma.sql`${incidents(viewer)} and n.id in (select x.incident_id from incident_behavior x where x.behavior_id = p.id)`,
  order: newestFirst,
});

export interface IncidentFilter {
  status?: readonly string[] | null;
  severity?: readonly string[] | null;
  setting?: readonly string[] | null;
  behavior?: readonly string[] | null;
  model?: readonly string[] | null;
  occurredFrom?: Date | null;
  occurredTo?: Date | null;
  filedByMe?: boolean | null;
}

export type IncidentOrderField = 'OCCURRED_AT' | 'RECORDED_AT' | 'UPDATED_AT' | 'SEVERITY' | 'KEY' | 'TITLE';

const ORDER: Readonly<Record<IncidentOrderField, { sql: string; type: string }>> = {
  OCCURRED_AT: { sql: `coalesce(i.occurred_at, '-infinity'::timestamptz)`, type: 'timestamptz' },
  RECORDED_AT: { sql: 'n.recorded_at', type: 'timestamptz' },
  UPDATED_AT: { sql: 'i.updated_at', type: 'timestamptz' },
  SEVERITY: { sql: `array_position(array['LOW','MEDIUM','HIGH','CRITICAL'], i.severity::text)`, type: 'int' },
  KEY: { sql: `coalesce(i.key, '') collate "C"`, type: 'text' },
  TITLE: { sql: `lower(i.title) collate "C"`, type: 'text' },
};

export function incidentList(
  viewer: Viewer,
  filter: IncidentFilter,
  search: string | null,
  orderBy: { field: IncidentOrderField; direction: 'ASC' | 'DESC' },
  shown: 'whole' | 'brief' = 'whole',
) {
  const all: Prisma.Sql[] = [incidents(viewer)];
  const among = (column: string, values: readonly string[] | null | undefined) => {
    if (values != null && values.length > 0)
      all.push(Prisma.sql`${Prisma.raw(column)}::text = any(${[...values]}::text[])`);
  };
  among('i.status', filter.status);
  among('i.severity', filter.severity);
  among('i.setting', filter.setting);
  if (filter.behavior != null && filter.behavior.length > 0) {
    const names = [...filter.behavior];
    all.push(Prisma.sql`exists (select 1 from incident_behavior x join behavior b on b.id = x.behavior_id
      where x.incident_id = n.id and ${visible(viewer, 'b')}
        and (b.name = any(${names}::text[]) or b.namespace || '/' || b.name = any(${names}::text[])))`);
  }
  if (filter.model != null && filter.model.length > 0) {
    const names = [...filter.model];
    all.push(
      ofModels(
        viewer,
        Prisma.sql`(m.name = any(${names}::text[]) or m.namespace || '/' || m.name = any(${names}::text[]))`,
      ),
    );
  }
  if (filter.occurredFrom != null) all.push(Prisma.sql`i.occurred_at >= ${filter.occurredFrom}::timestamptz`);
  if (filter.occurredTo != null) all.push(Prisma.sql`i.occurred_at <= ${filter.occurredTo}::timestamptz`);
  if (filter.filedByMe === true)
    all.push(viewer.kind === 'principal' ? Prisma.sql`n.actor_id = ${viewer.actorId}` : Prisma.sql`false`);
  for (const word of (search ?? '')
    .split(/\s+/)
    .filter((w) => w !== '')
    .slice(0, 10))
    all.push(
      Prisma.sql`(i.title ilike ${contains(word)} or i.summary ilike ${contains(word)} or i.key ilike ${contains(word)})`,
    );
  const direction = orderBy.direction === 'ASC' ? ('asc' as const) : ('desc' as const);
  const { sql, type } = ORDER[orderBy.field];
  const order: OrderTerm[] = [
    { name: 'by', sql: Prisma.raw(sql), type, direction },
    { name: 'id', sql: Prisma.raw('n.id'), type: 'bigint', direction },
  ];
  return { columns: shown === 'whole' ? NODE_AND_FACTS : BRIEF, body: Prisma.join(all, ' and '), order };
}

export interface SimilarCandidate {
  id: bigint;
  title: string;
  summary: string;
  behaviorIds: string[];
  modelIds: string[];
}

const CANDIDATES = 300;

/** Visible incidents that share a telling word, a behaviour or a model version; the newest 300 at most. */
export function selectSimilarCandidates(
  db: Reader,
  viewer: Viewer,
  asked: { words: readonly string[]; behaviorIds: Ids; modelIds: Ids },
): Promise<SimilarCandidate[]> {
  const patterns = asked.words.map(contains);
  return db.$queryRaw<SimilarCandidate[]>`
    with models as (
      select e.downstream as incident, e.upstream as model from edge e join node m on m.id = e.upstream
      where e.kind = 'EXHIBITED_BY' and e.retracted_at is null and ${visible(viewer, 'e')} and ${visible(viewer, 'm')}
        and e.upstream = any(${[...asked.modelIds]}::bigint[])
      union
      select o.downstream, v.upstream from edge v join node r on r.id = v.downstream join edge o on o.upstream = r.id
      join node m on m.id = v.upstream
      where v.kind = 'EVALUATED' and v.retracted_at is null and o.kind = 'OBSERVED_IN' and o.retracted_at is null
        and ${visible(viewer, 'v')} and ${visible(viewer, 'o')} and ${visible(viewer, 'r')} and ${visible(viewer, 'm')}
        and v.upstream = any(${[...asked.modelIds]}::bigint[]))
    select n.id, i.title, i.summary,
      array(select x.behavior_id::text from incident_behavior x join behavior b on b.id = x.behavior_id
        where x.incident_id = n.id and ${visible(viewer, 'b')}) as "behaviorIds",
      array(select models.model::text from models where models.incident = n.id) as "modelIds"
    ${incidents(viewer)} and (i.title ilike any(${patterns}::text[]) or i.summary ilike any(${patterns}::text[])
      or exists (select 1 from incident_behavior x where x.incident_id = n.id and x.behavior_id = any(${[...asked.behaviorIds]}::bigint[]))
      or n.id in (select models.incident from models))
    order by n.id desc limit ${CANDIDATES}::int`;
}
