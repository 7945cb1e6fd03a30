import type { Change } from '../access/change.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { mayRetire } from './regression.access.ts';
import { retireRule } from './rule.store.ts';
import { retired, standingRule, tellOfRule } from './standing-rule.ts';

/** From now on the rule looks at nothing. What it said stays. */
export async function retireRegressionRule(
  change: Change,
  input: { regressionRule: string; reason: string },
): Promise<{ regressionRuleId: bigint }> {
  const rule = await standingRule(change, input.regressionRule, mayRetire);
  const reason = input.reason.trim();
  if (reason === '') throw new InputRefusal(['reason'], 'Say why it is retired.', 'a sentence');
  if (!(await retireRule(change.tx, rule.id, change.by.actorId, reason))) throw retired(rule.id);
  await tellOfRule(change, rule, { type: 'REGRESSION_RULE_RETIRED', rule: rule.title, reason });
  return { regressionRuleId: rule.id };
}
