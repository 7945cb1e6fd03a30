// What is stated of nodes in a resident graph, as one viewer sees it on one moment; by places, and without waiting.
import type { CountClaim, TagMeasurement } from '../graph.ts';
import { EDGE_KINDS } from '../kinds.ts';
import type { CompositionRecord } from '../records.ts';
import type { Sight } from './sight.ts';

export const byRecordOrder = (a: { recordedAt: number; id: number }, b: { recordedAt: number; id: number }) =>
  a.recordedAt - b.recordedAt || a.id - b.id;

/** A statement of what something was made of: its place among the compositions. */
export interface Stated {
  readonly place: number;
  /** Whether some of its inputs are hidden from the viewer. */
  readonly hidden: boolean;
  /** Whether its inputs still are what was stated: each is seen and is a node, and not all of them were taken back. */
  readonly whole: boolean;
}

/** What is stated of what each node, or each as an output, was made of; in record order. */
export function statedOf(sight: Sight, nodes: Iterable<number>): Stated[] {
  const { compositions } = sight.graph;
  const [recordedAt, ids, about] = [
    compositions.recordedAt.values,
    compositions.ids.values,
    compositions.nodes.values,
  ];
  const asked = new Set<number>();
  const inputs = new InputsOf(sight);
  const found: Stated[] = [];
  const take = (place: number) => {
    if (asked.has(place)) return;
    asked.add(place);
    if (!sight.compositionKnown(place) || !sight.compositionSeen(place)) return;
    const { stated, seen, holding, ever, everSeen } = inputs.of(place, about[place]!);
    if (everSeen === 0 && ever > 0) return;
    const whole = holding === stated && (stated > 0 || everSeen === 0);
    found.push({ place, hidden: seen < stated, whole });
  };
  for (const node of nodes) compositions.eachAbout(node, take);
  return found.sort((a, b) => recordedAt[a.place]! - recordedAt[b.place]! || ids[a.place]! - ids[b.place]!);
}

/** The same as records. */
export function compositionsAt(sight: Sight, nodes: readonly number[]): CompositionRecord[] {
  const { graph } = sight;
  return statedOf(sight, nodes).map((stated) => graph.compositions.record(stated, graph.nodes));
}

/** How many inputs a composition has: on the moment, of these seen, and of these known as nodes; and whenever. */
interface Inputs {
  stated: number;
  seen: number;
  holding: number;
  ever: number;
  everSeen: number;
}
const NO_INPUTS: Readonly<Inputs> = { stated: 0, seen: 0, holding: 0, ever: 0, everSeen: 0 };

/** The inputs of compositions, as they held on the moment; the edges of a node are read once. */
class InputsOf {
  private readonly sight: Sight;
  private readonly byComposition = new Map<number, Inputs>();
  private readonly read = new Set<number>();

  constructor(sight: Sight) {
    this.sight = sight;
  }

  /** Of a composition about a node. */
  of(composition: number, node: number): Readonly<Inputs> {
    if (!this.read.has(node)) {
      this.read.add(node);
      this.sight.graph.edges.eachUp(node, this.count);
    }
    return this.byComposition.get(composition) ?? NO_INPUTS;
  }

  private readonly count = (edge: number): void => {
    const { sight, byComposition } = this;
    const { edges, compositions } = sight.graph;
    const statement = edges.compositions.values[edge]!;
    if (statement === -1 || compositions.nodes.values[statement] !== edges.downstream.values[edge]) return;
    let held = byComposition.get(statement);
    if (held === undefined) {
      held = { ...NO_INPUTS };
      byComposition.set(statement, held);
    }
    const input = edges.upstream.values[edge]!;
    const seen = sight.standing(edges.standings.values[edge]!) && sight.nodeSeen(input);
    held.ever += 1;
    if (seen) held.everSeen += 1;
    if (!sight.known(edges.recordedAt.values[edge]!, edges.retractedAt(edge))) return;
    held.stated += 1;
    if (!seen) return;
    held.seen += 1;
    if (sight.nodeKnown(input)) held.holding += 1;
  };
}

const NO_COUNTS: readonly CountClaim[] = [];

/** Every count that is claimed of a node that is seen, in record order. */
export function countsAt(sight: Sight, node: number): readonly CountClaim[] {
  const held = sight.graph.facts.counts.of(node);
  if (held.length === 0) return NO_COUNTS;
  return held
    .filter((c) => sight.standing(c.standing) && sight.known(c.recordedAt, c.retractedAt))
    .sort(byRecordOrder)
    .map(({ unit, value }) => ({ unit, value }));
}

const NO_TAGS: readonly TagMeasurement[] = [];

/** Every content measurement of a node whose tag is seen, too. */
export function measurementsAt(sight: Sight, node: number): readonly TagMeasurement[] {
  const { facts } = sight.graph;
  const held = facts.measurements.of(node);
  if (held.length === 0) return NO_TAGS;
  return held
    .filter((m) => sight.standing(m.standing) && sight.known(m.recordedAt, m.retractedAt))
    .filter((m) => {
      const tag = facts.tag(m.measurement.tag);
      return tag !== undefined && sight.standing(tag);
    })
    .map((m) => m.measurement);
}

const GENERATED_BY = EDGE_KINDS.indexOf('GENERATED_BY');

/** How many nodes that are seen and known were generated by an activity. */
export function outputsOf(sight: Sight, activity: number): number {
  const { edges } = sight.graph;
  const outputs = new Set<number>();
  edges.eachDown(activity, (edge) => {
    if (edges.kind(edge) !== GENERATED_BY || !sight.edgeAsserted(edge)) return;
    const composition = edges.compositions.values[edge]!;
    const output = edges.downstream.values[edge]!;
    if (composition !== -1 && !sight.compositionSeen(composition)) return;
    if (sight.nodeSeen(output) && sight.nodeKnown(output)) outputs.add(output);
  });
  return outputs.size;
}
