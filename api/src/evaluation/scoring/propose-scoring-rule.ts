import type { Change } from '../../access/change.ts';
import { isWider, narrowest } from '../../access/narrowest.ts';
import { taken, takenName } from '../../access/taken-name.ts';
import type { VisibilityWord } from '../../lineage/node.ts';
import { ConflictRefusal, InputRefusal } from '../../platform/refusal.ts';
import { selectNamespace } from '../catalogue.store.ts';
import { requireNamed } from '../find-named.ts';
import { checkThing, insertUnique } from '../named-thing.ts';
import { withoutPackage } from './scorer-names.ts';
import { insertRule, insertVersion, selectLastNumber, selectOwnRule, selectRules } from './scoring.store.ts';
import { behaviorsOf, checkDefinition, type ScoringDefinition } from './scoring-definition.ts';

export interface ScoringRuleToPropose {
  /** The evaluation's name as logs give it, with or without the package. */
  evaluation: string;
  /** `evaluation/scorer` where left out; another name for a second rule on the same scorer. */
  name?: string | null;
  definition: ScoringDefinition;
  note?: string | null;
  visibility?: VisibilityWord | null;
}

/**
 * Proposes a version of a rule, and the rule itself where the team has none of this name. It is applied to nothing
 * until a person confirms it. A version is shown as widely as its rule, as far as its behaviours are: whoever sees the
 * rule would learn of one that is stated to be for fewer by the number that is missing (decision 40).
 */
export async function proposeScoringRule(
  change: Change,
  input: ScoringRuleToPropose,
): Promise<{ scoringRuleVersionId: bigint }> {
  const { tx, teamId } = change;
  checkDefinition(input.definition, ['definition']);
  const evaluation = input.evaluation.trim();
  const scorer = withoutPackage(input.definition.scorer.trim(), evaluation);
  if (evaluation === '' || evaluation.length > 200)
    throw new InputRefusal(['evaluation'], 'The evaluation has no name.', '1 to 200 characters');
  const name = input.name ?? `${evaluation}/${scorer}`;
  checkThing(name, null);
  const { definition, behaviors } = await resolveBehaviors(change, { ...input.definition, scorer });
  const by = { teamId, actorId: change.by.actorId };
  const namespace = await selectNamespace(tx, teamId);
  let rule = await heldRule(change, { namespace, name, evaluation, scorer }, input.visibility);
  const shown = input.visibility ?? rule?.visibility ?? 'MEMBERS';
  const widest = narrowest(shown, ...behaviors.map((b) => b.visibility));
  if (rule === null) {
    const id = await insertUnique(['name'], taken(name), () =>
      insertRule(tx, by, { namespace, name, evaluation, scorer, visibility: widest }),
    );
    rule = { id, name, evaluation, scorer, visibility: widest };
  }
  const visibility = narrowest(rule.visibility, widest);
  const number = (await selectLastNumber(tx, rule.id)) + 1;
  const scoringRuleVersionId = await insertVersion(tx, by, {
    ruleId: rule.id,
    number,
    definition,
    behaviorIds: behaviors.map((behavior) => behavior.id),
    note: input.note ?? null,
    visibility,
  });
  await change.event({ type: 'SCORING_RULE_PROPOSED', rule: rule.name, version: number }, { visibility });
  return { scoringRuleVersionId };
}

/** The rule of this name, or null. Throws ConflictRefusal where a version as it is proposed cannot be its. */
async function heldRule(
  change: Change,
  { namespace, name, evaluation, scorer }: Record<'namespace' | 'name' | 'evaluation' | 'scorer', string>,
  stated: VisibilityWord | null | undefined,
) {
  const rule = await selectOwnRule(change.tx, namespace, name);
  if (rule === null) return null;
  if ((await selectRules(change.tx, change.context.viewer, [rule.id])).length === 0)
    throw takenName(['name'], name);
  if (rule.evaluation !== evaluation || rule.scorer !== scorer)
    throw new ConflictRefusal(
      ['name'],
      `${name} is about ${rule.scorer} in ${rule.evaluation}: give this rule another name.`,
      { existing: { type: 'ScoringRule', id: rule.id } },
    );
  if (stated != null && isWider(rule.visibility, stated))
    throw new ConflictRefusal(
      ['visibility'],
      `${name} is visible as ${rule.visibility}: give a version that fewer may see another name, as its number would be missing.`,
    );
  return rule;
}

/** The definition with each behaviour's whole name, and those behaviours in the order of `behaviorsOf`. */
async function resolveBehaviors(change: Change, definition: ScoringDefinition) {
  const { behavior } = definition;
  const path =
    typeof behavior === 'string'
      ? ['definition', 'behavior']
      : ['definition', 'behaviorByTaskArg', 'behaviors'];
  const written = behaviorsOf(definition);
  const found = await requireNamed(
    change.tx,
    change.context.viewer,
    'behavior',
    written.map((name) => ({ name, path })),
  );
  const whole = new Map(
    written.map((name, i) => {
      const { namespace, name: bare } = found[i]!;
      return [name, namespace === '' ? bare : `${namespace}/${bare}`];
    }),
  );
  const named = (name: string) => whole.get(name) ?? name;
  const resolved: ScoringDefinition = {
    ...definition,
    behavior:
      typeof behavior === 'string'
        ? named(behavior)
        : {
            byTaskArg: behavior.byTaskArg,
            names: Object.fromEntries(Object.entries(behavior.names).map(([at, name]) => [at, named(name)])),
            ...(behavior.byDefault === undefined ? {} : { byDefault: named(behavior.byDefault) }),
          },
  };
  const byName = new Map(written.map((name, i) => [named(name), found[i]!]));
  return { definition: resolved, behaviors: behaviorsOf(resolved).map((name) => byName.get(name)!) };
}
