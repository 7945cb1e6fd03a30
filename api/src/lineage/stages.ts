import { byRecordOrder, type Graph, outputCount, upstreamEdges } from './graph.ts';
import type { TrainingStage } from './kinds.ts';
import { type Mixture, mixturesOf, usesNoData } from './mixture.ts';

export type TokensUnknown = 'NOT_STATED' | 'SEVERAL_OUTPUTS' | 'CLAIMS_CONFLICT' | 'TRAINING_NOT_RECORDED';

/** One training stage of a model version; all numbers here are node indexes, but for the tokens. */
export interface Stage {
  /** Null: a training that is not recorded. */
  readonly run: number | null;
  /** The model version whose training it is, where that is one. */
  readonly model: number | null;
  /** Where the training is not recorded and the model is not named either: the run that started from it. */
  readonly before: number | null;
  readonly stage: TrainingStage | null;
  readonly noData: boolean;
  /** Tokens that the model had seen of this run. */
  readonly tokens: number | null;
  readonly tokensUnknown: TokensUnknown | null;
  /** Only part of the run counts, or may: shares are the average of the whole run. */
  readonly averaged: boolean;
}

interface Reached {
  readonly run: number | null;
  readonly node: number;
  readonly models: Set<number>;
  /** A later run names this one, not the model between them. */
  named: boolean;
  /** The run itself was asked about: all of it counts. */
  whole: boolean;
  /** Keys of what this stage started from. */
  readonly after: Set<string>;
}

/**
 * The training stages of a model version, or of a training run and what came before it: every run reached by
 * GENERATED_BY and INITIALIZED_FROM once, and one stage for every training that is not recorded, the earliest
 * first; where no order is recorded, in the order of recording.
 */
export function stagesOf(graph: Graph, root: number): Stage[] {
  const reached = reach(graph, root);
  return inOrder(graph, reached).map((item) => {
    if (item.run !== null) return runStage(graph, item, item.run);
    const model = graph.nodes[item.node]!.kind === 'MODEL_VERSION' ? item.node : null;
    return {
      run: null,
      model,
      before: model === null ? item.node : null,
      stage: null,
      noData: false,
      tokens: null,
      tokensUnknown: 'TRAINING_NOT_RECORDED',
      averaged: false,
    };
  });
}

function reach(graph: Graph, root: number): Map<string, Reached> {
  const reached = new Map<string, Reached>();
  const seen = new Set<number>([root]);
  const queue = [root];
  const item = (key: string, run: number | null, node: number): Reached => {
    const held = reached.get(key) ?? {
      run,
      node,
      models: new Set(),
      named: false,
      whole: false,
      after: new Set(),
    };
    reached.set(key, held);
    return held;
  };
  for (const node of queue) {
    const visit = (next: number): void => {
      if (!seen.has(next)) queue.push(next);
      seen.add(next);
    };
    if (graph.nodes[node]!.kind === 'MODEL_VERSION') {
      const runs = upstreamEdges(graph, node, 'GENERATED_BY').map((edge) => graph.edgeUp[edge]!);
      if (runs.length === 0) item(`not ${node}`, null, node);
      for (const run of runs) {
        item(`run ${run}`, run, run).models.add(node);
        visit(run);
      }
      continue;
    }
    const own = item(`run ${node}`, node, node);
    if (node === root) own.whole = true;
    const bases = upstreamEdges(graph, node, 'INITIALIZED_FROM').map((edge) => graph.edgeUp[edge]!);
    if (bases.length === 0 && graph.nodes[node]!.startedFrom !== 'SCRATCH') {
      item(`not ${node}`, null, node);
      own.after.add(`not ${node}`);
    }
    for (const base of bases) {
      visit(base);
      if (graph.nodes[base]!.kind === 'TRAINING_RUN') {
        item(`run ${base}`, base, base).named = true;
        own.after.add(`run ${base}`);
        continue;
      }
      const runs = upstreamEdges(graph, base, 'GENERATED_BY');
      if (runs.length === 0) own.after.add(`not ${base}`);
      for (const edge of runs) own.after.add(`run ${graph.edgeUp[edge]!}`);
    }
  }
  return reached;
}

function inOrder(graph: Graph, reached: ReadonlyMap<string, Reached>): Reached[] {
  const waiting = new Map<string, number>();
  const followers = new Map<string, string[]>();
  for (const [key, item] of reached) {
    waiting.set(key, item.after.size);
    for (const earlier of item.after) followers.set(earlier, [...(followers.get(earlier) ?? []), key]);
  }
  const recorded = (a: string, b: string): number =>
    byRecordOrder(graph.nodes[reached.get(a)!.node]!, graph.nodes[reached.get(b)!.node]!);
  const ready = [...reached.keys()].filter((key) => waiting.get(key) === 0).sort(recorded);
  const ordered: Reached[] = [];
  for (let key = ready.shift(); key !== undefined; key = ready.shift()) {
    ordered.push(reached.get(key)!);
    const freed = (followers.get(key) ?? []).filter((follower) => {
      waiting.set(follower, waiting.get(follower)! - 1);
      return waiting.get(follower) === 0;
    });
    if (freed.length > 0) ready.push(...freed);
    if (freed.length > 0) ready.sort(recorded);
  }
  if (ordered.length < reached.size) throw new RangeError('the training runs go round in a circle');
  return ordered;
}

function runStage(graph: Graph, item: Reached, run: number): Stage {
  const row = graph.nodes[run]!;
  const mixtures: readonly Mixture[] = mixturesOf(graph, run);
  const noData = usesNoData(mixtures);
  const { part, ...counted } = noData
    ? { tokens: 0, tokensUnknown: null, part: false }
    : tokensOf(graph, item, run);
  return {
    run,
    model: item.models.size === 1 ? [...item.models][0]! : null,
    before: null,
    stage: row.stage ?? null,
    noData,
    ...counted,
    averaged: part,
  };
}

/**
 * The largest of what the model versions on the way had seen: a later checkpoint has seen what an earlier one had.
 * `part` where that is not all of the run, or need not be.
 */
function tokensOf(
  graph: Graph,
  item: Reached,
  run: number,
): Pick<Stage, 'tokens' | 'tokensUnknown'> & { part: boolean } {
  const claims = graph.nodes[run]!.tokensSeen ?? [];
  const several = outputCount(graph, run) > 1;
  let tokens = 0;
  const seenBy = [...item.models].map((model) =>
    upstreamEdges(graph, model, 'GENERATED_BY')
      .filter((edge) => graph.edgeUp[edge] === run)
      .map((edge) => graph.edges[edge]!)
      .filter((edge) => edge.amount !== null && (edge.amountUnit ?? 'TOKENS') === 'TOKENS')
      .map((edge) => edge.amount!),
  );
  if (item.named || item.whole) seenBy.push([]);
  for (const stated of seenBy) {
    if (stated.length === 0 && several && !item.whole) {
      return { tokens: null, tokensUnknown: 'SEVERAL_OUTPUTS', part: true };
    }
    const values = stated.length > 0 ? stated : claims;
    if (values.length === 0) return { tokens: null, tokensUnknown: 'NOT_STATED', part: false };
    const sole = soleClaim(values);
    if (sole === null) return { tokens: null, tokensUnknown: 'CLAIMS_CONFLICT', part: stated.length > 0 };
    tokens = Math.max(tokens, sole);
  }
  return { tokens, tokensUnknown: null, part: tokens !== soleClaim(claims) };
}

function soleClaim(values: readonly number[]): number | null {
  return new Set(values).size === 1 ? values[0]! : null;
}
