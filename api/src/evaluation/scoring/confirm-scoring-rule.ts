import type { Change } from '../../access/change.ts';
import { decodeGlobalId } from '../../platform/decode-id.ts';
import { AccessRefusal, ConflictRefusal, InputRefusal, NotFoundRefusal } from '../../platform/refusal.ts';
import { insertUnique } from '../named-thing.ts';
import { insertConfirmation, lockRule, retractVersion, selectVersions } from './scoring.store.ts';
import { labelOf, type ScoringRuleVersionRow, statusOf } from './scoring-rule.ts';

/** A version as the writer may see it now; a NotFoundRefusal where there is none. */
export async function requireVersion(
  change: Pick<Change, 'tx' | 'context'>,
  id: string,
): Promise<ScoringRuleVersionRow> {
  const decoded = decodeGlobalId(change.context.ids, id, ['ScoringRuleVersion'], ['scoringRuleVersion']);
  const [version] = await selectVersions(change.tx, change.context.viewer, [decoded.id]);
  if (version === undefined)
    throw new NotFoundRefusal(['scoringRuleVersion'], 'There is no version of a rule with this id.', id);
  return version;
}

/**
 * A person's word that a version says what the scorer means: from now on imports apply it, and it supersedes the
 * versions before it. What they measured stays as it is.
 */
export async function confirmScoringRule(
  change: Change,
  input: { scoringRuleVersion: string; comment?: string | null },
): Promise<{ scoringRuleVersionId: bigint }> {
  const seen = await requireVersion(change, input.scoringRuleVersion);
  mayDecide(change, seen, 'confirm');
  if (change.by.actorKind !== 'PERSON')
    throw new AccessRefusal('FORBIDDEN', 'Only a person confirms what a score means.');
  await lockRule(change.tx, seen.scoringRuleId);
  const version = await requireVersion(change, input.scoringRuleVersion);
  const status = statusOf(version);
  if (status !== 'PROPOSED')
    throw new ConflictRefusal(['scoringRuleVersion'], `${labelOf(version)}, ${WHY[status](version)}`, {
      existing: { type: 'ScoringRuleVersion', id: version.id },
    });
  await insertUnique(['scoringRuleVersion'], `${labelOf(version)}, was confirmed a moment ago.`, () =>
    insertConfirmation(
      change.tx,
      { teamId: change.teamId, actorId: change.by.actorId },
      version.id,
      input.comment ?? null,
    ),
  );
  await change.event(
    { type: 'SCORING_RULE_CONFIRMED', rule: version.ruleName, version: version.number },
    toldOf(version),
  );
  return { scoringRuleVersionId: version.id };
}

/** To the people of the team whose version it is, whoever of them acts for another of their teams, too. */
const toldOf = ({ id, visibility, teamId }: ScoringRuleVersionRow) => ({
  ...{ visibility, teamId },
  tells: { scoringRuleVersion: [id] },
});

const WHY = {
  CONFIRMED: (v: ScoringRuleVersionRow) => `was confirmed by ${v.confirmedByName ?? 'somebody'} already.`,
  BUILT_IN: () => 'is built in: propose a version of your own to say otherwise.',
  SUPERSEDED: () => 'is behind a version that is confirmed: propose it anew to go back.',
  RETRACTED: () => 'was retracted.',
} as const;

/** Takes a version back: no import applies it any more. What it measured stays, and says by what it was made. */
export async function retractScoringRuleVersion(
  change: Change,
  input: { scoringRuleVersion: string; reason: string },
): Promise<{ scoringRuleVersionId: bigint }> {
  if (input.reason.trim() === '')
    throw new InputRefusal(['reason'], 'The reason is empty.', 'why it is taken back');
  const version = await requireVersion(change, input.scoringRuleVersion);
  mayDecide(change, version, 'retract');
  await lockRule(change.tx, version.scoringRuleId);
  if (!(await retractVersion(change.tx, version.id, change.by.actorId, input.reason)))
    throw new ConflictRefusal(['scoringRuleVersion'], 'This version was retracted already.', {
      existing: { type: 'ScoringRuleVersion', id: version.id },
    });
  await change.event(
    {
      type: 'RETRACTED',
      target: `the scoring rule ${labelOf(version)}`,
      reason: input.reason,
      replacedBy: null,
    },
    toldOf(version),
  );
  return { scoringRuleVersionId: version.id };
}

function mayDecide(change: Change, version: ScoringRuleVersionRow, what: string): void {
  if (change.by.role === 'ADMINISTRATOR' || change.by.teamIds.includes(version.teamId)) return;
  throw new AccessRefusal(
    'FORBIDDEN',
    `Only the team whose rule this is, or an administrator, may ${what} it. You may propose a rule of your own team.`,
  );
}
