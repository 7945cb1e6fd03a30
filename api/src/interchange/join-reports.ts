import { MOST_ENTRIES } from './cut-report.ts';
import type { ImportReport, LostField, ToldByRule } from './import.ts';
import { toldOfNone } from './told-by-rules.ts';

/** More than a file has metrics: those of several runs are told apart by it. */
const METRICS_OF_A_RUN = 1_000_000;

/**
 * One report of a file that tells of several runs: each field once, what was left out counted over all of them.
 * `ofRecord`: further warnings that were worded by what the sender saw of the record; `ofRules`: those of rules and what
 * these measure.
 */
export function joinReports(
  reports: readonly ImportReport[],
  ofRecord: readonly string[],
  ofRules: readonly string[] = [],
): ImportReport {
  const kept = new Map(
    reports.flatMap((report) => report.kept.map((entry) => [`${entry.field}\0${entry.how}`, entry])),
  );
  const leftOut = new Map<string, LostField>();
  for (const lost of reports.flatMap((report) => report.leftOut)) {
    const key = `${lost.field}\0${lost.reason}\0${lost.restsOnRecord ?? false}`;
    const before = leftOut.get(key);
    leftOut.set(key, before === undefined ? lost : { ...lost, count: added(before.count, lost.count) });
  }
  const told = new Set(reports.flatMap((report) => report.warnings));
  const toldOfRecord = new Set([...ofRecord, ...reports.flatMap((report) => report.warningsOfRecord ?? [])]);
  const read = reports.flatMap((report, nth) =>
    (report.byRules ?? []).map(
      (rule): ToldByRule => ({
        ...rule,
        covers: rule.covers.map((place) => nth * METRICS_OF_A_RUN + place),
      }),
    ),
  );
  const byRules = [...toldOfNone([...new Set(ofRules)]), ...read].slice(0, MOST_ENTRIES);
  return {
    kept: [...kept.values()].slice(0, MOST_ENTRIES),
    leftOut: cutLosses([...leftOut.values()]),
    warnings: [...told].slice(0, MOST_ENTRIES),
    ...(toldOfRecord.size > 0 ? { warningsOfRecord: [...toldOfRecord].slice(0, MOST_ENTRIES) } : {}),
    recordedBefore: null,
    toPropose: reports.flatMap((report) => report.toPropose ?? []).slice(0, MOST_ENTRIES),
    ...(byRules.length > 0 ? { byRules } : {}),
  };
}

/** As many of each of the two kinds, since what rests on the record is told to few, and is to take no room of the others. */
function cutLosses(all: readonly LostField[]): LostField[] {
  const isOfRecord = ({ restsOnRecord }: LostField) => restsOnRecord === true;
  const ofFile = all.filter((lost) => !isOfRecord(lost)).slice(0, MOST_ENTRIES);
  return [...all.filter(isOfRecord).slice(0, MOST_ENTRIES), ...ofFile];
}

const added = (one: number | null, two: number | null) => (one === null || two === null ? null : one + two);
