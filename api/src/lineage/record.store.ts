// The plain writes of a lineage. Times are set by the database; rules are checked by whoever calls.
import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Tx } from '../platform/database.ts';
import type { By } from './by.ts';
import type { CitationInput } from './inputs.ts';
import type { AmountBasis, AmountUnit, EdgeKind, NodeKind } from './kinds.ts';
import type { VisibilityWord } from './node.ts';
import { statementSeen } from './node-sql.ts';
import type { ClaimProperty } from './records.ts';

export type { By };

export async function selectNamespace(tx: Tx, teamId: bigint): Promise<string> {
  const rows = await tx.$queryRaw<{ namespace: string }[]>`select namespace from team where id = ${teamId}`;
  return rows[0]?.namespace ?? '';
}

/** The node that has a name now, visible or not: names are unique within a team's namespace. */
export async function selectHolder(
  tx: Tx,
  kind: NodeKind,
  namespace: string,
  name: string,
  version: string | null,
): Promise<bigint | null> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select id from node where kind = ${kind}::node_kind and namespace = ${namespace} and name = ${name}
      and version is not distinct from ${version} and retracted_at is null`;
  return rows[0]?.id ?? null;
}

export async function insertNodeRow(
  tx: Tx,
  by: By,
  node: {
    kind: NodeKind;
    namespace: string;
    name: string | null;
    version: string | null;
    digest: string | null;
    visibility: VisibilityWord;
    citationId: bigint | null;
  },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into node (kind, namespace, name, version, digest, citation_id, visibility, team_id, actor_id)
    values (${node.kind}::node_kind, ${node.namespace}, ${node.name}, ${node.version}, ${node.digest},
      ${node.citationId}, ${node.visibility}::visibility, ${by.teamId}, ${by.actorId})
    returning id`;
  return row.id;
}

export async function insertCitationRow(
  tx: Tx,
  by: By,
  citation: CitationInput,
  visibility: VisibilityWord,
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into citation (source, url, locator, certainty, quote, note, retrieved_at, visibility, team_id, actor_id)
    values (${citation.source}, ${citation.url ?? null}, ${citation.locator ?? null},
      ${citation.certainty}::certainty, ${citation.quote ?? null}, ${citation.note ?? null},
      ${citation.retrievedAt ?? null}, ${visibility}::visibility, ${by.teamId}, ${by.actorId})
    returning id`;
  return row.id;
}

export interface NewEdge {
  kind: EdgeKind;
  downstream: bigint;
  upstream: bigint;
  compositionId: bigint | null;
  amount: number | null;
  amountUnit: AmountUnit | null;
  epochs: number | null;
  citationId: bigint | null;
  occurredAt: Date | null;
  visibility: VisibilityWord;
}

/** All edges in one statement, so that the database checks them together; their ids in the order given. */
export async function insertEdgeRows(tx: Tx, by: By, edges: readonly NewEdge[]): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint; downstream: bigint; upstream: bigint; kind: string }[]>`
    insert into edge (kind, downstream, upstream, composition_id, amount, amount_unit, epochs, citation_id,
      occurred_at, visibility, team_id, actor_id)
    select kind::edge_kind, downstream, upstream, composition_id, amount, amount_unit::amount_unit, epochs,
      citation_id, occurred_at, visibility::visibility, ${by.teamId}::bigint, ${by.actorId}::bigint
    from unnest(
      ${edges.map((e) => e.kind)}::text[], ${edges.map((e) => e.downstream)}::bigint[],
      ${edges.map((e) => e.upstream)}::bigint[], ${edges.map((e) => e.compositionId)}::bigint[],
      ${edges.map((e) => e.amount)}::float8[], ${edges.map((e) => e.amountUnit)}::text[],
      ${edges.map((e) => e.epochs)}::float8[], ${edges.map((e) => e.citationId)}::bigint[],
      ${edges.map((e) => e.occurredAt?.toISOString() ?? null)}::text[]::timestamptz[],
      ${edges.map((e) => e.visibility)}::text[]
    ) with ordinality as t(kind, downstream, upstream, composition_id, amount, amount_unit, epochs, citation_id,
      occurred_at, visibility, place)
    order by place
    returning id, downstream, upstream, kind::text as kind`;
  const key = (e: { downstream: bigint; upstream: bigint; kind: string }) =>
    `${e.kind} ${e.downstream} ${e.upstream}`;
  const ids = new Map(rows.map((row) => [key(row), row.id]));
  return edges.map((edge) => ids.get(key(edge))!);
}

/**
 * Those of the edges that this team asserts already as far as the viewer may see, by their places in the list: what a
 * colleague asserted out of their sight is none for them.
 */
export async function selectHeldEdges(
  tx: Tx,
  viewer: Viewer,
  teamId: bigint,
  edges: readonly NewEdge[],
): Promise<Map<number, bigint>> {
  const rows = await tx.$queryRaw<{ place: bigint; id: bigint }[]>`
    select t.place, e.id
    from unnest(
      ${edges.map((e) => e.kind)}::text[], ${edges.map((e) => e.downstream)}::bigint[],
      ${edges.map((e) => e.upstream)}::bigint[], ${edges.map((e) => e.compositionId)}::bigint[]
    ) with ordinality as t(kind, downstream, upstream, composition_id, place)
    join edge e on e.downstream = t.downstream and e.upstream = t.upstream and e.kind = t.kind::edge_kind
      and e.composition_id is not distinct from t.composition_id
    where e.retracted_at is null and e.team_id = ${teamId} and ${visible(viewer, 'e')}`;
  return new Map(rows.map((row) => [Number(row.place) - 1, row.id]));
}

/**
 * Keeps dataset versions as they are until the transaction ends, for a run to be said to be tested on them: none gives
 * its name up meanwhile. An edge refers to its nodes by no key of the database's that would see to it.
 */
export async function holdTested(tx: Tx, ids: readonly bigint[]): Promise<void> {
  await tx.$queryRaw`select from node where id = any(${[...ids]}::bigint[]) order by id for key share`;
}

/** Waits for whoever holds the node, and keeps it to oneself until the transaction ends. */
export async function holdAlone(tx: Tx, id: bigint): Promise<void> {
  await tx.$queryRaw`select from node where id = ${id} for update`;
}

export interface Resting {
  id: bigint;
  kind: string;
  downstream: bigint;
  label: string;
  citationId: bigint | null;
  occurredAt: Date | null;
  visibility: VisibilityWord;
  teamId: bigint;
  actorId: bigint;
}

/** The edges that say now that something depends on a node, as far as the viewer may see them and that. */
export const selectRestingOn = (tx: Tx, viewer: Viewer, nodeId: bigint) =>
  tx.$queryRaw<Resting[]>`
    select e.id, e.kind::text as kind, e.downstream, concat_ws('@', n.name, n.version) as label,
      e.citation_id as "citationId", e.occurred_at as "occurredAt", e.visibility::text as visibility,
      e.team_id as "teamId", e.actor_id as "actorId"
    from edge e join node n on n.id = e.downstream
    where e.upstream = ${nodeId} and e.retracted_at is null and n.retracted_at is null
      and ${visible(viewer, 'e')} and ${visible(viewer, 'n')} and ${statementSeen(viewer, 'e')} order by e.id`;

/**
 * The eval runs that a team says now were tested on a dataset version, and how widely it says so, as far as the viewer
 * sees that it does.
 */
export const selectTestedOn = (tx: Tx, viewer: Viewer, teamId: bigint, nodeId: bigint) =>
  tx.$queryRaw<Pick<Resting, 'downstream' | 'visibility'>[]>`
    select e.downstream, e.visibility::text as visibility from edge e
    where e.upstream = ${nodeId} and e.kind = 'TESTED_ON' and e.team_id = ${teamId} and e.retracted_at is null
      and ${visible(viewer, 'e')} and ${statementSeen(viewer, 'e')} order by e.id`;

export async function selectKinds(tx: Tx, ids: readonly bigint[]): Promise<Map<bigint, NodeKind>> {
  const rows = await tx.$queryRaw<{ id: bigint; kind: NodeKind }[]>`
    select id, kind::text as kind from node where id = any(${[...ids]}::bigint[]) and retracted_at is null`;
  return new Map(rows.map((row) => [row.id, row.kind]));
}

export async function insertCompositionRow(
  tx: Tx,
  by: By,
  composition: {
    nodeId: bigint;
    outputId: bigint | null;
    unit: AmountUnit;
    basis: AmountBasis;
    total: number | null;
    complete: boolean;
    citationId: bigint | null;
    visibility: VisibilityWord;
  },
): Promise<bigint> {
  const [row] = await tx.$queryRaw<[{ id: bigint }]>`
    insert into composition (node_id, output_id, unit, basis, total, complete, citation_id, visibility, team_id,
      actor_id)
    values (${composition.nodeId}, ${composition.outputId}, ${composition.unit}::amount_unit,
      ${composition.basis}::amount_basis, ${composition.total}, ${composition.complete},
      ${composition.citationId}, ${composition.visibility}::visibility, ${by.teamId}, ${by.actorId})
    returning id`;
  return row.id;
}

/** Compositions of a node (or of one output of it) that a team asserts now. */
export async function selectHeldCompositions(
  tx: Tx,
  by: By,
  nodeId: bigint,
  outputId: bigint | null,
): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select id from composition where node_id = ${nodeId} and output_id is not distinct from ${outputId}
      and team_id = ${by.teamId} and retracted_at is null order by id`;
  return rows.map((row) => row.id);
}

export interface NewClaim {
  nodeId: bigint;
  property: ClaimProperty;
  number: string | null;
  text: string | null;
  time: Date | null;
}

export async function insertClaimRows(
  tx: Tx,
  by: By,
  claims: readonly NewClaim[],
  citationId: bigint | null,
  visibility: VisibilityWord,
): Promise<bigint[]> {
  const values = Prisma.join(
    claims.map(
      (c) => Prisma.sql`(${c.nodeId}::bigint, ${c.property}::text::claim_property, ${c.number}::text::numeric,
        ${c.text}::text, ${c.time?.toISOString() ?? null}::text::timestamptz, ${citationId}::bigint,
        ${visibility}::text::visibility, ${by.teamId}::bigint, ${by.actorId}::bigint)`,
    ),
  );
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    insert into claim (node_id, property, value_number, value_text, value_time, citation_id, visibility, team_id,
      actor_id)
    values ${values} returning id`;
  return rows.map((row) => row.id);
}
