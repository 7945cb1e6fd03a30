import { type CompositionRow, type Graph, outputCount, upstreamEdges } from './graph.ts';
import type { UnaccountedReason } from './kinds.ts';
import { type Statement, type Weighing, weigh } from './weights.ts';

/** One statement of what a node was made of, weighed: one of the choices where parties differ. */
export interface Mixture {
  readonly composition: CompositionRow | null;
  /** Where it is stated, and so where its unaccounted mass is lost: the node, or the transformation that made it. */
  readonly at: number;
  readonly edges: readonly number[];
  /** Node indexes, in the order of `edges`. */
  readonly inputs: readonly number[];
  /** In the order of `edges`; NaN where unknown. */
  readonly weights: Float64Array;
  readonly unaccounted: number;
  readonly reason: UnaccountedReason | null;
  readonly scaledFrom: number | null;
  readonly contradicts: boolean;
  /** A transformation that may have changed the proportions stands between the inputs and the node. */
  readonly changes: boolean;
  /** A transformation that keeps the proportions stands between, so that content tags pass. */
  readonly preserves: boolean;
  /** Stated of a transformation with several outputs, and taken to hold for this one too. */
  readonly assumed: boolean;
}

/**
 * Every statement that holds of what a node was made of. A dataset version's are its derivations and, through the
 * transformations that generated it, theirs: for each team its statement about this output, else the one about the
 * transformation. Statements without a visible input state nothing, but for a training run declared to use none.
 * Edges outside any composition count, without weights, only where there is no composition.
 */
export function mixturesOf(graph: Graph, node: number): readonly Mixture[] {
  const { mixtures } = workedOut(graph);
  mixtures[node] ??= mixturesAt(graph, node);
  return mixtures[node];
}

/** What is worked out of a graph once: it never changes, and every stage of a model looks at the same nodes. */
interface WorkedOut {
  readonly mixtures: (readonly Mixture[])[];
  readonly statements: (Statements | undefined)[];
}

/** What is stated of a node: in general, and of one output each; each in record order. */
interface Statements {
  readonly general: readonly Stated[];
  readonly ofOutput: ReadonlyMap<bigint, readonly Stated[]>;
  /** It has more than one output. */
  readonly several: boolean;
}

/** A composition with those of its edges that carry mass. */
interface Stated {
  readonly composition: CompositionRow;
  readonly edges: readonly number[];
}

const worked = new WeakMap<Graph, WorkedOut>();

function workedOut(graph: Graph): WorkedOut {
  let held = worked.get(graph);
  if (held === undefined) {
    held = { mixtures: [], statements: [] };
    worked.set(graph, held);
  }
  return held;
}

function statementsOf(graph: Graph, node: number): Statements | null {
  const about = graph.compositionsOf.get(node);
  if (about === undefined) return null;
  const { statements } = workedOut(graph);
  const held = statements[node];
  if (held !== undefined) return held;
  const all = about.map((index) => ({
    composition: graph.compositions[index]!,
    edges: massEdges(graph, index),
  }));
  const general = all.filter(({ composition }) => composition.outputId === null);
  const ofOutput =
    general.length === all.length ? NO_OUTPUTS : groupedBy(all, ({ composition }) => composition.outputId);
  const made = { general, ofOutput, several: outputCount(graph, node) > 1 };
  statements[node] = made;
  return made;
}

const NO_OUTPUTS: ReadonlyMap<bigint, readonly Stated[]> = new Map();

/** Rows by a key, in their order; without those that have none. */
function groupedBy<R>(rows: readonly R[], key: (row: R) => bigint | null): Map<bigint, R[]> {
  const groups = new Map<bigint, R[]>();
  for (const row of rows) {
    const of = key(row);
    if (of === null) continue;
    const group = groups.get(of);
    if (group) group.push(row);
    else groups.set(of, [row]);
  }
  return groups;
}

function mixturesAt(graph: Graph, node: number): readonly Mixture[] {
  const { kind } = graph.nodes[node]!;
  if (kind === 'TRAINING_RUN') return orLoose(graph, node, 'USED', statedAt(graph, node, null));
  if (kind === 'TRANSFORMATION') return orLoose(graph, node, 'USED', statedAt(graph, node, null));
  if (kind !== 'DATASET_VERSION') return [];
  const found = statedAt(graph, node, null);
  const makers = new Set(upstreamEdges(graph, node, 'GENERATED_BY').map((edge) => graph.edgeUp[edge]!));
  for (const maker of makers) found.push(...statedAt(graph, maker, node));
  if (found.length > 0) return found;
  for (const maker of makers) found.push(...loose(graph, maker, 'USED'));
  found.push(...loose(graph, node, 'DERIVED_FROM'));
  return found;
}

/** Whether every statement that holds of a training run declares that it used no data. */
export function usesNoData(mixtures: readonly Mixture[]): boolean {
  return mixtures.length > 0 && mixtures.every((m) => m.inputs.length === 0 && m.unaccounted === 0);
}

function statedAt(graph: Graph, node: number, output: number | null): Mixture[] {
  const statements = statementsOf(graph, node);
  if (statements === null) return [];
  const several = output !== null && statements.several;
  return chosenFor(graph, statements, output === null ? null : graph.nodes[output]!.id).map((one) =>
    mixture(graph, node, one, several && one.composition.outputId === null),
  );
}

/** What holds of an output, or (null) of all of them: what each team states of it, else in general. */
function chosenFor(graph: Graph, statements: Statements, output: bigint | null): readonly Stated[] {
  const { general } = statements;
  const specific = output === null ? undefined : statements.ofOutput.get(output);
  // One statement alone, as nearly always, is its team's.
  return specific === undefined && general.length <= 1
    ? general.filter((one) => isStated(graph, one))
    : byTeam(graph, general, specific ?? NOTHING_STATED);
}

/** The outputs of a node of which something is stated apart from its others; none, as nearly always. */
export function outputsApart(graph: Graph, node: number): readonly bigint[] {
  const ofOutput = statementsOf(graph, node)?.ofOutput ?? NO_OUTPUTS;
  return ofOutput.size === 0 ? NONE_APART : [...ofOutput.keys()];
}

const NONE_APART: readonly bigint[] = [];

/** The statements about a node that hold of one of its outputs. */
export function holdingFor(graph: Graph, node: number, output: bigint): ReadonlySet<CompositionRow> {
  const statements = statementsOf(graph, node);
  if (statements === null) return new Set();
  return new Set(chosenFor(graph, statements, output).map(({ composition }) => composition));
}

/** The same, weighed: the choices where parties differ, whether the output itself is in the graph or not. */
export function mixturesFor(graph: Graph, node: number, output: bigint): readonly Mixture[] {
  const statements = statementsOf(graph, node);
  if (statements === null) return [];
  return chosenFor(graph, statements, output).map((one) => mixture(graph, node, one, false));
}

const NOTHING_STATED: readonly Stated[] = [];

/** What each team states: of the output where it does, else in general. */
function byTeam(graph: Graph, general: readonly Stated[], specific: readonly Stated[]): readonly Stated[] {
  const ofTeam = ({ composition }: Stated) => composition.teamId;
  const own = groupedBy(specific, ofTeam);
  const others = groupedBy(general, ofTeam);
  return [...new Set([...own.keys(), ...others.keys()])].flatMap((team) => {
    const stated = own.get(team)?.filter((one) => isStated(graph, one)) ?? [];
    return stated.length > 0 ? stated : (others.get(team) ?? []).filter((one) => isStated(graph, one));
  });
}

function massEdges(graph: Graph, composition: number): readonly number[] {
  const edges = graph.statedEdges[composition]!;
  return edges.every((edge) => carriesMass(graph, edge))
    ? edges
    : edges.filter((edge) => carriesMass(graph, edge));
}

function carriesMass(graph: Graph, edge: number): boolean {
  const { kind } = graph.edges[edge]!;
  return kind === 'USED' || kind === 'DERIVED_FROM';
}

/** Without a visible input it states nothing, but for a training run that is declared to use none. */
function isStated(graph: Graph, { composition, edges }: Stated): boolean {
  if (edges.length > 0) return true;
  const run = graph.nodes[graph.indexOf.get(composition.node)!]!.kind === 'TRAINING_RUN';
  return run && composition.complete && !composition.inputsHidden;
}

function between(graph: Graph, at: number): Statement['between'] {
  const node = graph.nodes[at]!;
  if (node.kind !== 'TRANSFORMATION') return 'NOTHING';
  return node.effect === 'PRESERVES' ? 'PRESERVES' : 'CHANGES';
}

const NO_DATA: Weighing = {
  weights: new Float64Array(0),
  unaccounted: 0,
  reason: null,
  scaledFrom: null,
  contradicts: false,
};

function mixture(graph: Graph, at: number, { composition, edges }: Stated, assumed: boolean): Mixture {
  const middle = between(graph, at);
  const weighing =
    edges.length === 0
      ? NO_DATA
      : weigh({
          unit: composition.unit,
          basis: composition.basis,
          total: composition.total,
          complete: composition.complete && !composition.inputsHidden,
          between: middle,
          inputs: edges.map((edge) => ({
            amount: graph.edges[edge]!.amount,
            amountUnit: graph.edges[edge]!.amountUnit,
            counts: graph.nodes[graph.edgeUp[edge]!]!.counts ?? [],
          })),
        });
  return {
    composition,
    at,
    edges,
    inputs: edges.map((edge) => graph.edgeUp[edge]!),
    weights: weighing.weights,
    unaccounted: weighing.unaccounted,
    reason: weighing.reason,
    scaledFrom: weighing.scaledFrom,
    contradicts: weighing.contradicts,
    changes: middle === 'CHANGES',
    preserves: middle === 'PRESERVES',
    assumed,
  };
}

function orLoose(
  graph: Graph,
  node: number,
  kind: 'USED' | 'DERIVED_FROM',
  found: readonly Mixture[],
): readonly Mixture[] {
  return found.length > 0 ? found : loose(graph, node, kind);
}

function loose(graph: Graph, at: number, kind: 'USED' | 'DERIVED_FROM'): Mixture[] {
  const held = new Set(
    graph.compositionsOf.get(at)?.flatMap((composition) => graph.statedEdges[composition]!),
  );
  const edges = upstreamEdges(graph, at, kind).filter((edge) => !held.has(edge));
  if (edges.length === 0) return [];
  const middle = between(graph, at);
  return [
    {
      composition: null,
      at,
      edges,
      inputs: edges.map((edge) => graph.edgeUp[edge]!),
      weights: new Float64Array(edges.length).fill(Number.NaN),
      unaccounted: 1,
      reason: 'AMOUNT_UNKNOWN',
      scaledFrom: null,
      contradicts: false,
      changes: middle === 'CHANGES',
      preserves: middle === 'PRESERVES',
      assumed: false,
    },
  ];
}
