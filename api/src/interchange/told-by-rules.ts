// What rules add to the report of a file, and what of it falls away for whoever sees them.
import { boundedWarning } from './cut-report.ts';
import type { ImportReport, LostField, RuleToPropose, ToldByRule } from './import.ts';

/** Of so many values of scorers it is told that a rule could be proposed. */
export const MOST_PROPOSED = 20;

export const NO_BEHAVIOR_KNOWN = 'No behaviour is known for this evaluation: its metrics are kept as scores.';

/** Why a metric is none of the scores of whoever sees the measurement. */
export const MEASURED_ALREADY = 'the measurements say the same, counted from the samples';

export function noRuleFor({ evaluation, scorer, key, values }: RuleToPropose): string {
  const seen = values.map(({ value, count }) => `${value} × ${count}`).join(', ');
  const what = key === null ? scorer : `"${key}" of ${scorer}`;
  return boundedWarning(
    `No rule says which values of ${what} mean that a behaviour was shown (${seen}). One can be proposed, for ${scorer} in ${evaluation}.`,
  );
}

/**
 * What is said of rules that read nothing, or of what they measure, by what the sender sees of these: as of a rule of which
 * it is not known which it is, so that nobody else is told it, nor that there is something to be told.
 */
export const toldOfNone = (warningsOfRecord: readonly string[]): ToldByRule[] =>
  warningsOfRecord.length === 0
    ? []
    : [
        {
          version: null,
          behaviors: null,
          kept: [],
          warnings: [],
          warningsOfRecord: [...warningsOfRecord],
          reads: [],
          covers: [],
        },
      ];

/**
 * The report as it is told where these of its rules are seen, and as if there were no others: whoever sees none reads
 * that no rule says what the scores mean, as where there is none. For which scorers a rule could be proposed is told of the
 * first of those that no rule reads.
 */
export function withRules(
  { byRules = [], ...report }: ImportReport,
  isSeen: (rule: ToldByRule) => boolean = () => true,
): ImportReport {
  const rules = byRules.filter(isSeen);
  const { toPropose = [], warningsOfRecord = [] } = report;
  const read = new Set(rules.flatMap((rule) => rule.reads));
  const proposed = toPropose.filter(({ scorer }) => !read.has(scorer)).slice(0, MOST_PROPOSED);
  // Earlier reports say of all scorers that no rule reads them.
  const answered = new Set([...(read.size > 0 ? [NO_BEHAVIOR_KNOWN] : []), ...toPropose.map(noRuleFor)]);
  const kept = new Map(rules.flatMap((rule) => rule.kept.map((entry) => [entry.field, entry])));
  const ofRecord = [...warningsOfRecord, ...rules.flatMap((rule) => rule.warningsOfRecord)];
  return {
    ...report,
    kept: [...report.kept, ...kept.values()],
    leftOut: [...report.leftOut, ...measuredAlready(rules)],
    warnings: [
      ...new Set(rules.flatMap((rule) => rule.warnings)),
      ...report.warnings.filter((warning) => !answered.has(warning)),
      ...proposed.map(noRuleFor),
    ],
    ...(ofRecord.length > 0 ? { warningsOfRecord: ofRecord } : {}),
    toPropose: proposed,
  };
}

function measuredAlready(rules: readonly ToldByRule[]): LostField[] {
  const count = new Set(rules.flatMap((rule) => rule.covers)).size;
  return count === 0 ? [] : [{ field: 'results.scores[]', count, reason: MEASURED_ALREADY }];
}
