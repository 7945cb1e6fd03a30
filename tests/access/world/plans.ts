// Statements of worlds are many, and few are new: planning them costs far more than running them.

/**
 * How a world's database is asked, whatever its rows: each statement by one plan, in nested loops, so that rows that
 * tie come in the same order in both worlds of a pair. The die of a world stands still, and all that it orders ties.
 */
export const PLANNING: Readonly<Record<string, string>> = {
  plan_cache_mode: 'force_generic_plan',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
};

/** Plans that a connection keeps at most: each is some 100 KB of the server's memory. */
const KEPT = 1500;
const NOTED = 20_000;

/** Names each statement that is asked a second time. */
export function statementNames(): (sql: string) => string {
  const names = new Map<string, string>();
  const once = new Set<string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size < KEPT && once.delete(sql)) {
      const name = `world_${names.size}`;
      names.set(sql, name);
      return name;
    }
    if (once.size === NOTED) once.clear();
    once.add(sql);
    return '';
  };
}
