import type { Context } from '../context.ts';
import { rulesInForce } from '../evaluation/scoring/read-scoring.ts';
import { behaviorIdsOf, labelOf, wordOf } from '../evaluation/scoring/scoring-rule.ts';
import type { RuleToApply } from './plan-measurements.ts';

/** The confirmed and built-in rules that the importer may see for a task, and what they must be told of others. */
export async function rulesToApply(
  context: Pick<Context, 'db' | 'viewer'>,
  task: string,
): Promise<{ used: RuleToApply[]; warnings: string[] }> {
  const { used, ambiguous } = await rulesInForce(context, task);
  return {
    used: used.map((version) => ({
      versionId: version.id,
      label: labelOf(version),
      word: wordOf(version),
      definition: version.definition,
      behaviorIds: behaviorIdsOf(version),
    })),
    warnings:
      ambiguous.length === 0
        ? []
        : [
            `Several teams have a rule for the same scorer (${ambiguous.map(labelOf).join('; ')}): none was applied. Score the run by the one that you mean.`,
          ],
  };
}
