// The statements by which many edges are written at once. All run in the writer's transaction, which sees all rows.
import type { Viewer } from '../../access/viewer.ts';
import { visible } from '../../access/visibility.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { BulkConnection, CopyValue } from '../../platform/bulk-connection.ts';
import type { By } from '../by.ts';
import type { NodeKind } from '../kinds.ts';
import type { Place } from '../ref-places.ts';
import type { KnownNode } from './reference-cache.ts';

type Sql = Pick<BulkConnection, 'query'>;

const FOUND = Prisma.raw(
  'n.id, n.kind::text as kind, n.visibility::text as visibility, n.digest, n.team_id as "teamId"',
);

interface FoundAt extends KnownNode {
  /** Which of the places asked for, from 1. */
  nth: number;
}

/**
 * What stands at each of many places and may be seen, through an alias too; what is called so itself goes first. Two
 * statements for places that are alike, each of which an index answers.
 */
export async function selectAtPlaces(
  db: Sql,
  viewer: Viewer,
  places: readonly Place[],
): Promise<Map<number, KnownNode>> {
  const found = new Map<number, KnownNode>();
  for (const alike of placesAlike(places)) {
    const { wanted, called } = asked(viewer, alike);
    const throughAlias = await db.query<FoundAt>(Prisma.sql`
      select w.nth::int as nth, ${FOUND} from ${wanted} join alias a on ${called('a')}
        join node n on n.id = a.node_id and n.retracted_at is null and ${visible(viewer, 'n')}`);
    const itself = await db.query<FoundAt>(Prisma.sql`
      select w.nth::int as nth, ${FOUND} from ${wanted} join node n on ${called('n')}`);
    for (const rows of [throughAlias, itself])
      for (const { nth, id, kind, visibility, digest, teamId } of rows)
        found.set(alike.at[nth - 1]!, { id, kind, visibility, digest, teamId });
  }
  return found;
}

/** Places of one kind, all with a version or all without, and all in the common namespace or none: said once for all. */
interface Alike {
  kind: NodeKind;
  versioned: boolean;
  common: boolean;
  /** Where they stand among all that are asked for. */
  at: number[];
  names: string[];
  versions: (string | null)[];
  namespaces: string[];
}

function placesAlike(places: readonly Place[]): Alike[] {
  const alike = new Map<string, Alike>();
  for (const [i, { kind, namespace, name, version }] of places.entries()) {
    const [versioned, common] = [version !== null, namespace === ''];
    const key = `${kind} ${versioned} ${common}`;
    let held = alike.get(key);
    if (held === undefined) {
      held = { kind, versioned, common, at: [], names: [], versions: [], namespaces: [] };
      alike.set(key, held);
    }
    held.at.push(i);
    held.names.push(name);
    if (versioned) held.versions.push(version);
    if (!common) held.namespaces.push(namespace);
  }
  return [...alike.values()];
}

/** The places as rows, and what a row is called that stands at one and may be seen. */
function asked(viewer: Viewer, { kind, versioned, common, names, versions, namespaces }: Alike) {
  const lists = [Prisma.sql`${names}::text[]`];
  const columns = ['name'];
  if (versioned) lists.push(Prisma.sql`${versions}::text[]`);
  if (versioned) columns.push('version');
  if (!common) lists.push(Prisma.sql`${namespaces}::text[]`);
  if (!common) columns.push('namespace');
  const wanted = Prisma.sql`unnest(${Prisma.join(lists)}) with ordinality w(${Prisma.raw(columns.join(', '))}, nth)`;
  const called = (alias: string) => {
    const row = Prisma.raw(alias);
    const version = versioned ? Prisma.sql`${row}.version = w.version` : Prisma.sql`${row}.version is null`;
    const namespace = common ? Prisma.sql`${row}.namespace = ''` : Prisma.sql`${row}.namespace = w.namespace`;
    return Prisma.sql`${row}.kind = ${kind}::node_kind and ${namespace} and ${row}.name = w.name and ${version}
      and ${row}.retracted_at is null and ${visible(viewer, alias)}`;
  };
  return { wanted, called };
}

export async function selectSeenNodes(
  db: Sql,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<Map<bigint, KnownNode>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<KnownNode>(Prisma.sql`
    select ${FOUND} from node n where n.id = any(${[...ids]}::bigint[]) and n.retracted_at is null
      and ${visible(viewer, 'n')}`);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function selectNamespacesOf(db: Sql, teamIds: readonly bigint[]): Promise<string[]> {
  const rows = await db.query<{ id: bigint; namespace: string }>(Prisma.sql`
    select id, namespace from team where id = any(${[...teamIds]}::bigint[])`);
  return teamIds.flatMap((id) => rows.filter((row) => row.id === id).map((row) => row.namespace));
}

/** What the feed of the lineage tells since a transaction: nodes that changed, and whether an audience did; with null, nothing yet. */
export async function selectChangedNodes(
  db: Sql,
  from: string | null,
): Promise<{ next: string; nodes: bigint[]; audiences: boolean }> {
  const [now] = await db.query<{ xmin: string }>(Prisma.sql`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`);
  if (from === null) return { next: now!.xmin, nodes: [], audiences: false };
  const rows = await db.query<{ changed: string; ids: string[] }>(Prisma.sql`
    select changed, ids::text[] as ids from lineage_feed
    where xid >= ${from}::xid8 and changed in ('node', 'audience')`);
  return {
    next: now!.xmin,
    nodes: rows.flatMap((row) => (row.changed === 'node' ? row.ids.map(BigInt) : [])),
    audiences: rows.some((row) => row.changed === 'audience'),
  };
}

const STAGING = 'edge_staging';
const COLUMNS = [
  'line',
  'kind',
  'downstream',
  'upstream',
  'amount',
  'amount_unit',
  'occurred_at',
  'visibility',
];

/** Puts edges with resolved ends where the merge takes them from; the transaction's end empties it. */
export async function stageEdges(db: BulkConnection, rows: Iterable<readonly CopyValue[]>): Promise<void> {
  await db.execute(`create temporary table if not exists ${STAGING} (line int not null, kind edge_kind not null,
    downstream bigint not null, upstream bigint not null, amount float8, amount_unit amount_unit,
    occurred_at timestamptz(3), visibility visibility not null) on commit delete rows`);
  await db.copy(STAGING, COLUMNS, rows);
}

export interface Merged {
  added: number;
  /** Lines whose edge the team asserts already, with another amount or time, where the writer may see it. */
  otherwise: number[];
}

/**
 * One insert of what the team does not assert yet. Throws the database's refusal of a cycle, and of an edge that
 * somebody asserted meanwhile, or that the writer may not see: with `past`, those are left out, which costs more.
 */
export async function mergeEdges(db: Sql, viewer: Viewer, by: By, past: boolean): Promise<Merged> {
  // Said of the rows of this statement alone: the database checks what it would else have set.
  await db.query(Prisma.sql`select set_config('headwater.moment_stated', 'yes', true)`);
  const [row] = await db.query<{ added: bigint; otherwise: number[] | null }>(Prisma.sql`
    with said as materialized (
      select s.*, e.id as held,
        (e.amount, e.amount_unit, e.occurred_at) is not distinct from (s.amount, s.amount_unit, s.occurred_at) as same
      from (select * from edge_staging order by downstream, upstream) s
      left join lateral (
        select e.id, e.amount, e.amount_unit, e.occurred_at from edge e where ${asserted(viewer, by)} offset 0) e on true
    ), added as (
      insert into edge (kind, downstream, upstream, amount, amount_unit, occurred_at, visibility, team_id, actor_id,
        recorded_at)
      select kind, downstream, upstream, amount, amount_unit, occurred_at, visibility, ${by.teamId}, ${by.actorId},
        (select recording_moment())
      from said where held is null
      ${past ? Prisma.sql`on conflict do nothing` : Prisma.empty} returning 1
    )
    select (select count(*) from added) as added,
      (select array_agg(line order by line) from (
        select line from said where held is not null group by line having not bool_or(same)) o) as otherwise`);
  await db.query(Prisma.sql`select set_config('headwater.moment_stated', '', true)`);
  return { added: Number(row!.added), otherwise: row!.otherwise ?? [] };
}

/** The team's own edge `e` of what a staged row `s` names, where the writer may see it. */
const asserted = (
  viewer: Viewer,
  by: By,
) => Prisma.sql`e.downstream = s.downstream and e.upstream = s.upstream
  and e.kind = s.kind and e.composition_id is null and e.team_id = ${by.teamId} and e.retracted_at is null
  and ${visible(viewer, 'e')}`;

/** Of rows whose edges the team asserts already, as `stageEdges` takes them: the lines that say otherwise than those do. */
export async function selectSaidOtherwise(
  db: BulkConnection,
  viewer: Viewer,
  by: By,
  rows: Iterable<readonly CopyValue[]>,
): Promise<number[]> {
  await db.execute(`delete from ${STAGING}`);
  await stageEdges(db, rows);
  const lines = await db.query<{ line: number }>(Prisma.sql`
    select s.line from edge_staging s where not exists (
      select 1 from edge e where ${asserted(viewer, by)} and (e.amount, e.amount_unit, e.occurred_at)
        is not distinct from (s.amount, s.amount_unit, s.occurred_at))
    order by s.line`);
  return lines.map(({ line }) => line);
}

/** Takes from the staged edges those that lie on a cycle, and answers their lines. */
export async function unstageCycle(db: Sql, cycle: readonly bigint[]): Promise<number[]> {
  const next = [...cycle.slice(1), cycle[0]!];
  const rows = await db.query<{ line: number }>(Prisma.sql`
    delete from edge_staging s using unnest(${[...cycle]}::bigint[], ${next}::bigint[]) c(downstream, upstream)
    where s.downstream = c.downstream and s.upstream = c.upstream returning s.line`);
  return rows.map(({ line }) => line);
}

/** Takes from the staged edges those of these lines. */
export async function unstageLines(db: Sql, lines: readonly number[]): Promise<void> {
  await db.query(Prisma.sql`delete from edge_staging where line = any(${[...lines]}::int[])`);
}

export interface NamedNode {
  id: bigint;
  kind: NodeKind;
  namespace: string;
  name: string | null;
  version: string | null;
}

/** The names of those nodes that the viewer may see, as they stand. */
export async function selectNamesOf(
  db: Sql,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<Map<bigint, NamedNode>> {
  const rows = await db.query<NamedNode>(Prisma.sql`
    select n.id, n.kind::text as kind, n.namespace, n.name, n.version from node n
    where n.id = any(${[...new Set(ids)]}::bigint[]) and ${visible(viewer, 'n')}`);
  return new Map(rows.map((row) => [row.id, row]));
}
