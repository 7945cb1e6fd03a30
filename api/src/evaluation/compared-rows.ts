// What is said row by row of two runs, or of pairs of them, whatever is compared in a row.
import { listed } from '../platform/listed.ts';
import { type ComparisonVerdict, verdictOf } from './comparison.ts';
import { correctPValues, type PValueCorrection } from './correct-p-values.ts';

/** What of a row its p decides, with those of the other rows. */
interface Tested {
  verdict: ComparisonVerdict;
  tested: { pValue: number } | null;
  correctedPValue: number | null;
  correction: string | null;
}

/** Rows of what matches, and on each side what nothing of the other matches. */
export interface Matched<Row, Thing> {
  rows: Row[];
  onlyInOne: Thing[];
  onlyInTwo: Thing[];
}

export interface ComparedRows<Row, Thing> extends Matched<Row, Thing> {
  /** Over how many rows p is corrected. */
  tested: number;
  correction: PValueCorrection;
}

/** Corrects p over all rows that are tested. Where a side was not read whole, it is not known what the rest would match. */
export function comparedRows<Row extends Tested, Thing>(
  { rows, onlyInOne, onlyInTwo }: Matched<Row, Thing>,
  whole: boolean,
  correction: PValueCorrection,
): ComparedRows<Row, Thing> {
  const corrected = correctPValues(
    rows.map(({ tested }) => tested?.pValue ?? null),
    correction,
  );
  const all = rows.map((row, i) => {
    const found = corrected[i];
    if (found == null) return row;
    return { ...row, verdict: verdictOf(found.p), correctedPValue: found.p, correction: found.over };
  });
  const of = <T>(list: T[]) => listed(list, whole ? list.length : null);
  return {
    rows: of(all),
    onlyInOne: of(onlyInOne),
    onlyInTwo: of(onlyInTwo),
    tested: corrected.filter((one) => one !== null).length,
    correction,
  };
}
