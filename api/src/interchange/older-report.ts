// Reports that are kept from before it was told apart what of them rests on the record.
import { type ImportReport, MEASURED_BY_RULE } from './import.ts';

/** What was said of a model that people confirmed, and of rules, by whoever saw those. */
const OF_RECORD = [
  / as a person of your team confirmed that name to mean\./,
  /^Several teams have a rule for the same scorer \(/,
  /^No sample of this log has a score by /,
];

const MEASURED = /^measured as .+? by (?:the rule .+ \(.+\)|a scoring rule)$/s;
const UNNAMED = / means nothing to the mapping .+: counted as unscored\.$/s;
const NO_BEHAVIOR = /^The mapping .+ has no behaviour for the arguments of this task\.$/s;

const rulesUnnamed = (warning: string): string =>
  warning
    .replace(UNNAMED, ' means nothing to the scoring rule: counted as unscored.')
    .replace(NO_BEHAVIOR, 'The scoring rule has no behaviour for the arguments of this task.');

/** The report as it is written today: it names no scoring rule and no behaviour, and what rests on the record stands apart. */
export function asWrittenToday(report: ImportReport): ImportReport {
  const isOfRecord = (warning: string) => OF_RECORD.some((said) => said.test(warning));
  const ofRecord = [...(report.warningsOfRecord ?? []), ...report.warnings.filter(isOfRecord)];
  return {
    ...report,
    kept: report.kept.map((entry) => ({
      ...entry,
      how: MEASURED.test(entry.how) ? MEASURED_BY_RULE : entry.how,
    })),
    warnings: report.warnings.filter((warning) => !isOfRecord(warning)).map(rulesUnnamed),
    ...(ofRecord.length > 0 ? { warningsOfRecord: ofRecord } : {}),
  };
}
