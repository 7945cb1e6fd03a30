export interface Alpha {
  /** Items that at least two graders judged: others say nothing of agreement. */
  items: number;
  /** At most 1; null where nothing varies, so that agreeing is no wonder. */
  alpha: number | null;
}

/**
 * Krippendorff's alpha for nominal categories, any number of graders, and judgements that are missing: of each item, the
 * categories it was given. Source: Krippendorff, Content Analysis (4th edition, 2018), chapter 12, by the matrix of
 * coincidences.
 */
export function krippendorffAlpha(items: readonly (readonly string[])[]): Alpha {
  const totals = new Map<string, number>();
  let judgements = 0;
  let disagreed = 0;
  let judged = 0;
  for (const categories of items) {
    const size = categories.length;
    if (size < 2) continue;
    judged += 1;
    judgements += size;
    const counts = new Map<string, number>();
    for (const category of categories) counts.set(category, (counts.get(category) ?? 0) + 1);
    let alike = 0;
    for (const [category, count] of counts) {
      totals.set(category, (totals.get(category) ?? 0) + count);
      alike += count * (count - 1);
    }
    disagreed += (size * (size - 1) - alike) / (size - 1);
  }
  let apart = judgements * judgements;
  for (const total of totals.values()) apart -= total * total;
  return { items: judged, alpha: apart === 0 ? null : 1 - ((judgements - 1) * disagreed) / apart };
}
