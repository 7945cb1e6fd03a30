// How the epochs of an item became one value, which a score has in its note.
const NOTE = /(?:^|; )epochs reduced by ([^;]+)(?:;|$)/;

export const reducerNote = (reducer: string): string => `epochs reduced by ${reducer}`;

/** Null where the note says nothing of it: the run had one epoch, or its source does not say. */
export const reducerOf = (note: string | null): string | null => NOTE.exec(note ?? '')?.[1] ?? null;

export interface ReducedEpochs {
  by: string;
  /** How many each item had; null where not recorded. */
  epochs: number | null;
}

/** What these come to does not change with their number; the greatest of many, or what most say, does. */
const WHATEVER_THE_NUMBER = /^(?:mean|pass_at_\d+)$/;

/** What differs between two that both say how they came by one value an item; nothing where either does not. */
export function reducerDifferences(one: ReducedEpochs | null, two: ReducedEpochs | null): string[] {
  if (one === null || two === null) return [];
  if (one.by !== two.by) return [`epochs: reduced by ${one.by} against ${two.by}`];
  if (WHATEVER_THE_NUMBER.test(one.by) || one.epochs === null || two.epochs === null) return [];
  return one.epochs === two.epochs ? [] : [`epochs: ${one.by} of ${one.epochs} against ${two.epochs}`];
}
