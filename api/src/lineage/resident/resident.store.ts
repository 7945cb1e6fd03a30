// What a resident graph reads from the database: every row, whoever may see it, by COPY in its binary form.
import type pg from 'pg';
import type { Viewer } from '../../access/viewer.ts';
import { visible } from '../../access/visibility.ts';
import type { Db } from '../../platform/database.ts';
import { AMOUNT_UNITS, EDGE_KINDS } from '../kinds.ts';
import { NO_UNIT, UNIT_SHIFT, VISIBILITY_SHIFT } from './edge-marks.ts';
import type { ResidentTable } from './resident-graph.ts';
import { type Standing, VISIBILITIES } from './standing.ts';

const WHO = (t: string) => `${t}.visibility, ${t}.team_id, ${t}.actor_id, ${t}.audience_id`;

/** The place of a label among those that are known; null for another. */
const placeOf = (column: string, labels: readonly string[]) =>
  `case ${column} ${labels.map((label, place) => `when '${label}' then ${place}`).join(' ')} end`;

/** The mark of an edge (edge-marks.ts): three labels that are looked up and sent one by one take a fifth more of its time. */
const MARK = `${placeOf('t.kind', EDGE_KINDS)}
    + ${2 ** UNIT_SHIFT} * (case when t.amount_unit is null then ${NO_UNIT} else ${placeOf('t.amount_unit', AMOUNT_UNITS)} end)
    + ${2 ** VISIBILITY_SHIFT} * (${placeOf('t.visibility', VISIBILITIES)})`;

/** The fields of each table, in the order in which the tables of the resident graph read them. */
const COLUMNS: Readonly<Record<ResidentTable, string>> = {
  tag: `t.id, ${WHO('t')} from content_tag t`,
  node: `t.id, t.kind, t.namespace, t.name, t.version, t.digest, t.citation_id, ${WHO('t')}, t.recorded_at,
    t.retracted_at, t.retracted_by, t.replaced_by, x.effect, r.stage, r.started_from,
    coalesce(v.dataset_id, m.model_id)
    from node t
    left join transformation x on x.node_id = t.id and t.kind = 'TRANSFORMATION'
    left join training_run r on r.node_id = t.id and t.kind = 'TRAINING_RUN'
    left join dataset_version v on v.node_id = t.id and t.kind = 'DATASET_VERSION'
    left join model_version m on m.node_id = t.id and t.kind = 'MODEL_VERSION'`,
  composition: `t.id, t.node_id, t.output_id, t.unit, t.basis, t.total, t.complete, t.citation_id, ${WHO('t')},
    t.recorded_at, t.retracted_at from composition t`,
  edge: `t.id, ${MARK}, t.downstream, t.upstream, t.composition_id, t.amount, t.epochs, t.citation_id, t.occurred_at,
    t.team_id, t.actor_id, t.audience_id, t.recorded_at, t.retracted_at from edge t`,
  claim: `t.id, t.node_id, t.property, t.value_number::float8, ${WHO('t')}, t.recorded_at, t.retracted_at
    from claim t where t.property in ('TOKENS', 'ROWS', 'DOCUMENTS', 'BYTES')`,
  measurement: `t.id, t.dataset_version_id, t.content_tag_id, t.fraction, t.unit, t.lower, t.upper, t.method,
    t.measured_at, ${WHO('t')}, t.recorded_at, t.retracted_at from content_measurement t`,
};

/** Copies all rows of a table, or those of some ids. */
export function copyOf(table: ResidentTable, ids?: readonly number[]): string {
  const which =
    ids === undefined ? '' : `${table === 'claim' ? 'and' : 'where'} t.id in (${ids.map(whole).join(', ')})`;
  return `copy (select ${COLUMNS[table]} ${which}) to stdout (format binary)`;
}

/** About how many edges there are, as the server last counted; 0 where it has not. Nobody's rights are asked. */
export async function selectAboutEdges(client: Pick<pg.Client, 'query'>): Promise<number> {
  const { rows } = await client.query<{ edges: number }>(
    `select greatest(reltuples, 0)::float8 as edges from pg_class where oid = 'edge'::regclass`,
  );
  return rows[0]?.edges ?? 0;
}

function whole(id: number): string {
  if (!Number.isSafeInteger(id)) throw new RangeError('an id is a whole number');
  return String(id);
}

/**
 * Which standings a viewer sees, by the predicate and by the second wall (see the migration that made viewer_sees),
 * and for how long that holds unless an audience changes: in milliseconds until the next embargo ends; null where none
 * is running.
 */
export async function selectSeen(
  db: Pick<Db, '$queryRaw'>,
  viewer: Viewer,
  standings: readonly Standing[],
): Promise<{ seen: Uint8Array; forMs: number | null }> {
  const rows = await db.$queryRaw<{ places: number[] | null; forMs: number | null }[]>`
    select array_agg(s.place::int) as places,
      (select extract(epoch from min(a.embargoed_until) - now()) * 1000 from audience a
       where a.embargoed_until > now())::float8 as "forMs"
    from unnest(${standings.map((_, place) => place)}::int[], ${standings.map((s) => s.visibility)}::text[],
      ${standings.map((s) => s.teamId)}::bigint[], ${standings.map((s) => s.actorId)}::bigint[],
      ${standings.map((s) => s.audienceId)}::bigint[]) as s(place, visibility, team_id, actor_id, audience_id)
    where ${visible(viewer, 's')}
      and viewer_sees(s.visibility::visibility, s.team_id, s.actor_id, s.audience_id)`;
  const seen = new Uint8Array(standings.length);
  for (const place of rows[0]?.places ?? []) seen[place] = 1;
  return { seen, forMs: rows[0]?.forMs ?? null };
}
