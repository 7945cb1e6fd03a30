export type Moment = Date | number;

/** The two times of a recorded row: when it was learnt, and when it was unlearnt. */
export interface RecordedTimes {
  readonly recordedAt: Moment;
  readonly retractedAt: Moment | null;
}

export type RecordStatus = 'ASSERTED' | 'DISPUTED' | 'RETRACTED';

/** Whether a row had been recorded, and not yet retracted, on a moment. */
export function knownOn(row: RecordedTimes, on: Moment): boolean {
  return isRecorded(row, on) && retractedAtOn(row, on) === null;
}

/** When a row was retracted, as far as was known on a moment: a later retraction was not. */
export function retractedAtOn<T extends RecordedTimes>(row: T, on: Moment): T['retractedAt'] {
  return row.retractedAt !== null && +row.retractedAt <= +on ? row.retractedAt : null;
}

/** A row's status as known on a moment; null where it had not been recorded by then. */
export function statusOn(
  row: RecordedTimes,
  disputes: readonly RecordedTimes[],
  on: Moment,
): RecordStatus | null {
  if (!isRecorded(row, on)) return null;
  if (retractedAtOn(row, on) !== null) return 'RETRACTED';
  return disputes.some((dispute) => knownOn(dispute, on)) ? 'DISPUTED' : 'ASSERTED';
}

/** The moment that an answer holds for: never beyond what has certainly committed. */
export function clampToCertain<T extends Moment>(asked: T | null, certain: T): T {
  return asked === null || +asked > +certain ? certain : asked;
}

function isRecorded(row: RecordedTimes, on: Moment): boolean {
  return +row.recordedAt <= +on;
}
