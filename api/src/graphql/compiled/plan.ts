import type { Context } from '../../context.ts';
import type { Selected, Variables } from './selected.ts';

/**
 * Answers an operation as the ordinary path would: the text of `data`. Rejects with LeftToTheOrdinaryPath where it
 * would not, before anything was told or changed. `rows` hears how long each list is.
 */
export type Plan = (context: Context, variables: Variables, rows: (count: number) => void) => Promise<string>;

/** Makes a plan for what is selected of a field of Query; throws LeftToTheOrdinaryPath for shapes that it does not know. */
export type Shape = (field: Selected) => Plan;
