import type { Change } from '../access/change.ts';
import { databaseError, REFUSED } from '../platform/database-error.ts';
import { ConflictRefusal, type InputPath, InputRefusal } from '../platform/refusal.ts';
import { EDGE_RULES, type EdgeKind, edgeAllowed, type NodeKind } from './kinds.ts';
import { insertEdgeRows, type NewEdge, selectHeldEdges, selectKinds } from './record.store.ts';

export type EdgeToRecord = Pick<NewEdge, 'kind' | 'downstream' | 'upstream' | 'visibility'> &
  Partial<NewEdge>;

const UNIQUE_VIOLATION = '23505';

/**
 * Records edges in one statement and answers their ids, in order. InputRefusal for kinds of nodes that an edge kind
 * does not join and for amounts that are none; ConflictRefusal for an edge that the team is seen to assert already
 * and for a cycle, whose `lineagePath` holds the nodes. `pathOf` says where in the input an edge stands.
 */
export async function insertEdges(
  change: Change,
  wanted: readonly EdgeToRecord[],
  pathOf: (index: number) => InputPath,
): Promise<bigint[]> {
  if (wanted.length === 0) return [];
  const edges = wanted.map(complete);
  const kinds = await selectKinds(change.tx, [...new Set(edges.flatMap((e) => [e.downstream, e.upstream]))]);
  const seen = new Set<string>();
  edges.forEach((edge, i) => {
    checkEdge(edge, kinds, pathOf(i));
    const key = `${edge.kind} ${edge.downstream} ${edge.upstream} ${edge.compositionId}`;
    if (seen.has(key)) throw new InputRefusal(pathOf(i), 'The same thing is named twice.', 'each thing once');
    seen.add(key);
  });
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  for (const [i, id] of await selectHeldEdges(change.tx, change.context.viewer, change.teamId, edges))
    throw held(pathOf(i), id);
  try {
    return await insertEdgeRows(change.tx, by, edges);
  } catch (error) {
    const cause = databaseError(error);
    if (cause?.code === UNIQUE_VIOLATION) throw held(pathOf(0), null);
    const cycle = cause === null ? null : cycleIn(cause);
    if (cycle === null) throw error;
    const at = edges.findIndex((e) => cycle.includes(e.downstream) && cycle.includes(e.upstream));
    throw new ConflictRefusal(
      pathOf(Math.max(0, at)),
      'This would make a thing depend on itself: what it names as upstream depends on it already.',
      { lineagePath: cycle },
    );
  }
}

function complete(edge: EdgeToRecord): NewEdge {
  return {
    compositionId: null,
    amount: null,
    amountUnit: null,
    epochs: null,
    citationId: null,
    occurredAt: null,
    ...edge,
  };
}

function checkEdge(edge: NewEdge, kinds: ReadonlyMap<bigint, NodeKind>, path: InputPath): void {
  if (edge.downstream === edge.upstream)
    throw new InputRefusal(path, 'A thing cannot depend on itself.', 'two different things');
  const down = kinds.get(edge.downstream);
  const up = kinds.get(edge.upstream);
  if (down === undefined || up === undefined)
    throw new ConflictRefusal(path, 'One of the two things has been retracted.');
  if (!edgeAllowed(edge.kind, down, up)) {
    const said = `${edge.kind} does not lead from a ${words(down)} to a ${words(up)}.`;
    throw new InputRefusal(path, said, joins(edge.kind));
  }
  if (edge.amount !== null && !(edge.amount >= 0 && Number.isFinite(edge.amount)))
    throw new InputRefusal(path, `The amount ${edge.amount} is none.`, 'a finite number, zero or more');
}

function joins(kind: EdgeKind): string {
  return EDGE_RULES.filter((rule) => rule.kind === kind)
    .map((rule) => `${words(rule.downstream)} → ${words(rule.upstream)}`)
    .join(', or ');
}

function words(kind: NodeKind): string {
  return kind.toLowerCase().replaceAll('_', ' ');
}

function held(path: InputPath, id: bigint | null): ConflictRefusal {
  const more = id === null ? {} : { existing: { type: 'LineageEdge', id } };
  return new ConflictRefusal(path, 'Your team asserts this edge already.', more);
}

/** The node ids in the detail of the database's refusal of a cycle; null for any other error. */
function cycleIn(cause: { code: string; detail?: string | null | undefined }): bigint[] | null {
  if (cause.code !== REFUSED.CYCLE) return null;
  const ids = (cause.detail ?? '').match(/\d+/g) ?? [];
  return ids.map((id) => BigInt(id));
}
