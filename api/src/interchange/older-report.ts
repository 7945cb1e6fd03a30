// Reports that are kept from before it was told apart what of them rests on the record, and what on a rule.
import { type ImportReport, MEASURED_BY_RULE, type ToldByRule } from './import.ts';
import { MEASURED_ALREADY, toldOfNone } from './told-by-rules.ts';

/** What was said of a model that people confirmed, by whoever saw it. */
const OF_RECORD = / as a person of your team confirmed that name to mean\./;

/** What was said of rules, and of what may be of what they measure, as if it were of the record like any other. */
const OF_RULES = [
  /^Several teams have a rule for the same scorer \(/,
  /^No sample of this log has a score by /,
  /^Its model, evaluation or a behaviour is seen by fewer people, /,
];

const isOfRecord = (warning: string) => OF_RECORD.test(warning);
const isOfRules = (warning: string) => OF_RULES.some((said) => said.test(warning));

const MEASURED = /^measured as .+? by (?:the rule .+ \(.+\)|a scoring rule)$/s;
const UNNAMED = / means nothing to the mapping .+: counted as unscored\.$/s;
const NO_BEHAVIOR = /^The mapping .+ has no behaviour for the arguments of this task\.$/s;

const rulesUnnamed = (warning: string): string =>
  warning
    .replace(UNNAMED, ' means nothing to the scoring rule: counted as unscored.')
    .replace(NO_BEHAVIOR, 'The scoring rule has no behaviour for the arguments of this task.');

/** The report as it is written today: it names no rule and no behaviour, and what rests on the record, or on rules, stands apart. */
export function asWrittenToday(report: ImportReport): ImportReport {
  const { warningsOfRecord: apart = [], ...rest } = report;
  const ofRecord = [...apart.filter((warning) => !isOfRules(warning)), ...report.warnings.filter(isOfRecord)];
  const ofRules = [...apart, ...report.warnings].filter(isOfRules);
  const written = rulesApart({
    ...rest,
    kept: report.kept.map((entry) => ({
      ...entry,
      how: MEASURED.test(entry.how) ? MEASURED_BY_RULE : entry.how,
    })),
    warnings: report.warnings
      .filter((warning) => !isOfRecord(warning) && !isOfRules(warning))
      .map(rulesUnnamed),
    ...(ofRecord.length > 0 ? { warningsOfRecord: ofRecord } : {}),
  });
  if (ofRules.length === 0) return written;
  return { ...written, byRules: [...toldOfNone(ofRules), ...(written.byRules ?? [])] };
}

const SAID_BY_RULE = [
  / means nothing to the scoring rule: counted as unscored\.$/s,
  /^The scoring rule (?:for .+ )?has no behaviour for the arguments of this task\.$/s,
];

/** Of which rule it is was not recorded: what rules made of the file is then told to whoever sent it, and nobody else. */
function rulesApart(report: ImportReport): ImportReport {
  if (report.byRules !== undefined) return report;
  const isOfRule = (warning: string) => SAID_BY_RULE.some((said) => said.test(warning));
  const isMeasured = ({ how }: { how: string }) => how === MEASURED_BY_RULE;
  const isCovered = ({ reason }: { reason: string }) => reason === MEASURED_ALREADY;
  const covered = report.leftOut.filter(isCovered).reduce((sum, { count }) => sum + (count ?? 0), 0);
  const rule: ToldByRule = {
    version: null,
    behaviors: null,
    kept: report.kept.filter(isMeasured),
    warnings: report.warnings.filter(isOfRule),
    warningsOfRecord: [],
    reads: [],
    covers: Array.from({ length: covered }, (_, place) => place),
  };
  if (rule.kept.length + rule.warnings.length + rule.covers.length === 0) return report;
  return {
    ...report,
    kept: report.kept.filter((entry) => !isMeasured(entry)),
    leftOut: report.leftOut.filter((lost) => !isCovered(lost)),
    warnings: report.warnings.filter((warning) => !isOfRule(warning)),
    byRules: [rule],
  };
}
