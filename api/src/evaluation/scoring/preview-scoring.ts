import type { Context } from '../../context.ts';
import { resolveRef } from '../../lineage/resolve-refs.ts';
import { decodeGlobalId } from '../../platform/decode-id.ts';
import { InputRefusal, NotFoundRefusal } from '../../platform/refusal.ts';
import { scoringRuleVersionById } from './read-scoring.ts';
import { type ScoredBy, scoreRun } from './score-run.ts';
import { checkDefinition, type ScoringDefinition } from './scoring-definition.ts';
import { type DefinitionWritten, definitionOf } from './scoring-input.ts';

export interface ScoringPreview {
  /** Why the run cannot be scored so; null where it can. */
  problem: string | null;
  outcomes: ScoredBy[];
}

/** What a version of a rule, or one that is not proposed yet, would make of a run's samples. Writes nothing. */
export async function previewScoring(
  context: Context,
  args: {
    evalRun: string;
    scoringRuleVersion?: string | null;
    definition?: DefinitionWritten | null;
  },
): Promise<ScoringPreview> {
  const definition = await definitionToPreview(context, args);
  const run = await resolveRef(context, args.evalRun, ['evalRun'], ['EVAL_RUN']);
  const scoring = await scoreRun(context.db, context.viewer, run.id, definition);
  if ('problem' in scoring) return { problem: scoring.problem, outcomes: [] };
  return { problem: null, outcomes: scoring.scored };
}

async function definitionToPreview(
  context: Context,
  args: { scoringRuleVersion?: string | null; definition?: DefinitionWritten | null },
): Promise<ScoringDefinition> {
  if ((args.scoringRuleVersion == null) === (args.definition == null))
    throw new InputRefusal(['definition'], 'Give a version of a rule, or a definition.', 'one of the two');
  if (args.definition != null) {
    const definition = definitionOf(args.definition, ['definition']);
    checkDefinition(definition, ['definition']);
    return definition;
  }
  const path = ['scoringRuleVersion'];
  const { id } = decodeGlobalId(context.ids, args.scoringRuleVersion!, ['ScoringRuleVersion'], path);
  const version = await context.load(scoringRuleVersionById, id);
  if (version === null)
    throw new NotFoundRefusal(path, 'There is no version of a rule with this id.', args.scoringRuleVersion!);
  return version.definition;
}
