// What is told of the report of a file, and to whom.
import { readsAsMember, readsEverything, type Viewer } from '../access/viewer.ts';
import type { ImportReport, ToldByRule } from './import.ts';
import { asWrittenToday } from './older-report.ts';
import { withRules } from './told-by-rules.ts';

/** Said in place of why a file failed, where that rests on the record, to whoever did not send it. */
export const SENDER_WAS_TOLD = 'It rests on what is recorded: whoever sent the file was told why.';

/** The same of a file that is read again. */
export const READER_WAS_TOLD = 'It was broken off: whoever had it read was told why.';

/**
 * Whether a viewer reads what was said against the record: it was worded by what the sender saw, and may name what
 * another does not see, a token of theirs that may not read included.
 */
export const readsAgainstRecord = (viewer: Viewer, senderId: bigint): boolean =>
  readsAsMember(viewer) && (viewer.actorId === senderId || readsEverything(viewer));

/**
 * A report as a viewer is told it: nothing of what rests on the record but to who reads against it, not even that there is
 * any, since a line that is left out may be left out for something hidden, and is then as absent as that; and of what rules
 * made of the file nothing but by those that are seen, which the sender saw all.
 */
export function toldTo(
  viewer: Viewer,
  senderId: bigint,
  kept: ImportReport,
  isSeen: (rule: ToldByRule) => boolean,
): ImportReport {
  const whole = readsAgainstRecord(viewer, senderId);
  const { warningsOfRecord = [], ...report } = withRules(asWrittenToday(kept), whole ? () => true : isSeen);
  if (whole) return { ...report, warnings: [...warningsOfRecord, ...report.warnings] };
  return { ...report, leftOut: report.leftOut.filter(({ restsOnRecord }) => restsOnRecord !== true) };
}
