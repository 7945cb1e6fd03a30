import type { Context } from '../context.ts';
import { rulesInForce } from '../evaluation/scoring/read-scoring.ts';
import { behaviorIdsOf, labelOf } from '../evaluation/scoring/scoring-rule.ts';
import type { InspectLog } from './inspect/inspect-log.ts';
import { nameToConfirm, UNSPECIFIED } from './model-names/model-alias.ts';
import { confirmedMeaning } from './model-names/read-model-aliases.ts';
import type { ConfirmedModels } from './plan-graders.ts';
import type { RuleToApply } from './plan-measurements.ts';
import { bounded, LONGEST_NAME } from './plan-values.ts';

/** What people confirmed where a log is read: the rules for its scores, and what the names of models in it mean. */
export interface KnownHere {
  rules: readonly RuleToApply[];
  models: ConfirmedModels;
  /** What the sender must know of rules that were not applied, which others may not see. */
  ofRules: readonly string[];
}

/** As far as the importer may see it. */
export async function knownHere(
  context: Pick<Context, 'db' | 'viewer'>,
  log: Pick<InspectLog, 'evaluation' | 'run' | 'graders'>,
): Promise<KnownHere> {
  const { used, ambiguous } = await rulesInForce(context, log.evaluation.name);
  const named = [
    { name: log.run.model, version: log.run.modelRevision ?? UNSPECIFIED },
    ...log.graders.flatMap(({ model, revision }) =>
      model === null ? [] : { name: model, version: revision ?? UNSPECIFIED },
    ),
  ];
  return {
    rules: used.map((version) => ({
      versionId: version.id,
      definition: version.definition,
      behaviorIds: behaviorIdsOf(version),
    })),
    models: await confirmedMeaning(context, named.map(nameToConfirm)),
    ofRules:
      ambiguous.length === 0
        ? []
        : [
            `Several teams have a rule for the same scorer (${ambiguous.map(labelOf).join('; ')}): none was applied. Score the run by the one that you mean.`,
          ],
  };
}

/** The same, asked for by whichever format a file turns out to be of. */
export interface Confirmed {
  ofLog(log: Parameters<typeof knownHere>[1]): Promise<KnownHere>;
  /** What names of models, as a file states them, mean. */
  models(stated: readonly string[]): Promise<ConfirmedModels>;
}

export function confirmedHere(context: Pick<Context, 'db' | 'viewer'>): Confirmed {
  return {
    ofLog: (log) => knownHere(context, log),
    models: (stated) =>
      confirmedMeaning(
        context,
        stated.map((name) => bounded(name, LONGEST_NAME)),
      ),
  };
}
