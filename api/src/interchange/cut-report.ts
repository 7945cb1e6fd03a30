// How much the report of a run holds: what a file says may be without end.
import type { ToldByRule } from './import.ts';
import { bounded } from './plan-values.ts';

/** Of the metrics of a run so many are kept. */
export const MOST_SCORES = 5_000;
export const MOST_ENTRIES = 1_000;
const MOST_WARNINGS = 500;
const LONGEST_WARNING = 1_000;

export const boundedWarning = (warning: string): string => bounded(warning, LONGEST_WARNING);

export function cutWarnings(warnings: readonly string[]): string[] {
  const unique = [...new Set(warnings)].map(boundedWarning);
  if (unique.length <= MOST_WARNINGS) return unique;
  return [
    ...unique.slice(0, MOST_WARNINGS),
    `${unique.length - MOST_WARNINGS} further warnings are left out.`,
  ];
}

/** What a rule adds to a report, no longer than the report itself. */
export const cutRule = (rule: ToldByRule): ToldByRule => ({
  ...rule,
  kept: rule.kept.slice(0, MOST_ENTRIES),
  warnings: cutWarnings(rule.warnings),
  warningsOfRecord: cutWarnings(rule.warningsOfRecord),
  reads: rule.reads.slice(0, MOST_ENTRIES),
  covers: rule.covers.filter((place) => place < MOST_SCORES),
});
