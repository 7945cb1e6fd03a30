/** Of the likeliest table's probability: smaller numbers lose their digits, and then never reach 0. */
const NEGLIGIBLE = 1e-300;

/**
 * Fisher's exact test, two-sided: the probability of a table as unlikely as this one or more, margins fixed.
 * Arguments are counts: exhibited and not, in the first and in the second sample. Probabilities are told apart from the
 * likeliest table outwards, as far as they can be told from 0: some forty standard deviations, whatever the counts.
 */
export function fisherExact(a: number, b: number, c: number, d: number): number {
  const rowOne = a + b;
  const columnOne = a + c;
  const total = a + b + c + d;
  if (total === 0) return 1;
  const least = Math.max(0, rowOne + columnOne - total);
  const most = Math.min(rowOne, columnOne);
  /** How much likelier x + 1 is than x. */
  const step = (x: number): number =>
    (((rowOne - x) / (x + 1)) * (columnOne - x)) / (total - rowOne - columnOne + x + 1);
  const likeliest = Math.min(
    most,
    Math.max(least, Math.floor(((rowOne + 1) * (columnOne + 1)) / (total + 2))),
  );
  /** Calls `visit` with the probability of each table up or down from the likeliest, whose own counts as 1. */
  const outwards = (visit: (x: number, probability: number) => void): void => {
    for (let x = likeliest, p = 1; p > NEGLIGIBLE; x += 1) {
      visit(x, p);
      if (x === most) break;
      p *= step(x);
    }
    for (let x = likeliest, p = 1; x > least; x -= 1) {
      p /= step(x - 1);
      if (p <= NEGLIGIBLE) break;
      visit(x - 1, p);
    }
  };
  let own = 0;
  outwards((x, probability) => {
    if (x === a) own = probability;
  });
  // Tables of equal probability differ by rounding alone: count them in.
  const limit = own * (1 + 1e-7);
  let sum = 0;
  let all = 0;
  outwards((_, probability) => {
    all += probability;
    if (probability <= limit) sum += probability;
  });
  return Math.min(1, sum / all);
}
