import type { Change } from '../../access/change.ts';
import { tellTakenBack } from '../../lineage/tell-statements.ts';
import { decodeGlobalId } from '../../platform/decode-id.ts';
import { AccessRefusal, ConflictRefusal, InputRefusal, NotFoundRefusal } from '../../platform/refusal.ts';
import { type JudgementToRetract, retractMeasurement, selectJudgementToRetract } from './judgement.store.ts';

const LONGEST_REASON = 2_000;

/**
 * Takes back what a person said of single samples, with the measurement that counts it. Nothing is deleted: what was
 * compared with it stands, and says so. What no person judged is a part of what its run says, and goes with that.
 */
export async function retractJudgement(
  change: Change,
  input: { measurement: string; reason: string },
): Promise<{ measurementId: bigint }> {
  const { tx, context, by } = change;
  const path = ['measurement'];
  const { id } = decodeGlobalId(context.ids, input.measurement, ['Measurement'], path);
  const reason = checkReason(input.reason);
  const row = await selectJudgementToRetract(tx, context.viewer, id);
  if (row === null)
    throw new NotFoundRefusal(path, 'There is no measurement with this id.', input.measurement);
  if (!row.judged)
    throw new InputRefusal(
      path,
      'No person judged single samples for this: it is a part of what its eval run says, and is taken back with that.',
      'a measurement that counts what a person said of single samples',
    );
  mustBeTheirs(change, row);
  if (row.retracted || !(await retractMeasurement(tx, id, by.actorId, reason)))
    throw new ConflictRefusal(path, 'This was retracted already.', { existing: { type: 'Measurement', id } });
  await tellTakenBack(change, {
    ...row,
    // By whom it was judged, not everybody sees who sees the measurement.
    target: `a person's judgement of ${row.behavior}`,
    reason,
    nodeId: row.evalRunId,
    tells: { measurement: [id] },
  });
  return { measurementId: id };
}

function checkReason(text: string): string {
  const reason = text.trim();
  if (reason === '') throw new InputRefusal(['reason'], 'The reason is empty.', 'why it is taken back');
  if (reason.length > LONGEST_REASON)
    throw new InputRefusal(
      ['reason'],
      'The reason is too long.',
      `at most ${LONGEST_REASON.toLocaleString('en')} characters`,
    );
  return reason;
}

/** A word of one's own goes with whoever gave it, whichever team they are in by now. */
function mustBeTheirs({ by }: Change, row: JudgementToRetract): void {
  if (by.role === 'ADMINISTRATOR' || by.actorId === row.actorId || by.teamIds.includes(row.teamId)) return;
  throw new AccessRefusal(
    'FORBIDDEN',
    'Only who recorded this judgement, their team, or an administrator, may take it back. You may judge anew.',
  );
}
