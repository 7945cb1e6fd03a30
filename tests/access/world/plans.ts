/**
 * How a world's database is asked, whatever its rows: each statement by one plan, in nested loops, so that rows that
 * tie come in the same order in both worlds of a pair. The die of a world stands still, and all that it orders ties.
 */
export const PLANNING: Readonly<Record<string, string>> = {
  plan_cache_mode: 'force_generic_plan',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
};
