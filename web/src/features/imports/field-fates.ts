// What became of each field of a file, in one list that can be searched.
import type { ImportFieldsFragment } from '../../graphql/generated/graphql.ts';

export const FATES = ['KEPT', 'DERIVED', 'LEFT_OUT', 'NOT_UNDERSTOOD'] as const;
export type Fate = (typeof FATES)[number];

export const FATE_WORDS: Record<Fate, string> = {
  KEPT: 'Kept',
  DERIVED: 'Derived',
  LEFT_OUT: 'Left out',
  NOT_UNDERSTOOD: 'Not understood',
};

export interface FieldFate {
  field: string;
  fate: Fate;
  /** As what it was kept, or why it was not. */
  what: string;
  /** How many values were left out; null where they were not counted, or where it was kept. */
  count: number | null;
}

/**
 * Whether nothing at all is told of the file. That is so where it tells of something that the viewer may not see: the
 * report is closed then and comes empty, as one that had nothing to tell. So what it counts is unknown, and not none.
 */
export function isUntold(row: {
  kept: readonly unknown[];
  leftOut: readonly unknown[];
  warnings: readonly unknown[];
  rulesToPropose: readonly unknown[];
  progress: { refused: number } | null;
}): boolean {
  const lines = row.kept.length + row.leftOut.length + row.warnings.length + row.rulesToPropose.length;
  // Of a file of lines only those that were refused are told of: a file with none of them has nothing to hide.
  return lines === 0 && (row.progress === null || row.progress.refused > 0);
}

/** Those that the reader did not understand first: they are what a person may have to look after. */
export function fieldFates({ kept, leftOut }: ImportFieldsFragment): FieldFate[] {
  const lost = leftOut.map(({ field, count, reason, understood }) => ({
    field,
    fate: understood ? ('LEFT_OUT' as const) : ('NOT_UNDERSTOOD' as const),
    what: reason,
    count: count ?? null,
  }));
  const held = kept.map(({ field, how, derived }) => ({
    field,
    fate: derived ? ('DERIVED' as const) : ('KEPT' as const),
    what: how,
    count: null,
  }));
  const order: readonly Fate[] = ['NOT_UNDERSTOOD', 'LEFT_OUT', 'DERIVED', 'KEPT'];
  return [...lost, ...held].sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate));
}

/** Those of one fate, or of any, whose field or reason holds the text, whatever its case. */
export function findFields(all: readonly FieldFate[], fate: Fate | null, search: string): FieldFate[] {
  const wanted = search.trim().toLowerCase();
  return all.filter(
    (one) =>
      (fate === null || one.fate === fate) &&
      (one.field.toLowerCase().includes(wanted) || one.what.toLowerCase().includes(wanted)),
  );
}

/** `34 kept, 2 derived, 1 not understood`; what there is none of is not named. */
export function fatesInWords(all: readonly FieldFate[]): string {
  const counted = FATES.map((fate) => [all.filter((one) => one.fate === fate).length, fate] as const);
  return counted
    .filter(([count]) => count > 0)
    .map(([count, fate]) => `${count.toLocaleString('en')} ${FATE_WORDS[fate].toLowerCase()}`)
    .join(', ');
}
