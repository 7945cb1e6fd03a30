import type { Graph } from './graph.ts';
import { type Mixture, mixturesFor, mixturesOf, outputsApart } from './mixture.ts';
import { wayOf } from './ways.ts';

/** Of a contracted edge; nulls where it is not known. */
export interface ContractedShare {
  readonly share: number | null;
  readonly shareUpper: number | null;
}

export const UNKNOWN_SHARE: ContractedShare = { share: null, shareUpper: null };

/** One step on in a statement: to a node, with how much of what it is about comes from there; NaN where not known. */
interface Step {
  readonly to: number;
  readonly lower: number;
  readonly upper: number;
  /** It was changed by what may not have kept the proportions. */
  readonly changes: boolean;
  /** A transformation that is not returned is passed on the way. */
  readonly passes: boolean;
}

/** What paths can go on by from a node: by one of the choices, and whatever is chosen by the others. */
interface Onward {
  readonly choices: readonly (readonly Step[])[];
  readonly others: readonly Step[];
}

/** How much of a node comes from another one, over the choices from there on. */
interface Part {
  readonly lower: number;
  readonly upper: number;
  readonly unknown: boolean;
  /** Whether what was changed on the way to the node passes: whole in every choice, else it is not known. */
  readonly whole: boolean;
}

const ALL: Part = { lower: 1, upper: 1, unknown: false, whole: true };

/**
 * Contracted edges where there are choices on the way: of several statements of a node, or of the outputs that are told
 * apart of a transformation. For each node reached, one search back, in which a node's choices are ranged over before
 * its paths are added: weights are not negative and a choice is made once for each node, so that the bounds are exact.
 * A transformation that is not returned is passed together with the output that it made, by what holds of that one.
 */
export class Choices {
  private readonly graph: Graph;
  private readonly followed: ReadonlySet<number>;
  private readonly returned: ReadonlySet<number>;
  private readonly place: Int32Array;
  private readonly onward = new Map<number, Onward>();

  constructor(graph: Graph, followed: readonly number[], returned: ReadonlySet<number>, place: Int32Array) {
    this.graph = graph;
    this.followed = new Set(followed);
    this.returned = returned;
    this.place = place;
  }

  /** Whether there are any at a node or in the region behind it. */
  among(from: number, region: readonly number[]): boolean {
    return this.chosen(from) || region.some((node) => this.chosen(node));
  }

  private chosen(node: number): boolean {
    const { graph } = this;
    const { kind } = graph.nodes[node]!;
    if (kind === 'MODEL_VERSION') return this.makersOf(node).size > 1;
    if (kind === 'TRANSFORMATION' && outputsApart(graph, node).length > 0) return true;
    return mixturesOf(graph, node).length > 1 || this.makersOf(node).size > 1;
  }

  private makersOf(node: number): Set<number> {
    const { graph, followed } = this;
    const makers = new Set<number>();
    for (let i = graph.upStart[node]!; i < graph.upStart[node + 1]!; i++) {
      const edge = graph.upEdges[i]!;
      if (graph.edges[edge]!.kind === 'GENERATED_BY' && followed.has(edge)) makers.add(graph.edgeUp[edge]!);
    }
    return makers;
  }

  /** The share of each returned node that is reached through at least one that is not. */
  through(from: number): Map<number, ContractedShare> {
    const { returned, place } = this;
    const start = this.startOf(from);
    const before = new Map<number, number[]>();
    const region: number[] = [];
    const look = (node: number, { choices, others }: Onward): void => {
      for (const { to } of [...choices.flat(), ...others]) {
        const held = before.get(to);
        if (held) held.push(node);
        else before.set(to, [node]);
        if (!held && !returned.has(to)) region.push(to);
      }
    };
    look(from, start);
    for (const node of region) look(node, this.onwardFrom(node));
    const shares = new Map<number, ContractedShare>();
    for (const goal of [...before.keys()].filter((node) => returned.has(node))) {
      const leading = new Set(before.get(goal));
      for (const node of leading) for (const nearer of before.get(node) ?? []) leading.add(nearer);
      leading.delete(from);
      const parts = new Map([[goal, ALL]]);
      for (const node of [...leading].sort((a, b) => place[b]! - place[a]!))
        parts.set(node, partOf(this.onwardFrom(node), parts));
      const { lower, upper, unknown } = partOf(start, parts);
      const shareUpper = Math.min(1, upper);
      shares.set(goal, unknown ? UNKNOWN_SHARE : { share: Math.min(lower, shareUpper), shareUpper });
    }
    return shares;
  }

  /** Beside what a start shares with every node: an edge from it to a returned node is recorded, not contracted. */
  private startOf(from: number): Onward {
    const { choices, others } = this.onwardFrom(from);
    const left = (steps: readonly Step[]) =>
      steps.filter((step) => step.passes || !this.returned.has(step.to));
    return { choices: choices.map(left), others: left(others) };
  }

  private onwardFrom(node: number): Onward {
    let held = this.onward.get(node);
    if (held === undefined) {
      const { kind } = this.graph.nodes[node]!;
      held =
        kind === 'DATASET_VERSION' || kind === 'MODEL_VERSION' ? this.ofMade(node) : this.ofActivity(node);
      this.onward.set(node, held);
    }
    return held;
  }

  /** Of a run; of a transformation that is returned itself: what is stated of it, and of each output apart. */
  private ofActivity(node: number): Onward {
    const { graph } = this;
    const apart = outputsApart(graph, node).map((output) => mixturesFor(graph, node, output));
    const general = mixturesOf(graph, node);
    const stated = apart.length > 0 ? general.filter((m) => m.composition !== null) : general;
    const said = [stated, ...apart];
    const named = new Set(said.flatMap((mixtures) => mixtures.flatMap((m) => m.edges)));
    return {
      choices: said.flatMap((mixtures) => ranged(mixtures.map((m) => this.steps(m)))),
      others: this.unweighed(graph.upEdges.subarray(graph.upStart[node], graph.upStart[node + 1]), named),
    };
  }

  private ofMade(node: number): Onward {
    const { graph, returned } = this;
    const mixtures = mixturesOf(graph, node);
    const makers = this.makersOf(node);
    const choices: (readonly Step[])[] = [];
    for (const mixture of mixtures) {
      const { at } = mixture;
      if (at === node) choices.push(this.steps(mixture));
      else if (makers.has(at)) choices.push(returned.has(at) ? [stepTo(at, 1)] : this.steps(mixture, true));
      else choices.push([]);
    }
    const others: Step[] = [];
    const named = new Set<number>();
    for (const { at, edges } of mixtures) if (at === node) for (const edge of edges) named.add(edge);
    const way = wayOf(graph, 'UPSTREAM');
    for (let i = graph.upStart[node]!; i < graph.upStart[node + 1]!; i++) {
      const edge = graph.upEdges[i]!;
      if (graph.edges[edge]!.kind !== 'GENERATED_BY') continue;
      named.add(edge);
      const maker = graph.edgeUp[edge]!;
      if (!makers.delete(maker)) continue;
      const own = mixtures.filter(({ at }) => at === maker);
      if (graph.nodes[maker]!.kind !== 'TRANSFORMATION') choices.push([stepTo(maker, 1)]);
      else if (!returned.has(maker)) {
        const weighed = new Set(own.flatMap(({ edges }) => edges));
        const [from, to] = [way.start[way.to[edge]!], way.start[way.to[edge]! + 1]];
        others.push(...this.unweighed(way.edges.subarray(from, to), weighed, true));
      } else if (own.length === 0) {
        const sole = mixtures.length === 0 && this.makersOf(node).size === 1;
        others.push({ ...stepTo(maker, 1), lower: sole ? 1 : 0 });
      }
    }
    const up = graph.upEdges.subarray(graph.upStart[node], graph.upStart[node + 1]);
    others.push(...this.unweighed(up, named));
    return { choices: ranged(choices), others };
  }

  private steps({ edges, inputs, weights, changes }: Mixture, passes = false): Step[] {
    const steps: Step[] = [];
    edges.forEach((edge, k) => {
      if (this.followed.has(edge)) steps.push({ ...stepTo(inputs[k]!, weights[k]!, passes), changes });
    });
    return steps;
  }

  /** Edges that lead on without any weight; of several between two nodes one. */
  private unweighed(edges: Iterable<number>, weighed: ReadonlySet<number>, passes = false): Step[] {
    const { graph, followed } = this;
    const to = new Set<number>();
    for (const edge of edges) if (followed.has(edge) && !weighed.has(edge)) to.add(graph.edgeUp[edge]!);
    return [...to].map((node) => stepTo(node, Number.NaN, passes));
  }
}

function stepTo(to: number, weight: number, passes = false): Step {
  return { to, lower: weight, upper: weight, changes: false, passes };
}

/** Statements of one thing: one that does not say how much of an input counts as nothing of it where another does say. */
function ranged(choices: readonly (readonly Step[])[]): readonly (readonly Step[])[] {
  if (choices.length < 2) return choices;
  const weighed = new Set<number>();
  for (const steps of choices) for (const { to, lower } of steps) if (!Number.isNaN(lower)) weighed.add(to);
  return choices.map((steps) =>
    steps.map((step) =>
      Number.isNaN(step.lower) && weighed.has(step.to) ? { ...step, lower: 0, upper: 0 } : step,
    ),
  );
}

/** How much of a node comes from where `parts` is told from, by what they say of the nodes one step on. */
function partOf({ choices, others }: Onward, parts: ReadonlyMap<number, Part>): Part {
  const known = choices.map((steps) => sumOf(steps, parts));
  const beside = sumOf(others, parts);
  const some = known.length > 0;
  return {
    lower: beside.lower + (some ? Math.min(...known.map((part) => part.lower)) : 0),
    upper: beside.upper + (some ? Math.max(...known.map((part) => part.upper)) : 0),
    unknown: beside.unknown || known.some((part) => part.unknown),
    whole: some && known.every((part) => part.whole) && !beside.unknown && beside.upper === 0,
  };
}

/** What one statement says: the sum over its inputs. */
function sumOf(steps: readonly Step[], parts: ReadonlyMap<number, Part>): Part {
  let [lower, upper, unknown, whole] = [0, 0, false, false];
  for (const step of steps) {
    const part = parts.get(step.to);
    if (part === undefined || step.upper === 0) continue;
    const all = step.lower === 1 && part.whole;
    if (all) whole = true;
    if (step.changes && all) {
      lower += 1;
      upper += 1;
    } else if (step.changes || part.unknown || Number.isNaN(step.lower)) unknown = true;
    else {
      lower += step.lower * part.lower;
      upper += step.upper * part.upper;
    }
  }
  return { lower, upper, unknown, whole };
}
