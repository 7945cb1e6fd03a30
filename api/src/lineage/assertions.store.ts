// Claims, disputes, aliases and neighbours of nodes, and the retraction of whatever was asserted.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { cappedPer } from '../platform/capped-sql.ts';
import type { Db, Tx } from '../platform/database.ts';
import { retractRowOf } from '../platform/retract-row.ts';
import type { EdgeKind, NodeKind } from './kinds.ts';
import type { VisibilityWord } from './node.ts';
import { known, outputSeen, statementSeen } from './node-sql.ts';
import type { By } from './record.store.ts';
import type { AliasRow, ClaimRow, Disputable, DisputeRow } from './records.ts';

type Reader = Pick<Db, '$queryRaw'>;

const ASSERTED = (alias: string) =>
  Prisma.raw(`${alias}.id, ${alias}.citation_id as "citationId", ${alias}.visibility::text as visibility,
    ${alias}.team_id as "teamId", ${alias}.actor_id as "actorId", ${alias}.recorded_at as "recordedAt",
    ${alias}.retracted_at as "retractedAt"`);

const CLAIM = Prisma.sql`${ASSERTED('c')}, c.node_id as "nodeId", c.property::text as property,
  c.value_number::text as "valueNumber", c.value_text as "valueText", c.value_time as "valueTime"
  from claim c join node n on n.id = c.node_id`;

/** What is claimed of each node on a moment, the newest first. */
export async function selectClaimsOf(
  db: Reader,
  viewer: Viewer,
  nodeIds: readonly bigint[],
  on: Date,
): Promise<ClaimRow[]> {
  return db.$queryRaw<ClaimRow[]>`
    select ${CLAIM} where c.node_id = any(${[...nodeIds]}::bigint[])
      and ${visible(viewer, 'c')} and ${visible(viewer, 'n')} and ${known('c', on)}
    order by c.recorded_at desc, c.id desc`;
}

export async function selectClaims(db: Reader, viewer: Viewer, ids: readonly bigint[]): Promise<ClaimRow[]> {
  return db.$queryRaw<ClaimRow[]>`
    select ${CLAIM} where c.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 'c')} and ${visible(viewer, 'n')}`;
}

const DISPUTE = Prisma.sql`${ASSERTED('s')}, s.edge_id as "edgeId", s.claim_id as "claimId",
  s.composition_id as "compositionId", s.node_id as "nodeId", s.statement, s.share_lower as "shareLower",
  s.share_upper as "shareUpper" from dispute s`;

/** Whether the viewer may see what the dispute `s` is about: it tells of that, whoever may see the dispute itself. */
function targetSeen(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`case
    when s.edge_id is not null then exists (
      select 1 from edge e join node d on d.id = e.downstream join node u on u.id = e.upstream
      where e.id = s.edge_id and ${visible(viewer, 'e')} and ${visible(viewer, 'd')} and ${visible(viewer, 'u')}
        and ${statementSeen(viewer, 'e')})
    when s.claim_id is not null then exists (
      select 1 from claim c join node n on n.id = c.node_id
      where c.id = s.claim_id and ${visible(viewer, 'c')} and ${visible(viewer, 'n')})
    when s.composition_id is not null then exists (
      select 1 from composition c join node d on d.id = c.node_id
      where c.id = s.composition_id and ${visible(viewer, 'c')} and ${visible(viewer, 'd')}
        and ${outputSeen(viewer)}
        and (inputs_stated(c.id, null) = 0
          or exists (select 1 from edge x join node y on y.id = x.upstream
            where x.composition_id = c.id and ${visible(viewer, 'x')} and ${visible(viewer, 'y')})))
    else exists (select 1 from node n where n.id = s.node_id and ${visible(viewer, 'n')}) end`;
}

export async function selectDisputes(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<DisputeRow[]> {
  return db.$queryRaw<DisputeRow[]>`
    select ${DISPUTE} where s.id = any(${[...ids]}::bigint[]) and ${visible(viewer, 's')} and ${targetSeen(viewer)}`;
}

const TARGET_COLUMN: Readonly<Record<Disputable, Prisma.Sql>> = {
  edge: Prisma.sql`s.edge_id`,
  claim: Prisma.sql`s.claim_id`,
  composition: Prisma.sql`s.composition_id`,
  node: Prisma.sql`s.node_id`,
};

/** The visible disputes of things that the viewer sees, of every kind at once and retracted ones included, in the order of record. */
export async function selectDisputesOf(
  db: Reader,
  viewer: Viewer,
  targets: ReadonlyMap<Disputable, readonly bigint[]>,
): Promise<DisputeRow[]> {
  const any = [...targets].map(([of, ids]) => Prisma.sql`${TARGET_COLUMN[of]} = any(${[...ids]}::bigint[])`);
  if (any.length === 0) return [];
  return db.$queryRaw<DisputeRow[]>`
    select ${DISPUTE} where (${Prisma.join(any, ' or ')}) and ${visible(viewer, 's')}
    order by s.recorded_at, s.id`;
}

/** The visible disputes of edges, or of compositions, that came up between two moments and hold on the later one. */
export async function selectDisputesBetween(
  db: Reader,
  viewer: Viewer,
  of: 'edge' | 'composition',
  ids: readonly bigint[],
  since: Date,
  until: Date,
): Promise<DisputeRow[]> {
  if (ids.length === 0) return [];
  return db.$queryRaw<DisputeRow[]>`
    select ${DISPUTE} where ${TARGET_COLUMN[of]} = any(${[...ids]}::bigint[]) and ${visible(viewer, 's')}
      and s.recorded_at > ${since} and ${known('s', until)}
    order by s.recorded_at, s.id`;
}

const aliases = (viewer: Viewer) => Prisma.sql`
  select ${ASSERTED('a')}, a.node_id as "nodeId", a.kind::text as kind, a.namespace, a.name, a.version
  from alias a join node n on n.id = a.node_id where ${visible(viewer, 'a')} and ${visible(viewer, 'n')}`;

/** Aliases by id, retracted ones included. */
export async function selectAliasRows(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
): Promise<AliasRow[]> {
  return db.$queryRaw<AliasRow[]>`${aliases(viewer)} and a.id = any(${[...ids]}::bigint[])`;
}

/** The other names that each node had on a moment, in the order of record. */
export async function selectAliasesOf(
  db: Reader,
  viewer: Viewer,
  nodeIds: readonly bigint[],
  on: Date,
): Promise<AliasRow[]> {
  return db.$queryRaw<AliasRow[]>(
    cappedPer(
      'nodeId',
      Prisma.sql`
    ${aliases(viewer)} and a.node_id = any(${[...nodeIds]}::bigint[]) and ${known('a', on)} order by a.recorded_at, a.id`,
    ),
  );
}

/** The neighbours of each node over edges of some kinds, as pairs, in the order of record. */
export async function selectNeighbours(
  db: Reader,
  viewer: Viewer,
  ids: readonly bigint[],
  way: 'UPSTREAM' | 'DOWNSTREAM',
  kind: EdgeKind,
  on: Date,
): Promise<{ from: bigint; to: bigint; edgeId: bigint; amount: number | null; amountUnit: string | null }[]> {
  const near = way === 'UPSTREAM' ? Prisma.sql`e.downstream` : Prisma.sql`e.upstream`;
  const far = way === 'UPSTREAM' ? Prisma.sql`e.upstream` : Prisma.sql`e.downstream`;
  return db.$queryRaw`
    select ${near} as "from", ${far} as "to", e.id as "edgeId", e.amount, e.amount_unit::text as "amountUnit"
    from edge e join node n on n.id = ${far}
    where ${near} = any(${[...ids]}::bigint[]) and e.kind = ${kind}::edge_kind
      and ${visible(viewer, 'e')} and ${known('e', on)} and ${visible(viewer, 'n')} and ${known('n', on)}
      and ${statementSeen(viewer, 'e')}
    order by e.recorded_at, e.id`;
}

const TABLES = {
  LineageEdge: 'edge',
  Claim: 'claim',
  Composition: 'composition',
  Dispute: 'dispute',
  Alias: 'alias',
  ContentMeasurement: 'content_measurement',
  Node: 'node',
} as const;
export type Retractable = keyof typeof TABLES;

/** Retracts a row that still holds; the database sets the moment. False where it was retracted already. */
export async function retractRow(
  tx: Tx,
  what: Retractable,
  id: bigint,
  actorId: bigint,
  reason: string | null,
): Promise<boolean> {
  return retractRowOf(tx, TABLES[what], id, actorId, reason);
}

/** Retracts edges that still hold, in one statement, and answers which those were. */
export async function retractEdges(
  tx: Tx,
  ids: readonly bigint[],
  actorId: bigint,
  reason: string,
): Promise<Set<bigint>> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    update edge set retracted_at = recording_moment(), retracted_by = ${actorId}, retraction_reason = ${reason}
    where id = any(${[...ids]}::bigint[]) and retracted_at is null returning id`;
  return new Set(rows.map((row) => row.id));
}

/** Retracts what belongs to a composition: its edges. */
export async function retractEdgesOfComposition(
  tx: Tx,
  compositionId: bigint,
  actorId: bigint,
  reason: string | null,
): Promise<void> {
  await tx.$executeRaw`
    update edge set retracted_at = recording_moment(), retracted_by = ${actorId}, retraction_reason = ${reason}
    where composition_id = ${compositionId} and retracted_at is null`;
}

export async function retractNodeRow(
  tx: Tx,
  id: bigint,
  actorId: bigint,
  reason: string,
  replacedBy: bigint | null,
): Promise<boolean> {
  const done = await tx.$executeRaw`
    update node set retracted_at = recording_moment(), retracted_by = ${actorId}, retraction_reason = ${reason},
      replaced_by = ${replacedBy}
    where id = ${id} and retracted_at is null`;
  return done > 0;
}

/**
 * A team's derivations of a dataset version that still hold: its compositions, whoever's the edges in them, and the
 * edges that it asserts by themselves. An edge in a composition tells nothing of whose that is.
 */
export async function selectDerivations(
  tx: Tx,
  teamId: bigint,
  nodeId: bigint,
): Promise<{ id: bigint; type: 'Composition' | 'LineageEdge' }[]> {
  return tx.$queryRaw`
    select c.id, 'Composition' as type from composition c
    where c.node_id = ${nodeId} and c.team_id = ${teamId} and c.retracted_at is null
    union all
    select e.id, 'LineageEdge' from edge e
    where e.downstream = ${nodeId} and e.kind = 'DERIVED_FROM' and e.composition_id is null
      and e.team_id = ${teamId} and e.retracted_at is null`;
}

export async function insertDisputeRow(
  tx: Tx,
  by: By,
  dispute: {
    edgeId: bigint | null;
    claimId: bigint | null;
    compositionId: bigint | null;
    nodeId: bigint | null;
    statement: string;
    shareLower: number | null;
    shareUpper: number | null;
    citationId: bigint | null;
    visibility: VisibilityWord;
  },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into dispute (edge_id, claim_id, composition_id, node_id, statement, share_lower, share_upper,
      citation_id, visibility, team_id, actor_id)
    values (${dispute.edgeId}, ${dispute.claimId}, ${dispute.compositionId}, ${dispute.nodeId},
      ${dispute.statement}, ${dispute.shareLower}, ${dispute.shareUpper}, ${dispute.citationId},
      ${dispute.visibility}::visibility, ${by.teamId}, ${by.actorId})
    returning id`;
  return row.id;
}

export async function selectAliasHolder(
  tx: Tx,
  viewer: Viewer,
  kind: NodeKind,
  namespace: string,
  name: string,
  version: string | null,
): Promise<{ nodeId: bigint; seen: boolean } | null> {
  const rows = await tx.$queryRaw<{ nodeId: bigint; seen: boolean }[]>`
    select a.node_id as "nodeId", ${visible(viewer, 'a')} as seen from alias a
    where a.kind = ${kind}::node_kind and a.namespace = ${namespace}
      and a.name = ${name} and a.version is not distinct from ${version} and a.retracted_at is null`;
  return rows[0] ?? null;
}

export async function insertAliasRow(
  tx: Tx,
  by: By,
  alias: {
    kind: NodeKind;
    namespace: string;
    name: string;
    version: string | null;
    nodeId: bigint;
    citationId: bigint | null;
    visibility: VisibilityWord;
  },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into alias (kind, namespace, name, version, node_id, citation_id, visibility, team_id, actor_id)
    values (${alias.kind}::node_kind, ${alias.namespace}, ${alias.name}, ${alias.version}, ${alias.nodeId},
      ${alias.citationId}, ${alias.visibility}::visibility, ${by.teamId}, ${by.actorId})
    returning id`;
  return row.id;
}
