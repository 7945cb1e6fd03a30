// How a viewer's part of the lineage is searched, as known on a moment: visibility stands inside every traversal.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db } from '../platform/database.ts';
import { EDGE_RULES, type EdgeKind, type NodeKind } from './kinds.ts';
import type { Standpoint } from './lineage-source.ts';
import { EDGE_COLUMNS, known, outputSeen } from './node-sql.ts';
import type { EdgeRecord } from './records.ts';

type Reader = Pick<Db, '$queryRaw'>;
export type Way = 'UPSTREAM' | 'DOWNSTREAM';
/** With null, what holds now, inside the writing transaction too. */
type On = Date | null;

const NEAR = { UPSTREAM: Prisma.sql`downstream`, DOWNSTREAM: Prisma.sql`upstream` } as const;
const FAR = { UPSTREAM: Prisma.sql`upstream`, DOWNSTREAM: Prisma.sql`downstream` } as const;

/*
 * OFFSET 0, here and below, keeps each look-up by index whatever the planner knows of the tables: a join it could turn
 * round reads them whole. What is asked of a node is asked once a node, and what is asked of a statement (a composition)
 * once a statement: an edge is one of several that lead to the one and belong to the other.
 */

/** What a statement works out once: a list of words turned into kinds for each row costs more than finding the row. */
const once = (value: Prisma.Sql) => Prisma.sql`(select ${value})`;

/** The edges that leave a node one way, as far as they themselves are seen and known. */
function edgesAt(
  viewer: Viewer,
  near: Prisma.Sql,
  way: Way,
  kinds: readonly EdgeKind[],
  on: On,
  columns: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`select ${columns} from edge x
    where x.${NEAR[way]} = ${near} and x.kind = any(${once(Prisma.sql`${[...kinds]}::text[]::edge_kind[]`)}::edge_kind[])
      and ${visible(viewer, 'x')} and ${known('x', on)} offset 0`;
}

const nodeAt = (viewer: Viewer, id: Prisma.Sql, on: On, columns = Prisma.sql`y.id`) => Prisma.sql`
  select ${columns} from node y where y.id = ${id} and ${visible(viewer, 'y')} and ${known('y', on)} offset 0`;

/** Compositions whose column is so, which are seen and known. */
const statementsAt = (viewer: Viewer, where: Prisma.Sql, on: On) => Prisma.sql`
  select c.id from composition c
  where ${where} and ${visible(viewer, 'c')} and ${known('c', on)} and ${outputSeen(viewer)}`;

/** Whether the composition of an edge e that leaves a node upstream, where it has one, is among the node's that are so. */
const statedAt = (viewer: Viewer, near: Prisma.Sql, on: On, so = Prisma.sql`true`) => Prisma.sql`
  (e.composition_id is null or e.composition_id = any(array(${statementsAt(viewer, Prisma.sql`c.node_id = ${near} and ${so}`, on)})))`;

/*
 * What is stated of one output of a transformation says nothing of another. So a search carries how it came to a node, as
 * `by` (see Standpoint in lineage-source): where nothing in the database is stated of an output, it is null throughout.
 */

const APART = once(Prisma.sql`exists (select 1 from composition a where a.output_id is not null)`);

/** Whether a composition `c` holds of an output: what its team states of that one takes its place. See `holdsOf`. */
const holdsOf = (viewer: Viewer, output: Prisma.Sql, on: On) => Prisma.sql`
  case when c.output_id is not null then c.output_id = ${output} else not exists (
    select 1 from composition s
    where s.output_id = ${output} and s.node_id = c.node_id and s.team_id = c.team_id
      and ${visible(viewer, 's')} and ${known('s', on)} and exists (
        select 1 from edge i where i.composition_id = s.id and ${visible(viewer, 'i')} and ${known('i', on)}
          and exists (${nodeAt(viewer, Prisma.sql`i.upstream`, on)}))) end`;

/** How the edge x leads from a node to the next. */
function leadsBy(near: Prisma.Sql, way: Way): Prisma.Sql {
  return way === 'UPSTREAM'
    ? Prisma.sql`case when x.kind = 'GENERATED_BY' and ${APART} then
        case when exists (select 1 from composition o where o.output_id = ${near}) then ${near} else 0 end end`
    : Prisma.sql`case when x.kind = 'USED' and ${APART} then x.composition_id end`;
}

/**
 * Whether the edge e may be followed by whoever came to its near end so; that it may be seen at all included. Without `by`
 * nothing is stated of an output.
 */
function goesOn(viewer: Viewer, near: Prisma.Sql, by: Prisma.Sql | null, way: Way, on: On): Prisma.Sql {
  if (way === 'UPSTREAM') {
    const holds = by && Prisma.sql`(${by} is null or ${holdsOf(viewer, by, on)})`;
    return statedAt(viewer, near, on, holds ?? undefined);
  }
  const its = Prisma.sql`c.id = e.composition_id`;
  const stated = Prisma.sql`(e.composition_id is null or exists (${statementsAt(viewer, its, on)}))`;
  if (by === null) return stated;
  return Prisma.sql`${stated}
    and (${by} is null or e.kind <> 'GENERATED_BY' or exists (
      select 1 from composition c where c.id = ${by} and ${holdsOf(viewer, Prisma.sql`e.far`, on)}))`;
}

/** Kinds of nodes that edges of these kinds can leave: nothing is upstream of a source. */
function leftBy(kinds: readonly EdgeKind[], way: Way): NodeKind[] {
  const rules = EDGE_RULES.filter((rule) => kinds.includes(rule.kind));
  return [...new Set(rules.map((rule) => (way === 'UPSTREAM' ? rule.downstream : rule.upstream)))];
}

/**
 * What is reached from the roots one way, the roots included where they were known. Recursion carries the id, so that
 * many paths to a node cost no more than one, and whether it was seen: a node is gone on from, and told, once it was, with
 * whether any edge may leave it (by `leaving`, kinds of nodes). All edges of a composition leave one node, so that
 * upstream what its compositions are is looked up once for all its edges, and only where one of them belongs to any.
 * `apart` says whether anything may be stated of an output: else nothing of that is asked.
 */
function reached(
  viewer: Viewer,
  roots: Prisma.Sql,
  way: Way,
  kinds: readonly EdgeKind[],
  leaving: readonly NodeKind[],
  on: On,
  apart = true,
): Prisma.Sql {
  const here = Prisma.sql`reach.id`;
  const by = apart ? leadsBy(here, way) : Prisma.sql`null::bigint`;
  const ends = Prisma.sql`x.${FAR[way]} as far, x.composition_id, x.kind, ${by} as by`;
  const leaves = Prisma.sql`y.kind = any(${once(Prisma.sql`${[...leaving]}::text[]::node_kind[]`)}::node_kind[]) as leaves`;
  return Prisma.sql`reach(id, seen, leaves, by) as (
    select root, false, false, null::bigint from ${roots}
    union
    select step.id, step.seen, step.leaves, step.by from reach
    cross join lateral (${nodeAt(viewer, here, on, leaves)}) n
    cross join lateral (
      select reach.id, true, n.leaves, null::bigint
      union all
      select e.far, false, false, e.by from (${edgesAt(viewer, here, way, kinds, on, ends)}) e
      where n.leaves and ${goesOn(viewer, here, apart ? Prisma.sql`reach.by` : null, way, on)}
      offset 0) step(id, seen, leaves, by)
    where not reach.seen)`;
}

const rowsOf = (roots: readonly bigint[]) => Prisma.sql`unnest(${[...roots]}::bigint[]) root`;

/** At most `most` ids, the nearest first. */
export async function selectClosure(
  db: Reader,
  viewer: Viewer,
  roots: readonly bigint[],
  way: Way,
  kinds: readonly EdgeKind[],
  on: On,
  most: number,
): Promise<bigint[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    with recursive ${reached(viewer, rowsOf(roots), way, kinds, leftBy(kinds, way), on)}
    select id from reach where seen limit ${most}`;
  return rows.map((row) => row.id);
}

/**
 * The edges of `kinds` that leave, upstream, what is reached by `followed`: of at most `most` nodes, the nearest. An edge
 * that would be followed leads to what is reached, but for those that go on from no output that was.
 *
 * What is stated of single outputs is asked of only where the viewer sees any such statement: what asks of it has to be made
 * ready whatever it finds (decision 66). Where they do, the first statement finds nothing, and says so.
 */
export async function selectUpstream(
  db: Reader,
  viewer: Viewer,
  roots: readonly bigint[],
  followed: readonly EdgeKind[],
  kinds: readonly EdgeKind[],
  on: On,
  most: number,
): Promise<EdgeRecord[]> {
  const leaving = leftBy([...followed, ...kinds], 'UPSTREAM');
  const near = Prisma.sql`told.id`;
  const edges = (start: Prisma.Sql, apart: boolean) => Prisma.sql`
    with recursive ${reached(viewer, start, 'UPSTREAM', followed, leaving, on, apart)},
    told as materialized (select id, leaves from reach where seen limit ${most})
    select ${EDGE_COLUMNS} from told
    cross join lateral (
      select e.* from (${edgesAt(viewer, near, 'UPSTREAM', kinds, on, Prisma.sql`x.*`)}) e
      where ${statedAt(viewer, near, on)}
      offset 0) e
    where told.leaves and (coalesce(e.upstream in (select t.id from told t), false)
      or e.kind <> all(${once(Prisma.sql`${[...followed]}::text[]::edge_kind[]`)}::edge_kind[])
        and exists (${nodeAt(viewer, Prisma.sql`e.upstream`, on)}))`;
  const rows = await db.$queryRaw<((EdgeRecord | { id: null }) & { apart: boolean })[]>`
    select ${APART} as apart, found.* from (select 1) one
    left join (${edges(Prisma.sql`${rowsOf(roots)} where not ${APART}`, false)}) found on true`;
  if (rows[0]?.apart === true) return db.$queryRaw<EdgeRecord[]>(edges(rowsOf(roots), true));
  return rows.flatMap(({ apart: _, ...edge }) => (edge.id === null ? [] : [edge]));
}

/** The edges e that the viewer may follow from any of the nodes on a moment, to be followed by what is asked of them. */
function edgesOf(
  viewer: Viewer,
  from: readonly bigint[],
  way: Way,
  kinds: readonly EdgeKind[],
  on: On,
  columns: Prisma.Sql,
): Prisma.Sql {
  const far = Prisma.sql`e.${FAR[way]}`;
  return Prisma.sql`
    with left_by as materialized (
      select x.* from unnest(${[...from]}::bigint[]) as start(id)
      cross join lateral (${edgesAt(viewer, Prisma.sql`start.id`, way, kinds, on, Prisma.sql`x.*`)}) x
    ), reached as materialized (
      select y.id from (select distinct ${far} as id from left_by e) f
      cross join lateral (${nodeAt(viewer, Prisma.sql`f.id`, on)}) y
    ), stated as materialized (
      select c.id from (select distinct e.composition_id as id from left_by e where e.composition_id is not null) s
      cross join lateral (${statementsAt(viewer, Prisma.sql`c.id = s.id`, on)} offset 0) c
    )
    select ${columns} from left_by e
    where coalesce(${far} in (select id from reached), false)
      and (e.composition_id is null or e.composition_id in (select id from stated))`;
}

/** What is one edge away from any of these. */
export async function selectStep(
  db: Reader,
  viewer: Viewer,
  from: readonly Standpoint[],
  way: Way,
  kinds: readonly EdgeKind[],
  on: On,
): Promise<Standpoint[]> {
  const here = Prisma.sql`start.id`;
  const ends = Prisma.sql`x.${FAR[way]} as far, x.composition_id, x.kind, ${leadsBy(here, way)} as by`;
  const [ids, by] = [from.map((point) => point.id), from.map((point) => point.by)];
  return db.$queryRaw<Standpoint[]>`
    with next as materialized (
      select distinct e.far, e.by from unnest(${ids}::bigint[], ${by}::bigint[]) as start(id, by)
      cross join lateral (${edgesAt(viewer, here, way, kinds, on, ends)}) e
      where ${goesOn(viewer, here, Prisma.sql`start.by`, way, on)})
    select next.far as id, next.by from next
    where exists (${nodeAt(viewer, Prisma.sql`next.far`, on)})`;
}

/** The edges that go on from each of the nodes one way. */
export async function selectEdgesFrom(
  db: Reader,
  viewer: Viewer,
  from: readonly bigint[],
  way: Way,
  kinds: readonly EdgeKind[],
  on: On,
): Promise<EdgeRecord[]> {
  if (from.length === 0) return [];
  return db.$queryRaw<EdgeRecord[]>(edgesOf(viewer, from, way, kinds, on, EDGE_COLUMNS));
}
