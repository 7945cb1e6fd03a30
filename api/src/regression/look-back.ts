import type { Change } from '../access/change.ts';
import { ConflictRefusal, InputRefusal } from '../platform/refusal.ts';
import { insertLookBack } from './examine.store.ts';
import { mayLookBack } from './regression.access.ts';
import { countMatching, selectNewestMatching } from './sight.store.ts';
import { standingRule, tellOfRule } from './standing-rule.ts';

/** So many measurements at once, and so many comparisons: each measurement is compared with each baseline. */
const MOST_LOOKED_BACK = 500;
const MOST_COMPARISONS = 1_000;

/**
 * Has a rule say of what was recorded from some moment on until it was made what it would have said, soon after this commits.
 * At what was recorded later it looked already. It is asked about what the viewer sees, and says what its author sees: so
 * neither learns of anything hidden from them. All of it is judged together, and nothing is said twice.
 */
export async function lookBackRegressionRule(
  change: Change,
  input: { regressionRule: string; since: Date },
): Promise<{ regressionRuleId: bigint; measurements: number }> {
  const { tx, context } = change;
  const rule = await standingRule(change, input.regressionRule, mayLookBack);
  const { since } = input;
  const made = rule.recordedAt;
  if (since >= made)
    throw new InputRefusal(
      ['since'],
      'It looked at everything since it was made.',
      `a moment before ${made.toISOString()}`,
    );
  const period = { since, before: made };
  const count = await countMatching(tx, context.viewer, rule, period);
  if (count === 0)
    throw new InputRefusal(
      ['since'],
      'Nothing that it is about was recorded from then until it was made.',
      'an earlier moment',
    );
  const most = mostOf(rule.baselineIds.length);
  if (count > most)
    throw new InputRefusal(
      ['since'],
      `${count} measurements were recorded from then until it was made, which are too many to look back at.`,
      `a later moment, since which there are at most ${most}`,
    );
  const ids = await selectNewestMatching(tx, context.viewer, rule, most, period);
  if (!(await insertLookBack(tx, change.by.actorId, rule.id, ids)))
    throw new ConflictRefusal(['regressionRule'], 'It is looking back for you already.', {
      existing: { type: 'RegressionRule', id: rule.id },
    });
  await tellOfRule(change, rule, {
    type: 'REGRESSION_RULE_LOOKED_BACK',
    rule: rule.title,
    since: since.toISOString(),
  });
  return { regressionRuleId: rule.id, measurements: ids.length };
}

const mostOf = (baselines: number): number =>
  Math.min(MOST_LOOKED_BACK, Math.floor(MOST_COMPARISONS / Math.max(1, baselines)));
