import type { Context } from '../context.ts';
import { groupRows, loadsMany, loadsOne } from '../platform/loader.ts';
import {
  selectAliasesOf,
  selectAliasRows,
  selectClaims,
  selectClaimsOf,
  selectDisputes,
  selectNeighbours,
} from './assertions.store.ts';
import type { EdgeKind } from './kinds.ts';
import {
  selectCompositions,
  selectCompositionsOf,
  selectEdges,
  selectEdgesOfCompositions,
} from './lineage.store.ts';
import { loadsAt } from './load-at.ts';
import type { LineageNodeRow } from './node.ts';
import { nodesByIds } from './read-nodes.ts';
import type {
  AliasRow,
  ClaimProperty,
  ClaimRow,
  CompositionRecord,
  DisputeRow,
  EdgeRecord,
} from './records.ts';
import type { ClaimView } from './views.ts';

const byId = <R extends { id: bigint }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));

export const claimById = loadsOne<Context, ClaimRow>('claimById', async (context, ids) =>
  byId(await selectClaims(context.db, context.viewer, ids)),
);
export const disputeById = loadsOne<Context, DisputeRow>('disputeById', async (context, ids) =>
  byId(await selectDisputes(context.db, context.viewer, ids)),
);
export const aliasById = loadsOne<Context, AliasRow>('aliasById', async (context, ids) =>
  byId(await selectAliasRows(context.db, context.viewer, ids)),
);
export const edgeById = loadsOne<Context, EdgeRecord>('edgeById', async (context, ids) =>
  byId(await selectEdges(context.db, context.viewer, ids)),
);
/** A composition whenever it stood; whether it is complete is a question of a moment. */
export const compositionById = loadsOne<Context, Omit<CompositionRecord, 'complete' | 'inputsHidden'>>(
  'compositionById',
  async (context, ids) => byId(await selectCompositions(context.db, context.viewer, ids, null)),
);
/** One as it is told of on a moment. */
export const compositionAt = loadsAt<CompositionRecord | null>(
  'compositionAt',
  () => null,
  async (context, ids, on) => byId(await selectCompositions(context.db, context.viewer, ids, on)),
);

export const edgesOfComposition = loadsMany<Context, EdgeRecord>('edgesOfComposition', async (context, ids) =>
  groupRows(await selectEdgesOfCompositions(context.db, context.viewer, ids), (row) => row.compositionId!),
);

/** What is claimed of a node on a moment, the newest first; a later retraction was not known then. */
export const claimsOf = loadsAt<ClaimView[]>(
  'claimsOf',
  () => [],
  async (context, ids, on) => {
    const rows = await selectClaimsOf(context.db, context.viewer, ids, on);
    return groupRows(
      rows.map((row) => ({ ...row, retractedAt: null, knownOn: on })),
      (row) => row.nodeId,
    );
  },
);

/** The other names of a node on a moment, in the order of record; a later retraction was not known then. */
export const aliasesOf = loadsAt<AliasRow[]>(
  'aliasesOf',
  () => [],
  async (context, ids, on) => {
    const rows = await selectAliasesOf(context.db, context.viewer, ids, on);
    // What counts the list stays with each row.
    return groupRows(
      rows.map((row) => ({ ...row, retractedAt: null })),
      (row) => row.nodeId,
    );
  },
);

/** The claim that stands for a property now: the owning team's newest, else anybody's newest. */
export async function claimOf(
  context: Context,
  node: LineageNodeRow,
  property: ClaimProperty,
): Promise<ClaimRow | null> {
  const claims = (await claimsOf(context, node.id, await context.knownOn())).filter(
    (claim) => claim.property === property,
  );
  return claims.find((claim) => claim.teamId === node.teamId) ?? claims[0] ?? null;
}

/** A counted property, as far as it is claimed; rounded to a whole number. */
export async function countOf(
  context: Context,
  node: LineageNodeRow,
  property: ClaimProperty,
): Promise<bigint | null> {
  const value = (await claimOf(context, node, property))?.valueNumber ?? null;
  if (value === null) return null;
  return /^-?\d+$/.test(value) ? BigInt(value) : BigInt(Math.round(Number(value)));
}

export async function textOf(
  context: Context,
  node: LineageNodeRow,
  property: ClaimProperty,
): Promise<string | null> {
  return (await claimOf(context, node, property))?.valueText ?? null;
}

/** What is stated on a moment of what a node was made of, by itself or as an output. */
export const compositionsOf = loadsAt<CompositionRecord[]>(
  'compositionsOf',
  () => [],
  async (context, ids, on) => {
    const rows = await selectCompositionsOf(context.db, context.viewer, ids, on);
    const found = new Map<bigint, CompositionRecord[]>();
    for (const id of ids)
      found.set(
        id,
        rows.filter((row) => row.nodeId === id || row.outputId === id),
      );
    return found;
  },
);

type Neighbour = Awaited<ReturnType<typeof selectNeighbours>>[number];
const neighbourLoaders = new Map<string, ReturnType<typeof loadsAt<Neighbour[]>>>();

/** The neighbours of a node over one kind of edge, one way, on the latest moment. */
export async function neighboursOf(
  context: Context,
  node: bigint,
  way: 'UPSTREAM' | 'DOWNSTREAM',
  kind: EdgeKind,
): Promise<Neighbour[]> {
  const name = `${way} ${kind}`;
  let load = neighbourLoaders.get(name);
  if (load === undefined) {
    load = loadsAt<Neighbour[]>(
      name,
      () => [],
      async (ctx, ids, on) =>
        groupRows(await selectNeighbours(ctx.db, ctx.viewer, ids, way, kind, on), (row) => row.from),
    );
    neighbourLoaders.set(name, load);
  }
  return load(context, node, await context.knownOn());
}

/** The same as nodes. */
export async function neighbourNodes(
  context: Context,
  node: bigint,
  way: 'UPSTREAM' | 'DOWNSTREAM',
  kind: EdgeKind,
): Promise<LineageNodeRow[]> {
  const pairs = await neighboursOf(context, node, way, kind);
  return nodesByIds(context, [...new Set(pairs.map((pair) => pair.to))]);
}
