import { widestWithin } from '../access/audience-sight.ts';
import type { Change } from '../access/change.ts';
import { selectTeamsOf } from '../access/guards.store.ts';
import { permits } from '../access/rules.ts';
import type { Permission, Viewer } from '../access/viewer.ts';
import { decodeGlobalId } from '../platform/decode-id.ts';
import { AccessRefusal, ConflictRefusal, InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import type { RegressionRuleRow } from './regression.ts';
import { retireRule, selectRules } from './rule.store.ts';
import { selectGuardsOf } from './sight.store.ts';

/** Whether the viewer may retire a rule: its team's investigators may, and administrators. */
export function mayRetire(
  viewer: Viewer,
  rule: Pick<RegressionRuleRow, 'teamId' | 'retractedAt'>,
): Permission {
  const permission = permits(viewer, 'judge');
  if (!permission.allowed || viewer.kind === 'anonymous') return permission;
  if (rule.retractedAt !== null) return { allowed: false, reason: 'It was retired already.' };
  if (viewer.role === 'ADMINISTRATOR' || viewer.teamIds.includes(rule.teamId)) return permission;
  return { allowed: false, reason: 'Only the team whose rule it is, and administrators, may retire it.' };
}

/** From now on the rule looks at nothing. What it said stays. */
export async function retireRegressionRule(
  change: Change,
  input: { regressionRule: string; reason: string },
): Promise<{ regressionRuleId: bigint }> {
  const { tx, context } = change;
  const { id } = decodeGlobalId(context.ids, input.regressionRule, ['RegressionRule'], ['regressionRule']);
  const [rule] = await selectRules(tx, context.viewer, [id]);
  if (rule === undefined)
    throw new NotFoundRefusal(['regressionRule'], 'There is no such rule.', input.regressionRule);
  const reason = input.reason.trim();
  if (reason === '') throw new InputRefusal(['reason'], 'Say why it is retired.', 'a sentence');
  const existing = { existing: { type: 'RegressionRule', id } };
  const retired = () => new ConflictRefusal(['regressionRule'], 'It was retired already.', existing);
  if (rule.retractedAt !== null) throw retired();
  const permission = mayRetire(context.viewer, rule);
  if (!permission.allowed)
    throw new AccessRefusal('FORBIDDEN', permission.reason ?? 'You may not retire it.');
  if (!(await retireRule(tx, id, change.by.actorId, reason))) throw retired();
  const rests = await selectGuardsOf(tx, rule, []);
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  const told = widestWithin(by, rests, await selectTeamsOf(tx, rests)).visibility;
  await change.event({ type: 'REGRESSION_RULE_RETIRED', rule: rule.title, reason }, { visibility: told });
  return { regressionRuleId: id };
}
