import { Z } from './interval.ts';

export interface Kappa {
  /** Items that both judged. */
  items: number;
  agreed: number;
  /** From −1 to 1; null where chance alone would agree on everything, since both gave one and the same answer throughout. */
  kappa: number | null;
  standardError: number | null;
  /** Of 95 %; null where the standard error is 0, which is no certainty. */
  interval: { lower: number; upper: number } | null;
}

const NOTHING = { kappa: null, standardError: null, interval: null };

/**
 * Cohen's kappa of two graders over items that both judged (Educational and Psychological Measurement 20, 1960), with the
 * large-sample standard error of Fleiss, Cohen and Everitt (Psychological Bulletin 72, 1969), which takes items as
 * independent. Categories are compared as they are.
 */
export function cohenKappa(pairs: readonly (readonly [string, string])[]): Kappa {
  const items = pairs.length;
  const cells = new Map<string, { one: string; two: string; count: number }>();
  const first = new Map<string, number>();
  const second = new Map<string, number>();
  for (const [one, two] of pairs) {
    const key = JSON.stringify([one, two]);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { one, two, count: 1 });
    else cell.count += 1;
    first.set(one, (first.get(one) ?? 0) + 1);
    second.set(two, (second.get(two) ?? 0) + 1);
  }
  const agreed = [...cells.values()].reduce((sum, c) => sum + (c.one === c.two ? c.count : 0), 0);
  const of = (margin: ReadonlyMap<string, number>, category: string) => (margin.get(category) ?? 0) / items;
  let chance = 0;
  for (const category of first.keys()) chance += of(first, category) * of(second, category);
  if (items === 0 || (first.size === 1 && second.size === 1 && agreed === items))
    return { items, agreed, ...NOTHING };
  const observed = agreed / items;
  const kappa = (observed - chance) / (1 - chance);
  let spread = 0;
  for (const { one, two, count } of cells.values()) {
    const both = of(second, one) + of(first, two);
    const weight = one === two ? 1 - (of(first, one) + of(second, one)) * (1 - kappa) : -both * (1 - kappa);
    spread += (count / items) * weight ** 2;
  }
  const variance = (spread - (kappa - chance * (1 - kappa)) ** 2) / (items * (1 - chance) ** 2);
  const standardError = agreed === items || variance < 1e-16 ? 0 : Math.sqrt(variance);
  const interval =
    standardError === 0
      ? null
      : { lower: Math.max(-1, kappa - Z * standardError), upper: Math.min(1, kappa + Z * standardError) };
  return { items, agreed, kappa, standardError, interval };
}
