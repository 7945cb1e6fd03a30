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
  /** Characters of the texts that were returned so far. */
  characters: number;
  /** When what is read has to be answered, by `performance.now()`; null where nothing is read, or a change is made. */
  endsAt: number | null;
  /** Whether the caller hung up, so that nobody reads what is still to be found. */
  closed: boolean;
}
