import type { Graph, TagMeasurement } from './graph.ts';
import { AMOUNT_UNITS, type AmountUnit, MEASUREMENT_METHODS } from './kinds.ts';
import type { LocalMixture, MassFlow } from './mass-flow.ts';
import type { ShareRange } from './shares.ts';

/**
 * The measurement that stands for a tag: by the best method, then the newest; the others are listed after it, in
 * the same order. With a unit, only measurements in that unit are looked at. Null where there is none.
 */
export function preferredMeasurement(
  measurements: readonly TagMeasurement[],
  tag: bigint,
  unit: AmountUnit | null,
): { best: TagMeasurement; others: readonly TagMeasurement[] } | null {
  const [best, ...others] = measurements
    .filter((m) => m.tag === tag && (unit === null || m.unit === unit))
    .sort(
      (a, b) =>
        MEASUREMENT_METHODS.indexOf(a.method) - MEASUREMENT_METHODS.indexOf(b.method) ||
        (b.measuredAt ?? Number.NEGATIVE_INFINITY) - (a.measuredAt ?? Number.NEGATIVE_INFINITY) ||
        (a.id < b.id ? 1 : -1),
    );
  return best ? { best, others } : null;
}

/** Every tag that is measured somewhere upstream of the flow's roots. */
export function tagsIn(graph: Graph, flow: MassFlow): bigint[] {
  const tags = new Set<bigint>();
  for (const node of flow.nodes) for (const { tag } of graph.nodes[node]!.tags ?? []) tags.add(tag);
  return [...tags];
}

/** A fraction is asked for in one unit, or in whichever unit there is (the last slot). */
const SLOTS: readonly (AmountUnit | null)[] = [...AMOUNT_UNITS, null];
const ANY = SLOTS.length - 1;

/**
 * How much of each root of a flow carries a tag, as an interval: [known lower, min(1, known upper + unmeasured +
 * unaccounted)], which is what comes of taking everything unmeasured to be between 0 and 1. Own measurements come
 * first; else the inputs', through a training run or what PRESERVES proportions, where the units are the weights'.
 * Over several statements, the range of their intervals. Linear in nodes and edges for each tag.
 */
export function tagShares(graph: Graph, flow: MassFlow, tag: bigint): ShareRange[] {
  const count = flow.nodes.length;
  const lower = new Float64Array(count * SLOTS.length);
  const upper = new Float64Array(count * SLOTS.length).fill(1);
  for (let i = count - 1; i >= 0; i--) {
    const node = graph.nodes[flow.nodes[i]!]!;
    for (let slot = 0; slot < SLOTS.length; slot++) {
      const at = i * SLOTS.length + slot;
      const own = node.tags && preferredMeasurement(node.tags, tag, SLOTS[slot]!);
      if (own) {
        lower[at] = own.best.lower ?? own.best.fraction;
        upper[at] = own.best.upper ?? own.best.fraction;
        continue;
      }
      const choices = flow.mixtures[i]!.map((mixture) =>
        node.kind === 'TRAINING_RUN' || mixture.preserves ? within(mixture, slot, lower, upper) : UNMEASURED,
      );
      if (choices.length === 0) continue;
      lower[at] = Math.min(...choices.map((choice) => choice.share));
      upper[at] = Math.max(...choices.map((choice) => choice.shareUpper));
    }
  }
  return flow.roots.map((root) => ({
    share: lower[root * SLOTS.length + ANY]!,
    shareUpper: upper[root * SLOTS.length + ANY]!,
  }));
}

const UNMEASURED: ShareRange = { share: 0, shareUpper: 1 };

function within(mixture: LocalMixture, slot: number, lower: Float64Array, upper: Float64Array): ShareRange {
  const wholeOfOne = mixture.from.length === 1 && mixture.weights[0] === 1;
  const unit = mixture.composition ? AMOUNT_UNITS.indexOf(mixture.composition.unit) : -1;
  if (!wholeOfOne && (unit < 0 || (slot !== ANY && slot !== unit))) return UNMEASURED;
  let share = 0;
  let shareUpper = mixture.unaccounted;
  for (let k = 0; k < mixture.from.length; k++) {
    const weight = mixture.weights[k]!;
    if (!(weight > 0)) continue;
    const at = mixture.from[k]! * SLOTS.length + (wholeOfOne ? slot : unit);
    share += weight * lower[at]!;
    shareUpper += weight * upper[at]!;
  }
  return { share: Math.min(1, share), shareUpper: Math.min(1, shareUpper) };
}
