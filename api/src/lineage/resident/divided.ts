import { type Held, holdsOf } from '../held-statements.ts';
import { EDGE_KINDS } from '../kinds.ts';
import type { Sight } from './sight.ts';

const GENERATED_BY = EDGE_KINDS.indexOf('GENERATED_BY');
export const NONE = -1;

/** A transformation that a search has come to, and how: see `keyOf`. */
export interface Entered {
  readonly node: number;
  readonly key: number;
}

/**
 * In a search, the transformations of whose outputs something is stated apart: what goes on from one depends on how it was
 * come to (see `wayOf`, of which this is the resident counterpart). From a root everything does.
 */
export class Divided {
  private readonly sight: Sight;
  private readonly up: boolean;
  private readonly roots: ReadonlySet<number>;
  private readonly come = new Map<number, Set<number>>();
  private readonly statements = new Map<number, ReadonlyMap<number, Held<number>>>();
  private next: Entered[] = [];

  constructor(sight: Sight, up: boolean, roots: Iterable<number>) {
    this.sight = sight;
    this.up = up;
    this.roots = new Set(roots);
  }

  /** Whether a node is one of these: what goes on from it is told by `entered`. */
  has(node: number): boolean {
    return this.sight.graph.compositions.apart.has(node) && !this.roots.has(node);
  }

  /** How a node is come to by an edge: from an output (NONE for one of which nothing is stated apart), or by a statement. */
  keyOf(node: number, edge: number): number {
    return this.up ? this.outputAt(node, edge) : this.sight.graph.edges.compositions.values[edge]!;
  }

  /** The edges that go on from a node that was come to so. */
  onward(node: number, key: number): readonly number[] {
    return this.up ? this.upward(node, key) : this.downward(node, key);
  }

  /** Has come to a node by an edge that may be followed. */
  enter(node: number, edge: number): void {
    const key = this.keyOf(node, edge);
    const come = this.come.get(node) ?? new Set();
    this.come.set(node, come);
    if (come.has(key)) return;
    come.add(key);
    this.next.push({ node, key });
  }

  /** What was come to since this was asked last. */
  entered(): readonly Entered[] {
    const { next } = this;
    if (next.length > 0) this.next = [];
    return next;
  }

  /** The output that an edge leads from; NONE where nothing is stated of it apart. */
  private outputAt(node: number, edge: number): number {
    const output = this.sight.graph.edges.downstream.values[edge]!;
    for (const { outputId } of this.statementsOf(node).values()) if (outputId === output) return output;
    return NONE;
  }

  private upward(node: number, output: number): number[] {
    const { edges } = this.sight.graph;
    const statements = this.statementsOf(node);
    const found: number[] = [];
    edges.eachUp(node, (edge) => {
      if (holds(statements, edges.compositions.values[edge]!, output)) found.push(edge);
    });
    return found;
  }

  private downward(node: number, statement: number): number[] {
    const { edges } = this.sight.graph;
    const statements = this.statementsOf(node);
    const found: number[] = [];
    edges.eachDown(node, (edge) => {
      const output = edges.downstream.values[edge]!;
      if (edges.kind(edge) !== GENERATED_BY || holds(statements, statement, output)) found.push(edge);
    });
    return found;
  }

  /** The statements about a node of which the viewer sees some input. */
  private statementsOf(node: number): ReadonlyMap<number, Held<number>> {
    let held = this.statements.get(node);
    if (held === undefined) {
      const { edges, compositions } = this.sight.graph;
      const follows = this.sight.following();
      const found = new Map<number, Held<number>>();
      edges.eachUp(node, (edge) => {
        const statement = edges.compositions.values[edge]!;
        if (statement === NONE || found.has(statement) || !follows(edge, edges.upstream.values[edge]!))
          return;
        found.set(statement, compositions.heldBy(statement));
      });
      held = found;
      this.statements.set(node, held);
    }
    return held;
  }
}

/** Whether an edge of a statement goes together with an output; one outside any statement does with all. */
function holds(statements: ReadonlyMap<number, Held<number>>, statement: number, output: number): boolean {
  const one = statements.get(statement);
  return one === undefined ? statement === NONE : holdsOf(one, output, [...statements.values()]);
}
