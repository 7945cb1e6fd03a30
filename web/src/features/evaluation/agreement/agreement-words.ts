// Agreement in words: what the coefficients say by their definition, and no more.
import { percent } from '../../../ui/numbers.ts';

/** A coefficient from −1 to 1 in two decimals, with a true minus; never rounded up to a whole that it is not. */
export function coefficient(value: number): string {
  if (value < 1 && value >= 0.995) return '> 0.99';
  const text = Math.abs(value).toFixed(2);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** What a coefficient is by its definition: how far from chance towards full agreement. */
export function beyondChance(value: number): string {
  if (value === 1) return 'full agreement';
  const text = coefficient(value);
  if (Number(text) === 0) return 'what chance would give';
  return value < 0 ? 'less than chance would give' : `${percent(value)} of the way from chance to full`;
}

/** `−0.04 to 0.61`; said so where there is none. */
export const coefficientRange = ({ lower, upper }: { lower: number; upper: number }): string =>
  `${coefficient(lower)} to ${coefficient(upper)}`;

/** Kinds of graders as whoever judged; null where the run names no such grader, or its kind is not known. */
export function kindOf(
  name: string,
  graders: readonly { name: string; version: string; kind: string }[],
): string | null {
  const kinds = new Set(
    graders
      .filter((one) => name === one.name || name === `${one.name} ${one.version}`)
      .map(({ kind }) => kind),
  );
  const [kind] = kinds;
  return kinds.size === 1 && kind && kind !== 'UNKNOWN' ? (KINDS[kind] ?? null) : null;
}

const KINDS: Readonly<Record<string, string>> = {
  HUMAN: 'people',
  MODEL: 'a model',
  CLASSIFIER: 'a classifier',
  STRING_MATCH: 'a comparison of texts',
  COMBINED: 'several together',
};
