// What one edge may be, for whoever records one or a million.
import { databaseError, REFUSED } from '../platform/database-error.ts';
import { EDGE_RULES, type EdgeKind, edgeAllowed, type NodeKind } from './kinds.ts';

/** What is wrong with an edge by itself, and what would have been right; null where nothing is. */
export function edgeProblem(
  edge: { kind: EdgeKind; downstream: bigint; upstream: bigint; amount: number | null },
  down: NodeKind,
  up: NodeKind,
): { message: string; expected: string } | null {
  if (edge.downstream === edge.upstream)
    return { message: 'A thing cannot depend on itself.', expected: 'two different things' };
  if (!edgeAllowed(edge.kind, down, up)) {
    const message = `${edge.kind} does not lead from a ${words(down)} to a ${words(up)}.`;
    return { message, expected: joins(edge.kind) };
  }
  if (edge.amount !== null && !(edge.amount >= 0 && Number.isFinite(edge.amount)))
    return { message: `The amount ${edge.amount} is none.`, expected: 'a finite number, zero or more' };
  return null;
}

/** The node ids in the detail of the database's refusal of a cycle, each depending on the next; null for any other error. */
export function cycleIn(error: unknown): bigint[] | null {
  const cause = databaseError(error);
  if (cause?.code !== REFUSED.CYCLE) return null;
  return ((cause.detail ?? '').match(/\d+/g) ?? []).map(BigInt);
}

function joins(kind: EdgeKind): string {
  return EDGE_RULES.filter((rule) => rule.kind === kind)
    .map((rule) => `${words(rule.downstream)} → ${words(rule.upstream)}`)
    .join(', or ');
}

function words(kind: NodeKind): string {
  return kind.toLowerCase().replaceAll('_', ' ');
}
