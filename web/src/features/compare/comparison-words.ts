import { grouped, percent, plural, points } from '../../ui/numbers.ts';

export type Verdict =
  | 'DEMONSTRATED_DIFFERENCE'
  | 'NO_DEMONSTRATED_DIFFERENCE'
  | 'NOT_COMPARABLE'
  | 'CANNOT_BE_TESTED';

export const VERDICTS: Record<Verdict, string> = {
  DEMONSTRATED_DIFFERENCE: 'Demonstrated difference',
  NO_DEMONSTRATED_DIFFERENCE: 'No demonstrated difference',
  NOT_COMPARABLE: 'Not comparable',
  CANNOT_BE_TESTED: 'Cannot be tested',
};

interface Range {
  lower: number;
  upper: number;
}

/** p as far as it means something: `0.03`, `< 0.0001`. */
export function pWords(p: number | null | undefined): string | null {
  if (p === null || p === undefined) return null;
  return p < 0.0001 ? '< 0.0001' : String(Number(p.toPrecision(2)));
}

const signedRange = ({ lower, upper }: Range): string => `${points(lower)} to ${points(upper)} points`;

/** `+12 points (95% interval +3 to +21 points)`; null where there is none. */
export function differenceWords(of: {
  difference?: number | null;
  interval?: (Range & { level: number }) | null;
}): string | null {
  if (of.difference === null || of.difference === undefined) return null;
  const range = of.interval
    ? ` (${percent(of.interval.level)} interval ${signedRange(of.interval)})`
    : ', without an interval';
  return `${points(of.difference)} points${range}`;
}

/** The rate that was compared, where it is not the one that was measured: of the items of both runs alone. */
export const comparedApart = (
  compared: number | null | undefined,
  measured: number | null | undefined,
): number | null =>
  typeof compared === 'number' && (typeof measured !== 'number' || Math.abs(compared - measured) > 1e-9)
    ? compared
    : null;

/**
 * Over what the compared rate of a side is: `33 of 80 items scored in both`. Null where it is that of the whole run.
 * McNemar's mid-p is given only where each item was scored once a side; else a rate is a mean over items, and no k is.
 */
export function pairedWords(
  of: { paired: boolean; itemsCompared?: number | null; midPValue?: number | null },
  rate: number | null | undefined,
): string | null {
  const { paired, itemsCompared, midPValue } = of;
  if (!paired || typeof rate !== 'number' || typeof itemsCompared !== 'number') return null;
  const items = `${plural(itemsCompared, 'item')} scored in both`;
  return typeof midPValue === 'number'
    ? `${grouped(Math.round(rate * itemsCompared))} of ${items}`
    : `mean over ${items}`;
}

/** What the unscored could have made of the difference; null where not stated. */
export const boundsWords = (bounds: Range | null | undefined): string | null =>
  bounds ? `${signedRange(bounds)}, whatever the unscored and the grader errors were` : null;

/** How item was, or was not, compared with item. */
export function pairingWords(of: {
  pairing: string;
  itemsInOne?: number | null;
  itemsInTwo?: number | null;
  itemsInBoth?: number | null;
  itemsCompared?: number | null;
  itemsOfOtherInput?: number | null;
  itemsOfUnknownInput?: number | null;
}): string {
  const { itemsInOne, itemsInTwo, itemsInBoth, itemsCompared } = of;
  const counted =
    typeof itemsInBoth === 'number' && typeof itemsInOne === 'number' && typeof itemsInTwo === 'number'
      ? ` ${plural(itemsInBoth, 'item')} in both, of ${itemsInOne} and ${itemsInTwo}${
          typeof itemsCompared === 'number' ? `; ${itemsCompared} scored in both` : ''
        }.`
      : '';
  return `${of.pairing}${counted}${inputWords(of)}`;
}

/** Whether items of one name were given the same to answer; nothing where they were, or nothing is said of items. */
function inputWords(of: {
  itemsInBoth?: number | null;
  itemsOfOtherInput?: number | null;
  itemsOfUnknownInput?: number | null;
}): string {
  const { itemsInBoth: both, itemsOfOtherInput: other, itemsOfUnknownInput: unknown } = of;
  if (!both) return '';
  const were = (count: number) => (count === 1 ? 'was' : 'were');
  return [
    other ? ` ${grouped(other)} of these ${were(other)} given another input in each run.` : '',
    unknown
      ? ` ${unknown === both ? 'Of none of these is it' : `Of ${grouped(unknown)} of these it is not`} known whether they were given the same input.`
      : '',
  ].join('');
}
