import type { Change } from '../access/change.ts';
import type { Context } from '../context.ts';
import { databaseError } from '../platform/database-error.ts';
import { ConflictRefusal, type InputPath, InputRefusal } from '../platform/refusal.ts';
import { closedCycles } from './closed-cycles.ts';
import { cycleIn, edgeProblem } from './edge-rules.ts';
import type { NodeKind } from './kinds.ts';
import { holdTested, insertEdgeRows, type NewEdge, selectHeldEdges, selectKinds } from './record.store.ts';
import { sourceOn } from './source-on.ts';

export type EdgeToRecord = Pick<NewEdge, 'kind' | 'downstream' | 'upstream' | 'visibility'> &
  Partial<NewEdge>;

const UNIQUE_VIOLATION = '23505';
const CYCLE = 'This would make a thing depend on itself: what it names as upstream depends on it already.';

/**
 * Records edges in one statement and answers their ids, in order. InputRefusal for kinds of nodes that an edge kind
 * does not join and for amounts that are none; ConflictRefusal for an edge that the team is seen to assert already
 * and for a cycle, whose `lineagePath` holds the nodes where the writer sees one. `pathOf` says where in the input an
 * edge stands.
 */
export async function insertEdges(
  change: Change,
  wanted: readonly EdgeToRecord[],
  pathOf: (index: number) => InputPath,
): Promise<bigint[]> {
  if (wanted.length === 0) return [];
  const edges = wanted.map(complete);
  const tested = edges.filter((edge) => edge.kind === 'TESTED_ON').map((edge) => edge.upstream);
  if (tested.length > 0) await holdTested(change.tx, tested);
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
  const before = recordedIn.get(change) ?? [];
  try {
    const ids = await insertEdgeRows(change.tx, by, edges);
    for (const edge of edges) before.push(edge);
    recordedIn.set(change, before);
    return ids;
  } catch (error) {
    if (databaseError(error)?.code === UNIQUE_VIOLATION) throw held(pathOf(0), null);
    const cycle = cycleIn(error);
    if (cycle === null) throw error;
    const at = edges.findIndex((e) => cycle.includes(e.downstream) && cycle.includes(e.upstream));
    const path = pathOf(Math.max(0, at));
    throw new ConflictRefusal(path, CYCLE, {
      inFull: () => cycleSeen(change.context, { refused: edges, before }, pathOf, path),
    });
  }
}

/** What a change recorded before: it is undone with what is refused, and may lie on the way. */
const recordedIn = new WeakMap<Change, NewEdge[]>();

/**
 * The refusal of edges that close a cycle, alone or with what was recorded before them and is undone with them: by one that
 * the viewer sees. `path` is told where they see none.
 */
async function cycleSeen(
  context: Context,
  { refused, before }: { refused: readonly NewEdge[]; before: readonly NewEdge[] },
  pathOf: (index: number) => InputPath,
  path: InputPath,
): Promise<ConflictRefusal> {
  context.forget();
  const source = await sourceOn(context, await context.knownOn());
  const [seen] = await closedCycles(source, [...refused, ...before], 1);
  if (seen === undefined) return new ConflictRefusal(path, CYCLE);
  const at = seen.closedBy.find((i) => i < refused.length);
  return new ConflictRefusal(at === undefined ? path : pathOf(at), CYCLE, { lineagePath: seen.nodes });
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
  const down = kinds.get(edge.downstream);
  const up = kinds.get(edge.upstream);
  if (down === undefined || up === undefined)
    throw new ConflictRefusal(path, 'One of the two things has been retracted.');
  const problem = edgeProblem(edge, down, up);
  if (problem !== null) throw new InputRefusal(path, problem.message, problem.expected);
}

function held(path: InputPath, id: bigint | null): ConflictRefusal {
  const more = id === null ? {} : { existing: { type: 'LineageEdge', id } };
  return new ConflictRefusal(path, 'Your team asserts this edge already.', more);
}
