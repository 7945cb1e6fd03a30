import type { Change } from '../access/change.ts';
import { CLOSED } from '../audit-log/event.ts';
import { recordEvent } from '../audit-log/record-event.ts';
import { LONGEST_REASON, REVEAL_MS, SHORTEST_REASON } from '../incident/evidence.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { MOST_LISTED } from '../platform/listed.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { insertImportReveal, selectRestriction } from './kept-file.store.ts';
import { hasTranscripts } from './read-transcripts.ts';
import { seenWhole } from './seen-whole.ts';

/**
 * Records who wants to read a restricted file, or a transcript in it, and why. Nothing of it is read here: what it opens
 * is opened after this has been committed.
 */
export async function revealImport(
  change: Change,
  input: { import: string; reason: string },
): Promise<{ importId: bigint; revealId: bigint }> {
  const { tx, context, by } = change;
  const { id } = decodeGlobalId(context.ids, input.import, ['Import'], ['import']);
  const file = await selectRestriction(tx, context.viewer, id);
  const whole = (await context.load(seenWhole, id)) === true;
  // A file that tells of something hidden looks as one that is not kept, unless transcripts in it are read all the same.
  const readInPart = file !== null && file.runIds.length > 0 && hasTranscripts(file.format);
  if (file === null || !(whole || readInPart))
    throw new NotFoundRefusal(['import'], 'There is no such file.', input.import);
  const reason = input.reason.trim();
  if ([...reason].length < SHORTEST_REASON || reason.length > LONGEST_REASON)
    throw new InputRefusal(
      ['reason'],
      'Say why you need to read this.',
      `a reason of ${SHORTEST_REASON} to ${LONGEST_REASON} characters`,
    );
  if (!file.restricted && !(whole && file.tellsOfRestricted))
    throw new ConflictRefusal(['import'], 'This file is open to whoever may see it; no reason is needed.');
  const { teamId, fileName, digest } = file;
  const revealId = await insertImportReveal(tx, {
    importId: id,
    reason,
    lastsMs: REVEAL_MS,
    teamId,
    actorId: by.actorId,
  });
  // It names what only some may see, and who read it: neither is for those who are named on an eval run. Of a file of very
  // many runs it stands with the first of them, as where it was brought in.
  await recordEvent(
    tx,
    { actorId: by.actorId, teamId },
    { type: 'IMPORT_REVEALED', fileName, digest, reason },
    { nodes: file.runIds.slice(0, MOST_LISTED), visibility: 'RESTRICTED', ...CLOSED },
  );
  return { importId: id, revealId };
}
