import { widestWithin } from '../access/audience-sight.ts';
import type { Change } from '../access/change.ts';
import { selectTeamsOf } from '../access/guards.store.ts';
import type { Permission, Viewer } from '../access/viewer.ts';
import type { Event } from '../audit-log/event.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { AccessRefusal, ConflictRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import type { RegressionRuleRow } from './regression.ts';
import { selectRules } from './rule.store.ts';
import { selectGuardsOf } from './sight.store.ts';

/** That a rule was retired, and so does nothing more. */
export const retired = (id: bigint): ConflictRefusal =>
  new ConflictRefusal(['regressionRule'], 'It was retired already.', {
    existing: { type: 'RegressionRule', id },
  });

/** A rule that stands and with which the viewer may do this; else refused. */
export async function standingRule(
  change: Change,
  named: string,
  may: (viewer: Viewer, rule: RegressionRuleRow) => Permission,
): Promise<RegressionRuleRow> {
  const { tx, context } = change;
  const { id } = decodeGlobalId(context.ids, named, ['RegressionRule'], ['regressionRule']);
  const [rule] = await selectRules(tx, context.viewer, [id]);
  if (rule === undefined) throw new NotFoundRefusal(['regressionRule'], 'There is no such rule.', named);
  if (rule.retractedAt !== null) throw retired(id);
  const permission = may(context.viewer, rule);
  if (!permission.allowed) throw new AccessRefusal('FORBIDDEN', permission.reason ?? 'You may not do this.');
  return rule;
}

/** Records what was done with a rule, for nobody to see who does not see all that the rule rests on. */
export async function tellOfRule(change: Change, rule: RegressionRuleRow, event: Event): Promise<void> {
  const rests = await selectGuardsOf(change.tx, rule.id, []);
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  const { visibility } = widestWithin(by, rests, await selectTeamsOf(change.tx, rests));
  await change.event(event, { visibility });
}
