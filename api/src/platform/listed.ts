// A plain list holds at most so many things, and knows how many it would hold were it whole.

export const MOST_LISTED = 1_000;

const totals = new WeakMap<readonly unknown[], number | null>();

/** How many things a list would hold were it whole; null where that is not known, though more than it holds. */
export function totalOf(list: readonly unknown[]): number | null {
  const total = totals.get(list);
  return total === undefined ? list.length : total;
}

/** Remembers of a list how many there are in all: it may have been cut already where it was read. */
export function listed<T>(list: T[], total: number | null): T[] {
  if (total === null || total > list.length) totals.set(list, total);
  return list;
}

/** The list as it is shown: its first thousand, and how many there are in all. */
export function cutList<T>(list: readonly T[]): readonly T[] {
  return list.length <= MOST_LISTED ? list : listed(list.slice(0, MOST_LISTED), totalOf(list));
}

/** Several lists as one, whose total is the sum where each one's is known and `whole` says that none is missing. */
export function joined<T>(lists: readonly T[][], whole = true): T[] {
  const sums = lists.map(totalOf);
  const known = whole && sums.every((total) => total !== null);
  return listed(lists.flat(), known ? sums.reduce<number>((sum, total) => sum + (total ?? 0), 0) : null);
}
