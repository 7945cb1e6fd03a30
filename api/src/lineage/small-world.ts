import {
  buildGraph,
  type CompositionRow,
  type EdgeRow,
  type Graph,
  type LineageRows,
  type NodeRow,
} from './graph.ts';
import type { AmountUnit, EdgeKind, NodeKind } from './kinds.ts';

type Facts = Partial<Omit<NodeRow, 'id' | 'kind'>>;
type Statement = Partial<Omit<CompositionRow, 'id' | 'node' | 'outputId'>> & { output?: bigint };
type Input = [of: bigint, amount?: number | null, unit?: AmountUnit | null];

/** Builds small lineages by hand, for tests: ids and record times count up in the order of the calls. */
export class SmallWorld {
  readonly nodes: NodeRow[] = [];
  readonly edges: EdgeRow[] = [];
  readonly compositions: CompositionRow[] = [];
  private last = 0;

  private next(): number {
    this.last += 1;
    return this.last;
  }

  node(kind: NodeKind, facts: Facts = {}): bigint {
    const n = this.next();
    this.nodes.push({ id: BigInt(n), kind, recordedAt: n, ...facts });
    return BigInt(n);
  }

  source(): bigint {
    return this.node('SOURCE');
  }

  dataset(facts: Facts = {}): bigint {
    return this.node('DATASET_VERSION', facts);
  }

  run(facts: Facts = {}): bigint {
    return this.node('TRAINING_RUN', { stage: 'PRETRAINING', startedFrom: 'SCRATCH', ...facts });
  }

  edge(kind: EdgeKind, downstream: bigint, upstream: bigint, amount: number | null = null): bigint {
    const n = this.next();
    const blank = { compositionId: null, amountUnit: null, epochs: null };
    this.edges.push({ id: BigInt(n), kind, downstream, upstream, amount, recordedAt: n, ...blank });
    return BigInt(n);
  }

  /** A model version made by a run, at a checkpoint where tokens are given. */
  model(run: bigint, tokens: number | null = null): bigint {
    const model = this.node('MODEL_VERSION');
    this.edge('GENERATED_BY', model, run, tokens);
    return model;
  }

  /** A statement of what went into a node: in fractions, contributed, not complete, unless said otherwise. */
  made(node: bigint, inputs: readonly Input[], statement: Statement = {}): bigint {
    const { output, ...rest } = statement;
    const n = this.next();
    this.compositions.push({
      id: BigInt(n),
      node,
      outputId: output ?? null,
      teamId: 1n,
      unit: 'FRACTION',
      basis: 'CONTRIBUTED',
      total: null,
      complete: false,
      inputsHidden: false,
      recordedAt: n,
      ...rest,
    });
    const derived = this.nodes.find((row) => row.id === node)!.kind === 'DATASET_VERSION';
    for (const [upstream, amount, amountUnit] of inputs) {
      const e = this.next();
      this.edges.push({
        id: BigInt(e),
        kind: derived ? 'DERIVED_FROM' : 'USED',
        downstream: node,
        upstream,
        compositionId: BigInt(n),
        amount: amount ?? null,
        amountUnit: amountUnit ?? null,
        epochs: null,
        recordedAt: e,
      });
    }
    return BigInt(n);
  }

  rows(): LineageRows {
    return { nodes: this.nodes, edges: this.edges, compositions: this.compositions };
  }

  graph(): Graph {
    return buildGraph(this.rows());
  }
}
