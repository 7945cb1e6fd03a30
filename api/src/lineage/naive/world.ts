import type { CompositionRow, EdgeRow, LineageRows, NodeRow } from '../graph.ts';
import type { EdgeKind } from '../kinds.ts';
import type { Tally } from './rules.ts';

/** What is asked of a lineage here, by looking through all its rows each time. */
export class NaiveWorld {
  constructor(
    readonly rows: LineageRows,
    readonly tally: Tally,
  ) {}

  node(id: bigint): NodeRow {
    const found = this.rows.nodes.find((node) => node.id === id);
    if (!found) throw new Error(`There is no node ${id}.`);
    return found;
  }

  /** In record order. */
  up(id: bigint, kind: EdgeKind): EdgeRow[] {
    return this.rows.edges
      .filter((edge) => edge.downstream === id && edge.kind === kind)
      .sort((a, b) => a.recordedAt - b.recordedAt || Number(a.id - b.id));
  }

  down(id: bigint, kind: EdgeKind): EdgeRow[] {
    return this.rows.edges.filter((edge) => edge.upstream === id && edge.kind === kind);
  }

  outputs(activity: bigint): number {
    const outputs = new Set(this.down(activity, 'GENERATED_BY').map((edge) => edge.downstream));
    return Math.max(outputs.size, this.node(activity).outputs ?? 0);
  }

  /** What is stated of a node: nothing where no input is seen, unless a run is said to have used none. */
  statements(id: bigint): CompositionRow[] {
    const run = this.node(id).kind === 'TRAINING_RUN';
    return this.rows.compositions.filter((row) => {
      if (row.node !== id) return false;
      const says = this.inputs(row).length > 0 || (run && row.complete && !row.inputsHidden);
      if (!says) this.tally.hit('statement whose inputs are all hidden states nothing');
      return says;
    });
  }

  inputs(statement: CompositionRow): EdgeRow[] {
    return this.rows.edges.filter((edge) => edge.compositionId === statement.id);
  }

  /** Inputs that somebody named outside any statement. */
  bare(id: bigint): EdgeRow[] {
    return this.rows.edges.filter(
      (edge) =>
        edge.downstream === id &&
        edge.compositionId === null &&
        (edge.kind === 'USED' || edge.kind === 'DERIVED_FROM'),
    );
  }

  /** The models that are said to have written what a dataset version holds, or its transformations wrote. */
  writers(dataset: bigint): { models: bigint[]; ofTransformation: boolean } {
    const own = this.up(dataset, 'SYNTHESIZED_BY').map((edge) => edge.upstream);
    const made = this.up(dataset, 'GENERATED_BY').flatMap((edge) => this.up(edge.upstream, 'SYNTHESIZED_BY'));
    const models = new Set([...own, ...made.map((edge) => edge.upstream)]);
    return { models: [...models], ofTransformation: made.length > 0 };
  }
}
