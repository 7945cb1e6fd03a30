import { describe, expect, it } from 'vitest';
import { cutWarnings } from './cut-report.ts';
import type { ImportReport } from './import.ts';
import { planImport } from './import-plan.ts';
import type { InspectSample } from './inspect/inspect-log.ts';
import { joinReports } from './join-reports.ts';
import { logWith, SAMPLE, SCORE } from './log-fixture.ts';
import type { RuleToApply } from './plan-measurements.ts';
import { NO_BEHAVIOR_KNOWN, noRuleFor, withRules } from './told-by-rules.ts';

const ruleOf = (scorer: string, versionId: bigint): RuleToApply => ({
  versionId,
  definition: { behavior: 'lying', scorer, exhibited: { oneOf: ['I'] }, notExhibited: { oneOf: ['C'] } },
  behaviorIds: new Map(),
});

/** The report of a log whose one sample says as much by each of these scorers, where rules read some of them. */
function reportOf(
  scorers: readonly string[],
  read: readonly string[],
  parts: Record<string, unknown> | null = null,
) {
  const said = { value: parts === null ? 'P' : null, parts, answer: null } as InspectSample['scores'][string];
  const scores = Object.fromEntries(scorers.map((scorer) => [scorer, said]));
  const rules = read.map((scorer, nth) => ruleOf(scorer, BigInt(nth)));
  const log = { graders: [], samples: [{ ...SAMPLE, scores }], scores: [SCORE] };
  return planImport(logWith({ log }), { rules, models: new Map(), ofRules: [] }).report;
}

const named = (count: number, from = 0) => Array.from({ length: count }, (_, nth) => `scorer ${nth + from}`);
const proposed = (report: ImportReport) => (report.toPropose ?? []).map(({ scorer }) => scorer);
const unread = ({ warnings }: ImportReport) =>
  warnings.filter((warning) => warning.startsWith('No rule says'));

describe('the scorers of a log for which a rule could be proposed', () => {
  const report = reportOf(named(30), named(20));

  it('are the first of those that no rule reads which is seen, however many of the others stand before them', () => {
    const none = withRules(report, () => false);
    expect(proposed(none)).toEqual(named(20));
    expect(proposed(none)).toEqual(proposed(withRules(reportOf(named(30), []))));
    expect(proposed(withRules(report))).toEqual(named(10, 20));
    const some = withRules(report, ({ version }) => Number(version) >= 5);
    expect(proposed(some)).toEqual([...named(5), ...named(10, 20)]);
    for (const told of [none, withRules(report), some])
      expect(unread(told).map((said) => /values of (scorer \d+) /.exec(said)![1])).toEqual(proposed(told));
  });

  it('are there, however many values one has that a rule reads', () => {
    const values = Object.fromEntries(Array.from({ length: 900 }, (_, nth) => [`key ${nth}`, 'P']));
    const many = reportOf(['graded', 'other'], ['graded'], values);
    expect(new Set(proposed(withRules(many)))).toEqual(new Set(['other']));
    expect(proposed(withRules(many, () => false))).toEqual(Array(20).fill('graded'));
  });

  it('are told of once where the report is of before, and says so of all of them', () => {
    const before = { ...report, warnings: [...report.warnings, ...unread(withRules(report, () => false))] };
    expect(unread(withRules(before))).toEqual(unread(withRules(report)));
    expect(unread(withRules(before, () => false))).toEqual(unread(withRules(report, () => false)));
  });
});

describe('what a rule adds to a report', () => {
  const long = 'x'.repeat(5_000);

  it('is no longer than what the file itself does, however long its names are', () => {
    const report = reportOf([long], [long]);
    const [rule] = report.byRules!;
    for (const text of [...rule!.kept.map(({ field }) => field), ...rule!.warnings, ...rule!.reads])
      expect(text.length).toBeLessThanOrEqual(1_000);
    expect(rule!.warnings).toHaveLength(1);
    const none = withRules(report, () => false);
    expect(unread(none)).toHaveLength(1);
    expect(unread(none)[0]!.length).toBeLessThanOrEqual(1_000);
    expect(proposed(none)[0]!.length).toBeLessThanOrEqual(200);
    // The sentence that says that no rule reads it is known again, cut as it is.
    const [first] = report.toPropose!;
    const before = { ...first!, scorer: long };
    for (const kept of [
      report,
      { ...report, warnings: [...report.warnings, ...unread(none)] },
      // As it was kept when the name was not cut.
      {
        ...report,
        toPropose: [before],
        byRules: [{ ...rule!, reads: [long] }],
        warnings: cutWarnings([noRuleFor(before)]),
      },
    ]) {
      expect(unread(withRules(kept))).toEqual([]);
      expect(proposed(withRules(kept))).toEqual([]);
    }
  });

  it('has no more entries than the report, over however many scorers and metrics it is', () => {
    const packages = Array.from({ length: 1_200 }, (_, nth) => `package${nth}/graded`);
    const scores = Object.fromEntries(
      packages.map((scorer) => [scorer, { value: 'P', parts: null, answer: null }]),
    );
    const metrics = Array.from({ length: 6_000 }, () => ({
      ...SCORE,
      scorer: 'package0/graded',
      name: 'package0/graded',
    }));
    const log = { graders: [], samples: [{ ...SAMPLE, scores }], scores: metrics };
    const known = { rules: [ruleOf('graded', 1n)], models: new Map(), ofRules: [] };
    const { report } = planImport(logWith({ log }), known);
    const [rule] = report.byRules!;
    expect(rule!.kept).toHaveLength(1_000);
    expect(rule!.reads).toHaveLength(1_000);
    expect(rule!.covers).toHaveLength(5_000);
    expect(rule!.warnings).toHaveLength(501);
    expect(rule!.warnings.at(-1)).toBe('700 further warnings are left out.');
    const reports = Array.from({ length: 1_200 }, () => ({
      ...report,
      toPropose: [],
      byRules: [{ ...rule!, kept: [], covers: [] }],
    }));
    expect(joinReports(reports, []).byRules).toHaveLength(1_000);
  });

  it('does not take away that no behaviour is known, where it reads nothing of the file', () => {
    const told = withRules(reportOf(['match'], ['another']));
    expect(told.warnings).toContain(NO_BEHAVIOR_KNOWN);
    expect(told.warningsOfRecord).toEqual(['No sample of this log has a score by another.']);
    expect(withRules(reportOf(['match'], ['match'])).warnings).not.toContain(NO_BEHAVIOR_KNOWN);
  });
});
