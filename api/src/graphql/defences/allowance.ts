import type { Spent } from '../../platform/budget.ts';

/** What one request over the network may still do. Commands and jobs have none. */
export interface Allowance {
  costLimit: number;
  /** Whether the schema and near misses of names are told. */
  tellsSchema: boolean;
  /** Takes from the budget of whoever asks. */
  spend(cost: number): Spent;
  /** Rows returned so far. */
  rows: number;
  /** Whether the caller hung up, so that nobody reads what is still to be found. */
  closed: boolean;
}
