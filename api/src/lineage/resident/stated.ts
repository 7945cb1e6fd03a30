// What is stated of nodes in a resident graph, as one viewer sees it on one moment; by places, and without waiting.
import type { CountClaim } from '../graph.ts';
import type { CompositionRecord } from '../records.ts';
import type { Sight } from './sight.ts';

export const byRecordOrder = (a: { recordedAt: number; id: number }, b: { recordedAt: number; id: number }) =>
  a.recordedAt - b.recordedAt || a.id - b.id;

/** What is stated of what each node, or each as an output, was made of; in record order. */
export function compositionsAt(sight: Sight, nodes: readonly number[]): CompositionRecord[] {
  const { compositions } = sight.graph;
  const records: CompositionRecord[] = [];
  for (const composition of new Set(nodes.flatMap((place) => compositions.about(place)))) {
    if (!sight.compositionKnown(composition) || !sight.compositionSeen(composition)) continue;
    const { hidden, seen } = inputsOf(sight, composition);
    if (seen || !hidden) records.push(compositions.record(composition, sight.graph.nodes, hidden));
  }
  return records.sort((a, b) => +a.recordedAt - +b.recordedAt || (a.id < b.id ? -1 : 1));
}

/** Whether inputs of a composition are hidden, and whether any is seen: of those that held on the moment. */
function inputsOf(sight: Sight, composition: number): { hidden: boolean; seen: boolean } {
  const { edges, compositions } = sight.graph;
  let stated = 0;
  let seen = 0;
  edges.eachUp(compositions.nodes.values[composition]!, (edge) => {
    if (edges.compositions.values[edge] !== composition) return;
    if (!sight.known(edges.recordedAt.values[edge]!, edges.retractedAt(edge))) return;
    stated += 1;
    if (sight.standing(edges.standings.values[edge]!) && sight.nodeSeen(edges.upstream.values[edge]!))
      seen += 1;
  });
  return { hidden: seen < stated, seen: seen > 0 };
}

/** Every count that is claimed of a node that is seen, in record order. */
export function countsAt(sight: Sight, node: number): CountClaim[] {
  const held = sight.graph.facts.counts.of(node);
  if (held.length === 0) return [];
  return held
    .filter((c) => sight.standing(c.standing) && sight.known(c.recordedAt, c.retractedAt))
    .sort(byRecordOrder)
    .map(({ unit, value }) => ({ unit, value }));
}
