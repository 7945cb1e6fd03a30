import { widestWithin } from '../access/audience-sight.ts';
import type { Change } from '../access/change.ts';
import { selectTeamsOf } from '../access/guards.store.ts';
import { reading } from '../evaluation/named-thing.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import { resolveRef } from '../lineage/resolve-refs.ts';
import { InputRefusal } from '../platform/refusal.ts';
import { resolveDefinition } from './resolve-definition.ts';
import { insertRule } from './rule.store.ts';
import type { RuleDefinitionInput } from './rule-input.ts';
import { selectGuardsOf } from './sight.store.ts';
import { insertWatch } from './watch.store.ts';

export interface RegressionRuleToCreate {
  title: string;
  definition: RuleDefinitionInput;
  incident?: string | null;
  note?: string | null;
  visibility?: VisibilityWord | null;
}

const LONGEST_TITLE = 200;

/**
 * Makes a rule, which looks at what is recorded from now on, and has its author watch it. It is never changed: to say
 * otherwise, retire it and make another.
 */
export async function createRegressionRule(
  change: Change,
  input: RegressionRuleToCreate,
): Promise<{ regressionRuleId: bigint }> {
  const { tx, context, teamId } = change;
  const title = input.title.trim();
  if (title === '' || title.length > LONGEST_TITLE)
    throw new InputRefusal(['title'], 'The rule has no title.', `1 to ${LONGEST_TITLE} characters`);
  const definition = await resolveDefinition(context, input.definition);
  const incident =
    input.incident == null
      ? null
      : await resolveRef(reading(change), input.incident, ['incident'], ['INCIDENT']);
  const by = { teamId, actorId: change.by.actorId };
  const visibility = input.visibility ?? 'MEMBERS';
  const regressionRuleId = await insertRule(tx, by, {
    ...definition,
    title,
    incidentId: incident?.id ?? null,
    note: input.note?.trim() || null,
    visibility,
  });
  await insertWatch(tx, by.actorId, { type: 'RegressionRule', id: regressionRuleId });
  const rests = await selectGuardsOf(tx, regressionRuleId, []);
  const told = widestWithin(by, rests, await selectTeamsOf(tx, rests)).visibility;
  await change.event({ type: 'REGRESSION_RULE_CREATED', rule: title }, { visibility: told });
  return { regressionRuleId };
}
