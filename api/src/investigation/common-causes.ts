// Which sources and content tags the models behind incidents share, and others that were examined do not.

import { fisherExact } from '../evaluation/statistics/fisher.ts';
import { holm } from '../evaluation/statistics/holm.ts';
import type { ExposureGroupKind } from '../lineage/exposure.ts';
import type { ExposureRange, ExposureRanges } from '../lineage/exposure-range.ts';

/** How many model versions are exposed, are not, and may be. */
export interface ExposureCounts {
  readonly exposed: number;
  readonly notExposed: number;
  /** The range of the exposure holds the threshold: counted on neither side. */
  readonly unknown: number;
}

/**
 * Too few to say: with as many exposed in all, even the sharpest division between the two lots would have a p above
 * the level, so that no outcome could tell. The others differ more than chance explains, or don't.
 */
export type CauseState = 'MORE_EXPOSED' | 'LESS_EXPOSED' | 'NOT_DISTINGUISHED' | 'TOO_FEW_TO_SAY';

export interface Cause {
  readonly groupKind: ExposureGroupKind;
  readonly group: bigint;
  readonly state: CauseState;
  readonly cases: ExposureCounts;
  readonly others: ExposureCounts;
  /** Null where one fraction is of none, or where none of the others is exposed: the quotient is then no number. */
  readonly lift: number | null;
  readonly pValue: number;
  /** By Holm, over all that were tested; null where it was not. */
  readonly correctedPValue: number | null;
}

export interface Lots {
  readonly cases: readonly ExposureRanges[];
  readonly others: readonly ExposureRanges[];
}

/** At most so often is a common cause told of where there is none. */
export const LEVEL = 0.05;

/**
 * Every group to which some of the cases are or may be exposed above a threshold, with how that differs from the
 * others: what can be told first, then by lift, then by p. Groups of several kinds (sources, tags) are corrected for
 * together, those included to which none but the others are exposed.
 */
export function commonCauses(lots: readonly Lots[], threshold: number): { causes: Cause[]; tested: number } {
  const compared = lots.flatMap((lot) =>
    groupsOf(lot, threshold).map((group) => compare(lot, group, threshold)),
  );
  const tested = compared.filter(({ leastP }) => leastP <= LEVEL);
  const corrected = new Map(holm(tested.map(({ pValue }) => pValue)).map((p, i) => [tested[i]!, p]));
  const causes = compared
    .filter(({ ofCases }) => ofCases)
    .map((one): Cause => {
      const { group, groupKind, cases, others, pValue } = one;
      const lift = liftOf(cases, others);
      const correctedPValue = corrected.get(one) ?? null;
      const state = stateOf(cases, others, correctedPValue);
      return { groupKind, group, state, cases, others, lift, pValue, correctedPValue };
    });
  return { causes: causes.sort(tellingFirst), tested: tested.length };
}

interface Compared extends Pick<Cause, 'groupKind' | 'group' | 'cases' | 'others' | 'pValue'> {
  /** Some of the cases name it. */
  readonly ofCases: boolean;
  /** The p of the sharpest division that the same totals allow. */
  readonly leastP: number;
}

type Group = Pick<ExposureRange, 'groupKind' | 'group'> & { key: string; ofCases: boolean };

/** What some model version may be exposed to above the threshold by what is recorded of it by name. */
function groupsOf({ cases, others }: Lots, threshold: number): Group[] {
  const found = new Map<string, Group>();
  for (const { ofCases, members } of [
    { ofCases: true, members: cases },
    { ofCases: false, members: others },
  ]) {
    for (const { groups } of members) {
      for (const [key, { groupKind, group, most }] of groups) {
        if (most > threshold && !found.has(key)) found.set(key, { key, groupKind, group, ofCases });
      }
    }
  }
  return [...found.values()];
}

function compare(lots: Lots, { key, groupKind, group, ofCases }: Group, threshold: number): Compared {
  const cases = counted(lots.cases, key, threshold);
  const others = counted(lots.others, key, threshold);
  const pValue = fisherExact(cases.exposed, cases.notExposed, others.exposed, others.notExposed);
  return { groupKind, group, ofCases, cases, others, pValue, leastP: leastP(cases, others) };
}

function counted(members: readonly ExposureRanges[], key: string, threshold: number): ExposureCounts {
  const counts = { exposed: 0, notExposed: 0, unknown: 0 };
  for (const { groups, elsewhere } of members) {
    const { least, most } = groups.get(key) ?? { least: 0, most: elsewhere };
    if (least > threshold) counts.exposed++;
    else if (most <= threshold) counts.notExposed++;
    else counts.unknown++;
  }
  return counts;
}

export const knownIn = ({ exposed, notExposed }: ExposureCounts): number => exposed + notExposed;

function leastP(cases: ExposureCounts, others: ExposureCounts): number {
  const [n, m, exposed] = [knownIn(cases), knownIn(others), cases.exposed + others.exposed];
  const table = (a: number) => fisherExact(a, n - a, exposed - a, m - exposed + a);
  return Math.min(table(Math.max(0, exposed - m)), table(Math.min(n, exposed)));
}

function liftOf(cases: ExposureCounts, others: ExposureCounts): number | null {
  const [n, m] = [knownIn(cases), knownIn(others)];
  if (n === 0 || m === 0 || others.exposed === 0) return null;
  return cases.exposed / n / (others.exposed / m);
}

function stateOf(cases: ExposureCounts, others: ExposureCounts, corrected: number | null): CauseState {
  if (corrected === null) return 'TOO_FEW_TO_SAY';
  if (corrected > LEVEL) return 'NOT_DISTINGUISHED';
  return cases.exposed * knownIn(others) > others.exposed * knownIn(cases) ? 'MORE_EXPOSED' : 'LESS_EXPOSED';
}

/** Without any of the others exposed, a lift is larger than any number, if some of the cases are. */
function tellingFirst(a: Cause, b: Cause): number {
  const few = (cause: Cause) => Number(cause.state === 'TOO_FEW_TO_SAY');
  const size = ({ lift, cases }: Cause) => lift ?? (cases.exposed > 0 ? Number.MAX_VALUE : 0);
  return (
    few(a) - few(b) ||
    size(b) - size(a) ||
    a.pValue - b.pValue ||
    b.cases.exposed - a.cases.exposed ||
    (a.group < b.group ? -1 : 1)
  );
}
