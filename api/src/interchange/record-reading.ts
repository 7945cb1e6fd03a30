// What is kept of a file's having been read again, once all of it is.
import type { Change } from '../access/change.ts';
import { narrowest } from '../access/narrowest.ts';
import { recordEvents } from '../audit-log/record-event.ts';
import { MOST_LISTED } from '../platform/listed.ts';
import type { ImportReport, ImportRow } from './import.ts';
import { insertReading, type ReadingChange, type RunMade, selectLastReport } from './import-reading.store.ts';
import { joinReports } from './join-reports.ts';
import { withMeasured } from './measured-by-rules.ts';
import type { FilePlan } from './planned.ts';
import type { KeptFileRow } from './read-kept-files.ts';
import { changesOfReport, cutChanges } from './reading-changes.ts';
import type { RunOfFile } from './record-imported-run.ts';
import { refOfRun } from './record-run.ts';

/** What a kept file says to today's reader. */
export interface Reread {
  row: ImportRow;
  file: KeptFileRow;
  plan: FilePlan;
}

/** What its runs are recorded with. */
export const aboutFile = ({ row, file, plan }: Reread): Omit<RunOfFile, 'name'> => ({
  importId: row.id,
  source: plan.source,
  fileName: file.fileName,
  digest: file.digest,
  visibility: row.visibility,
  models: new Map(),
  datasets: new Map(),
});

/** What its runs came to. */
export interface ReadingTold {
  /** How many say something else than before. */
  made: number;
  /** They, or as many as are told of one by one. */
  runs: readonly RunMade[];
  /** What they say otherwise. */
  changes: readonly ReadingChange[];
  warnings: readonly string[];
  /** Those that are of rules and what these measure. */
  ofRules: readonly string[];
  /** The ids of its runs, whether this reading made them or not; left out of a file of very many, which no rule reads. */
  read?: readonly bigint[];
  /** Of its runs, those that another file had made, by their ids. */
  found: readonly bigint[];
}

export async function recordReading(change: Change, reread: Reread, told: ReadingTold): Promise<bigint> {
  const { tx, teamId, by } = change;
  const { row, plan } = reread;
  const { visibility } = row;
  const reports = [plan.report, ...plan.runs.map((run) => run.report)];
  const joined = joinReports(reports, told.warnings, told.ofRules);
  const report = await withMeasured(tx, joined, told.read ?? []);
  const before = (await selectLastReport(tx, row.id)) as ImportReport | null;
  const ofFile = told.made > 0 && before !== null ? changesOfReport(before, report) : [];
  const readingId = await insertReading(tx, {
    importId: row.id,
    same: told.made === 0,
    changes: cutChanges([...ofFile, ...told.changes]),
    report,
    found: told.found,
    visibility,
    teamId,
    actorId: by.actorId,
  });
  await tellReread(change, reread, told);
  return readingId;
}

/**
 * Records that the file was read again: with each of the runs that were made, of that one alone, since who sees the one may
 * not see another, nor all that it says otherwise. Where none was, it is as it is for what it was found to say.
 */
async function tellReread(
  change: Change,
  { row, file }: Reread,
  { runs, found }: Pick<ReadingTold, 'runs' | 'found'>,
): Promise<void> {
  const { tx, teamId, by } = change;
  const { visibility } = row;
  const { fileName, digest } = file;
  const reread = { type: 'IMPORT_REREAD', fileName, digest } as const;
  if (runs.length === 0)
    return change.event({ ...reread, refs: [] }, { nodes: found.slice(0, MOST_LISTED), visibility });
  await recordEvents(
    tx,
    runs.map((run) => ({
      by: { actorId: by.actorId, teamId },
      event: { ...reread, refs: [refOfRun(run.name)] },
      subject: { nodes: [run.id], visibility: narrowest(visibility, run.visibility) },
    })),
  );
}
