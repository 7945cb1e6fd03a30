import type { CompositionRow, CountClaim, EdgeRow } from '../graph.ts';
import type { AmountUnit, UnaccountedReason } from '../kinds.ts';
import type { NaiveWorld } from './world.ts';

export interface Weighed {
  readonly inputs: readonly { readonly of: bigint; readonly weight: number | null }[];
  readonly lost: number;
  readonly reason: UnaccountedReason;
  readonly scaled: boolean;
}

const CLOSE = 1e-9;

/** The one count claimed in a unit; null where there is none, or where claims contradict each other. */
function counted(counts: readonly CountClaim[], unit: AmountUnit): number | null | 'CONTRADICTED' {
  const values = new Set(counts.filter((count) => count.unit === unit).map((count) => count.value));
  if (values.size > 1) return 'CONTRADICTED';
  return [...values][0] ?? null;
}

/** An amount in another unit, where it is a whole number of epochs over a version counted in both. */
function converted(world: NaiveWorld, edge: EdgeRow, to: AmountUnit): number | null {
  const from = edge.amountUnit ?? to;
  if (from === to || edge.amount === 0) return edge.amount;
  const counts = world.node(edge.upstream).counts ?? [];
  const [inFrom, inTo] = [counted(counts, from), counted(counts, to)];
  if (inFrom === 'CONTRADICTED' || inTo === 'CONTRADICTED') {
    world.tally.hit('counts that contradict each other convert nothing');
    return null;
  }
  if (inFrom === null || inTo === null || inFrom === 0) return null;
  const epochs = edge.amount! / inFrom;
  if (Math.round(epochs) < 1 || Math.abs(epochs - Math.round(epochs)) > CLOSE) {
    world.tally.hit('part of a version not converted');
    return null;
  }
  world.tally.hit(epochs > 1.5 ? 'several epochs of a whole version converted' : 'whole version converted');
  return Math.round(epochs) * inTo;
}

function knownAmounts(
  world: NaiveWorld,
  statement: CompositionRow,
  edges: readonly EdgeRow[],
  complete: boolean,
): { weights: (number | null)[]; unconvertible: boolean } {
  const amounts = edges.map((edge) => (edge.amount === null ? null : converted(world, edge, statement.unit)));
  const unconvertible = edges.some((edge, i) => edge.amount !== null && amounts[i] === null);
  const sole = complete && edges.length === 1;
  let whole: number | null;
  if (statement.unit === 'FRACTION') {
    whole = 1;
    world.tally.hit('fraction is the weight');
  } else if (statement.total !== null) {
    whole = statement.total;
    world.tally.hit('amount over a stated total');
  } else if (complete && amounts.every((amount) => amount !== null)) {
    whole = amounts.reduce((sum: number, amount) => sum + amount!, 0);
    world.tally.hit('amount over the sum of a complete statement');
  } else {
    whole = null;
    if (!sole) world.tally.hit('no total and not complete: unknown');
  }
  const weights = edges.map((edge, i) => {
    if (edge.amount === 0) world.tally.hit('nothing of an input');
    if (sole && edge.amount && statement.unit !== 'FRACTION' && statement.total === null) {
      world.tally.hit('sole complete input in any unit: one');
      return 1;
    }
    if (edge.amount === null) {
      world.tally.hit(sole ? 'sole complete input without an amount: one' : 'no amount: unknown');
      return sole ? 1 : null;
    }
    const amount = amounts[i];
    return amount == null || whole === null || whole === 0 ? null : amount / whole;
  });
  return { weights, unconvertible };
}

/** The weights of one statement's inputs, `keeps` where the activity preserves proportions. */
export function weigh(world: NaiveWorld, statement: CompositionRow, keeps: boolean): Weighed {
  const edges = world.inputs(statement);
  if (statement.complete && statement.inputsHidden) world.tally.hit('hidden inputs end completeness');
  const complete = statement.complete && !statement.inputsHidden;
  let weights: (number | null)[];
  let unconvertible = false;
  if (statement.basis === 'READ' && !keeps) {
    const sole = complete && edges.length === 1;
    world.tally.hit(sole ? 'sole complete input read: one' : 'read without preserving: unknown');
    weights = edges.map(() => (sole ? 1 : null));
  } else {
    if (statement.basis === 'READ') world.tally.hit('read by what preserves: weights');
    ({ weights, unconvertible } = knownAmounts(world, statement, edges, complete));
  }
  let sum = weights.reduce((total: number, weight) => total + (weight ?? 0), 0);
  let scaled = false;
  if (sum > 1.001 + CLOSE) {
    world.tally.hit('sum past the tolerance: unknown');
    weights = weights.map(() => null);
    unconvertible = false;
    sum = 0;
  } else if (sum > 1) {
    scaled = sum > 1 + CLOSE;
    if (scaled) world.tally.hit('rounding past one is scaled');
    weights = weights.map((weight) => weight && weight / sum);
    sum = 1;
  }
  const reason = unconvertible
    ? 'UNIT_NOT_CONVERTIBLE'
    : weights.some((weight) => weight === null)
      ? 'AMOUNT_UNKNOWN'
      : 'NOT_RECORDED';
  const lost = 1 - sum;
  if (lost > CLOSE) {
    const words = { UNIT_NOT_CONVERTIBLE: 'unit not convertible', AMOUNT_UNKNOWN: 'amount unknown' } as const;
    world.tally.hit(reason === 'NOT_RECORDED' ? 'not recorded' : words[reason]);
  }
  return {
    inputs: edges.map((edge, i) => ({ of: edge.upstream, weight: weights[i]! })),
    lost,
    reason,
    scaled,
  };
}
