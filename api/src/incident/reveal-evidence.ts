import { type Change, tellIn } from '../access/change.ts';
import { CLOSED } from '../audit-log/event.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { insertReveal, selectEvidence } from './evidence.store.ts';
import { LONGEST_REASON, REVEAL_MS, SHORTEST_REASON } from './evidence.ts';

/**
 * Records who wants to read restricted evidence, and why. Nothing of it is read here: the answer is resolved after
 * this has been committed, and so is every download.
 */
export async function revealEvidence(
  change: Change,
  input: { id: string; reason: string },
): Promise<{ evidenceId: bigint; revealId: bigint }> {
  const { tx, context, by } = change;
  const { id } = decodeGlobalId(context.ids, input.id, ['Evidence'], ['id']);
  const [evidence] = await selectEvidence(tx, context.viewer, [id]);
  if (evidence === undefined) throw new NotFoundRefusal(['id'], 'There is no such evidence.', input.id);
  const reason = input.reason.trim();
  if ([...reason].length < SHORTEST_REASON || reason.length > LONGEST_REASON)
    throw new InputRefusal(
      ['reason'],
      'Say why you need to read this.',
      `a reason of ${SHORTEST_REASON} to ${LONGEST_REASON} characters`,
    );
  if (!evidence.restricted)
    throw new ConflictRefusal(['id'], 'This evidence is open to whoever may see it; no reason is needed.');
  const teamId = evidence.incidentTeamId;
  const revealId = await insertReveal(tx, {
    evidenceId: id,
    reason,
    lastsMs: REVEAL_MS,
    visibility: 'TEAM',
    teamId,
    actorId: by.actorId,
  });
  // Told to the incident's team, not the reader's, nor to who is named; and where not all of that team may see the
  // evidence, to nobody else by the timeline, for it would tell them that there is some.
  await tellIn(tx, { actorId: by.actorId, teamId })(
    { type: 'EVIDENCE_REVEALED', title: evidence.title, reason },
    {
      nodes: [evidence.incidentId],
      of: { type: 'Evidence', id },
      visibility: evidence.visibility === 'RESTRICTED' ? 'RESTRICTED' : 'TEAM',
      tells: { evidence: [id] },
      ...CLOSED,
    },
  );
  return { evidenceId: id, revealId };
}
