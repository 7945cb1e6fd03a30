// What is recorded of a viewer's part of the lineage: edges, nodes and compositions, each as far as it is seen.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db } from '../platform/database.ts';
import type { StartedFrom, TrainingStage, TransformationEffect } from './kinds.ts';
import { nodeColumns } from './node.store.ts';
import type { LineageNodeRow } from './node.ts';
import { EDGE_COLUMNS, known, outputSeen, statementSeen } from './node-sql.ts';
import type { CompositionRecord, EdgeRecord } from './records.ts';

type Reader = Pick<Db, '$queryRaw'>;

/** Edges by id whose ends, composition and own assertion the viewer may see, retracted ones included. */
export async function selectEdges(db: Reader, viewer: Viewer, ids: readonly bigint[]): Promise<EdgeRecord[]> {
  return db.$queryRaw<EdgeRecord[]>`
    select ${EDGE_COLUMNS} from edge e
    join node d on d.id = e.downstream join node u on u.id = e.upstream
    where e.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'e')} and ${visible(viewer, 'd')}
      and ${visible(viewer, 'u')} and ${statementSeen(viewer, 'e')}`;
}

/** The visible edges of each composition, retracted ones included, in the order of record. */
export async function selectEdgesOfCompositions(
  db: Reader,
  viewer: Viewer,
  compositionIds: readonly bigint[],
): Promise<EdgeRecord[]> {
  return db.$queryRaw<EdgeRecord[]>`
    select ${EDGE_COLUMNS} from edge e
    join node d on d.id = e.downstream join node u on u.id = e.upstream
    where e.composition_id = any(${[...compositionIds]}::bigint[]) and ${visible(viewer, 'e')}
      and ${visible(viewer, 'd')} and ${visible(viewer, 'u')}
    order by e.recorded_at, e.id`;
}

export interface NodeFacts extends LineageNodeRow {
  effect: TransformationEffect | null;
  stage: TrainingStage | null;
  startedFrom: StartedFrom | null;
  family: bigint | null;
  outputs: number | null;
}

/** Visible nodes with what the computations need to know of each kind. */
export async function selectNodeFacts(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
  on: Date,
): Promise<NodeFacts[]> {
  return db.$queryRaw<NodeFacts[]>`
    select ${nodeColumns('n')}, x.effect::text as effect, r.stage::text as stage,
      r.started_from::text as "startedFrom", coalesce(v.dataset_id, m.model_id) as family,
      case when n.kind in ('TRANSFORMATION', 'TRAINING_RUN') then (
        select count(distinct e.downstream)::int from (
          select z.downstream from edge z where z.upstream = n.id and z.kind = 'GENERATED_BY'
            and ${visible(viewer, 'z')} and ${known('z', on)}
            and ${statementSeen(viewer, 'z')} offset 0) e
        cross join lateral (
          select 1 from node o where o.id = e.downstream and ${visible(viewer, 'o')} and ${known('o', on)} offset 0) o
      ) end as outputs
    from node n
    left join transformation x on x.node_id = n.id
    left join training_run r on r.node_id = n.id
    left join dataset_version v on v.node_id = n.id
    left join model_version m on m.node_id = n.id
    where n.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'n')}`;
}

/**
 * `on` null: whatever the times of its inputs, for whoever asks whether it is there. What is seen of them is held against how many are stated in all, which
 * the database counts past its own policies. A statement is not complete any more once one of its inputs is no node
 * any more, nor once all of them were taken back: nobody declared that there are none.
 */
function compositionColumns(viewer: Viewer, on: Date | Prisma.Sql | null): Prisma.Sql {
  const holds = (alias: 'x' | 'y') => (on === null ? Prisma.sql`true` : known(alias, on));
  return Prisma.sql`c.id, c.node_id as "nodeId", c.output_id as "outputId", c.unit::text as unit,
    c.basis::text as basis, c.total,
    (c.complete and h.holding = s.stated and (s.stated > 0 or h.ever = 0)) as complete,
    h.seen < s.stated as "inputsHidden",
    c.citation_id as "citationId", c.visibility::text as visibility, c.team_id as "teamId",
    c.actor_id as "actorId", c.recorded_at as "recordedAt", c.retracted_at as "retractedAt"
    from composition c
    join node d on d.id = c.node_id
    cross join lateral (select inputs_stated(c.id, (${on})::timestamptz) as stated offset 0) s
    cross join lateral (
      select count(*) as ever, count(*) filter (where e.holds) as seen,
        count(*) filter (where e.holds and n.holds) as holding
      from (
        select x.upstream, ${holds('x')} as holds from edge x
        where x.composition_id = c.id and ${visible(viewer, 'x')} offset 0) e
      cross join lateral (
        select ${holds('y')} as holds from node y where y.id = e.upstream and ${visible(viewer, 'y')} offset 0) n) h`;
}

/**
 * A statement of which every input is hidden is hidden itself: it would tell that there are some. So is one whose hidden
 * inputs were taken back since, and one of which something was seen stays.
 */
const STATES_SOMETHING = Prisma.sql`(h.ever > 0 or inputs_stated(c.id, null) = 0)`;

/** Which of some nodes have outputs of which something is stated apart. */
export async function selectApart(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
  on: Date,
): Promise<bigint[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    select distinct c.node_id as id from composition c
    where c.node_id = any(${[...ids]}::bigint[]) and c.output_id is not null
      and ${visible(viewer, 'c')} and ${known('c', on)}`;
  return rows.map((row) => row.id);
}

/** What the viewer may see stated, on a moment, of what each node, or each as an output, was made of. */
export async function selectCompositionsOf(
  db: Reader,
  viewer: Viewer,
  nodeIds: readonly bigint[],
  on: Date,
): Promise<CompositionRecord[]> {
  return db.$queryRaw<CompositionRecord[]>`
    select ${compositionColumns(viewer, on)}
    where (c.node_id = any(${[...nodeIds]}::bigint[]) or c.output_id = any(${[...nodeIds]}::bigint[]))
      and ${visible(viewer, 'c')} and ${known('c', on)} and ${visible(viewer, 'd')}
      and ${outputSeen(viewer)} and ${STATES_SOMETHING}
    order by c.recorded_at, c.id`;
}

/**
 * Compositions by id, retracted ones included: as they stood on a moment, or (what was retracted by then) just before, so
 * that each is as complete as where it is listed.
 */
export async function selectCompositions(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
  on: Date | null,
): Promise<CompositionRecord[]> {
  const last =
    on &&
    Prisma.sql`greatest(c.recorded_at, least(${on}::timestamptz, c.retracted_at - interval '1 millisecond'))`;
  return db.$queryRaw<CompositionRecord[]>`
    select ${compositionColumns(viewer, last)}
    where c.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'c')} and ${visible(viewer, 'd')}
      and ${outputSeen(viewer)} and ${STATES_SOMETHING}`;
}
