import type { ImportReport } from './import.ts';
import { joinReports } from './join-reports.ts';
import type { FilePlan } from './planned.ts';
import type { RecordedRun } from './record-run.ts';

/** What is told of a file whose runs are recorded, or were found recorded from other files. */
export function reportOfRuns(plan: FilePlan, runs: readonly RecordedRun[]): ImportReport {
  const before = runs.filter((run) => run.before).map((run) => String(run.id));
  const reports = [plan.report, ...plan.runs.map((run) => run.report)];
  return {
    ...joinReports(
      reports,
      runs.flatMap((run) => run.warnings),
      runs.flatMap((run) => run.ofRules),
    ),
    recordedBefore: before.length > 0 && before.length === runs.length ? before[0]! : null,
    runsRecordedBefore: before,
  };
}
