import { UNACCOUNTED_REASONS, type UnaccountedReason } from './kinds.ts';
import { type LocalMixture, type MassFlow, originsAmong } from './mass-flow.ts';

/** [lower, upper] over the choices among what parties state. */
export interface ShareRange {
  readonly share: number;
  readonly shareUpper: number;
}

export interface LossRange extends ShareRange {
  /** Node index of the place where the mass is lost. */
  readonly at: number;
  readonly reason: UnaccountedReason;
  /** Node indexes of the groups that the mass is known to be among. */
  readonly among: readonly number[];
  readonly amongMore: boolean;
}

export interface Shares {
  /** By node index of the group. */
  readonly groups: ReadonlyMap<number, ShareRange>;
  readonly losses: readonly LossRange[];
  readonly unaccounted: ShareRange;
  /** How many inputs were looked at: the measure of the work, linear in the edges. */
  readonly steps: number;
}

/** At most so many groups are listed at one loss. */
export const AMONG_LIMIT = 100;

/** What a share is of: a group (its node), a loss (its node and reason), all losses, or all groups. */
type Atom = number;
type Ranges = Map<Atom, readonly [lower: number, upper: number]>;
const ALL_LOSSES: Atom = -1;
const ALL_GROUPS: Atom = -2;
const STRIDE = UNACCOUNTED_REASONS.length + 1;
const groupAtom = (node: number): Atom => node * STRIDE;
const lossAtom = (node: number, reason: UnaccountedReason): Atom =>
  node * STRIDE + 1 + UNACCOUNTED_REASONS.indexOf(reason);

/**
 * The shares of a mass that starts at the roots of a flow, `weights` of it at each.
 *
 * Without choices, one pass upstream and one downstream: linear in nodes and edges. With choices, every share is
 * bounded exactly: weights are not negative and a choice is made once for each node, so choosing at every node
 * what is least (most) for one share is itself one choice of all, and attains the bound. Lower bounds of different
 * shares come from different choices and do not add up to 1; inside each choice shares and losses do.
 */
export function sharesOf(flow: MassFlow, weights: readonly number[]): Shares {
  const { ranges, steps } = flow.contested ? rangePass(flow, weights) : massPass(flow, weights);
  const among = flow.mixtures.some((choices) => choices.some((mixture) => mixture.lossy))
    ? originsAmong(flow, AMONG_LIMIT)
    : new Map<number, { groups: number[]; more: boolean }>();
  const lostAmong = new Map<number, readonly number[]>();
  for (const end of flow.ends) if (end && 'lostAt' in end) lostAmong.set(end.lostAt, end.among);
  const groups = new Map<number, ShareRange>();
  const losses: LossRange[] = [];
  for (const [atom, [lower, upper]] of ranges) {
    if (atom < 0 || upper <= 0) continue;
    const range = { share: lower, shareUpper: Math.min(1, upper) };
    const node = Math.floor(atom / STRIDE);
    if (atom % STRIDE === 0) {
      groups.set(node, range);
      continue;
    }
    const reason = UNACCOUNTED_REASONS[(atom % STRIDE) - 1]!;
    const listed = reason === 'PROPORTIONS_CHANGED' ? among.get(node) : undefined;
    const few = reason === 'AMOUNT_UNKNOWN' ? (lostAmong.get(node) ?? []) : [];
    losses.push({
      at: node,
      reason,
      ...range,
      among: listed?.groups ?? few,
      amongMore: listed?.more ?? false,
    });
  }
  const [lower, upper] = ranges.get(ALL_LOSSES) ?? [0, 0];
  return { groups, losses, unaccounted: { share: lower, shareUpper: Math.min(1, upper) }, steps };
}

/**
 * Mass runs upstream in two channels: `live` mass can still reach a group; of `dead` mass, what is accounted for
 * was already lost where proportions changed, and only what is lost further upstream is to be attributed there.
 */
function massPass(flow: MassFlow, weights: readonly number[]): { ranges: Ranges; steps: number } {
  const count = flow.nodes.length;
  const accounted = new Float64Array(count);
  let steps = 0;
  for (let i = count - 1; i >= 0; i--) {
    const end = flow.ends[i];
    if (end) accounted[i] = 'group' in end ? 1 : 0;
    const mixture = flow.mixtures[i]![0];
    if (mixture && !mixture.lossy) accounted[i] = accountedIn(mixture, accounted);
    steps += mixture?.from.length ?? 0;
  }
  const live = new Float64Array(count);
  const dead = new Float64Array(count);
  flow.roots.forEach((root, k) => {
    live[root]! += weights[k]!;
  });
  const sums = new Map<Atom, number>();
  const add = (atom: Atom, mass: number): void => {
    if (mass > 0) sums.set(atom, (sums.get(atom) ?? 0) + mass);
  };
  const lose = (at: number, reason: UnaccountedReason, mass: number, alive: number): void => {
    add(lossAtom(at, reason), mass);
    add(ALL_LOSSES, alive);
  };
  for (let i = 0; i < count; i++) {
    const mass = live[i]! + dead[i]!;
    const end = flow.ends[i];
    if (end) {
      if ('group' in end) add(groupAtom(end.group), live[i]!);
      else lose(end.lostAt, end.reason, mass, live[i]!);
    }
    const mixture = flow.mixtures[i]![0];
    if (!mixture) continue;
    if (mixture.reason)
      lose(mixture.at, mixture.reason, mass * mixture.unaccounted, live[i]! * mixture.unaccounted);
    if (mixture.lossy) {
      lose(mixture.at, 'PROPORTIONS_CHANGED', mass * accountedIn(mixture, accounted), 0);
      add(ALL_LOSSES, live[i]! * knownWeight(mixture));
    }
    for (let k = 0; k < mixture.from.length; k++) {
      steps++;
      const weight = mixture.weights[k]!;
      if (!(weight > 0)) continue;
      const input = mixture.from[k]!;
      dead[input]! += weight * (mixture.lossy ? mass : dead[i]!);
      if (!mixture.lossy) live[input]! += weight * live[i]!;
    }
  }
  const ranges: Ranges = new Map();
  for (const [atom, sum] of sums) ranges.set(atom, [sum, sum]);
  return { ranges, steps };
}

function accountedIn(mixture: LocalMixture, accounted: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < mixture.from.length; k++) {
    const weight = mixture.weights[k]!;
    if (weight > 0) sum += weight * accounted[mixture.from[k]!]!;
  }
  return sum;
}

function knownWeight(mixture: LocalMixture): number {
  let sum = 0;
  for (const weight of mixture.weights) if (weight > 0) sum += weight;
  return sum;
}

/** Carries, upstream first, the range of every atom that each node holds; linear for each atom. */
function rangePass(flow: MassFlow, weights: readonly number[]): { ranges: Ranges; steps: number } {
  const held: Ranges[] = new Array<Ranges>(flow.nodes.length);
  let steps = 0;
  for (let i = flow.nodes.length - 1; i >= 0; i--) {
    const end = flow.ends[i];
    if (end) held[i] = endRanges(end);
    else {
      const choices = flow.mixtures[i]!.map((mixture) => {
        steps += mixture.from.length;
        return mixtureRanges(mixture, held);
      });
      held[i] = choices.length === 1 ? choices[0]! : eitherOf(choices);
    }
  }
  const ranges: Ranges = new Map();
  flow.roots.forEach((root, k) => {
    for (const [atom, range] of held[root]!) addRange(ranges, atom, weights[k]!, range);
  });
  return { ranges, steps };
}

function endRanges(end: NonNullable<MassFlow['ends'][number]>): Ranges {
  const one = [1, 1] as const;
  return 'group' in end
    ? new Map([
        [groupAtom(end.group), one],
        [ALL_GROUPS, one],
      ])
    : new Map([
        [lossAtom(end.lostAt, end.reason), one],
        [ALL_LOSSES, one],
      ]);
}

function addRange(to: Ranges, atom: Atom, weight: number, [lower, upper]: readonly [number, number]): void {
  const [a, b] = to.get(atom) ?? [0, 0];
  to.set(atom, [a + weight * lower, b + weight * upper]);
}

function mixtureRanges(mixture: LocalMixture, held: readonly Ranges[]): Ranges {
  if (!mixture.lossy && mixture.from.length === 1 && mixture.weights[0] === 1) return held[mixture.from[0]!]!;
  const out: Ranges = new Map();
  const { unaccounted } = mixture;
  if (mixture.reason) {
    addRange(out, lossAtom(mixture.at, mixture.reason), 1, [unaccounted, unaccounted]);
    addRange(out, ALL_LOSSES, 1, [unaccounted, unaccounted]);
  }
  for (let k = 0; k < mixture.from.length; k++) {
    const weight = mixture.weights[k]!;
    if (!(weight > 0)) continue;
    if (mixture.lossy) addRange(out, ALL_LOSSES, weight, [1, 1]);
    for (const [atom, range] of held[mixture.from[k]!]!) {
      if (!mixture.lossy) addRange(out, atom, weight, range);
      else if (atom === ALL_GROUPS) addRange(out, lossAtom(mixture.at, 'PROPORTIONS_CHANGED'), weight, range);
      else if (atom >= 0 && atom % STRIDE !== 0) addRange(out, atom, weight, range);
    }
  }
  return out;
}

function eitherOf(choices: readonly Ranges[]): Ranges {
  const out: Ranges = new Map();
  for (const choice of choices) {
    for (const atom of choice.keys()) {
      if (out.has(atom)) continue;
      const ranges = choices.map((other) => other.get(atom) ?? ([0, 0] as const));
      out.set(atom, [Math.min(...ranges.map((r) => r[0])), Math.max(...ranges.map((r) => r[1]))]);
    }
  }
  return out;
}
