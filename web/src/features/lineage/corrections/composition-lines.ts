// The inputs of a composition as lines of a form, and the lines as what is sent.
import type { AmountUnit, CompositionInputItem } from '../../../graphql/generated/graphql.ts';

export interface WrittenInput {
  ref: string;
  amount: number | null;
  /** What its amount counts; null where it is what the composition counts. */
  unit: AmountUnit | null;
  epochs: number | null;
}

export interface Line {
  key: number;
  of: string;
  amount: string;
  /** Empty for the unit of the composition. */
  unit: AmountUnit | '';
  epochs: string;
}

/** A unit that is the composition's own is left to it, so that correcting that one corrects them all. */
export const toLine = (key: number, whole?: AmountUnit, input?: WrittenInput): Line => ({
  key,
  of: input?.ref ?? '',
  amount: input?.amount?.toString() ?? '',
  unit: input?.unit && input.unit !== whole ? input.unit : '',
  epochs: input?.epochs?.toString() ?? '',
});

export const isNamed = (line: Line): boolean => line.of.trim() !== '';

/** A line that says how much must say of what: it would be left out otherwise. */
export const needsName = (line: Line): boolean =>
  line.amount !== '' || line.unit !== '' || line.epochs !== '';

export const toInputs = (lines: readonly Line[]): CompositionInputItem[] =>
  lines.filter(isNamed).map((line) => ({
    of: line.of.trim(),
    amount: line.amount === '' ? null : Number(line.amount),
    unit: line.unit || null,
    epochs: line.epochs === '' ? null : Number(line.epochs),
  }));

/** The key of the line that a failure is about: it counts those that were sent; null where it is about none. */
export function lineOfFailure(lines: readonly Line[], path: readonly string[]): number | null {
  if (path[0] !== 'composition' || path[1] !== 'inputs') return null;
  return lines.filter(isNamed)[Number(path[2])]?.key ?? null;
}
