/** How many statements are noticed before those asked only now and then are forgotten. */
const NOTICED = 5_000;

/**
 * Names statements that are asked again and again, so that each connection plans them once and keeps the plan: with
 * row-level security and the visibility predicate, planning takes far longer than running. A text is named when it is
 * asked for the `after`th time; `most` texts are, since the server keeps some 100 KB for each on every connection.
 * Answers '' for a text that is planned each time.
 */
export function statementNames({ most, after }: { most: number; after: number }): (sql: string) => string {
  const names = new Map<string, string>();
  const asked = new Map<string, number>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= most) return '';
    const times = (asked.get(sql) ?? 0) + 1;
    if (times < after) {
      if (asked.size >= NOTICED) asked.clear();
      asked.set(sql, times);
      return '';
    }
    asked.delete(sql);
    const name = `headwater_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
