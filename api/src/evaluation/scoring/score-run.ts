// What a definition makes of the recorded samples of a run, or why it can make nothing of them.
import type { Viewer } from '../../access/viewer.ts';
import type { Db, Tx } from '../../platform/database.ts';
import { selectSoleCondition } from '../sample-condition.store.ts';
import {
  behaviorFor,
  conditionNameOf,
  countOutcomes,
  factorsFor,
  type OutcomeCounts,
} from './judge-score.ts';
import { areTooMany, meantBy, tooManyMeant } from './scorer-names.ts';
import {
  type RunToScore,
  type ScoreCase,
  selectRunToScore,
  selectScoreCases,
  selectScorersOfRun,
} from './scoring.store.ts';
import type { ScoringDefinition } from './scoring-definition.ts';

export interface ScoredBy extends OutcomeCounts {
  /** As the samples call it. */
  scorer: string;
  behavior: string;
  /** Null where the rule makes none, or the run gives none of its arguments, and its figures stand under no one. */
  condition: string | null;
  factors: Record<string, unknown>;
}

export type Scoring = { run: RunToScore & { task: string }; scored: ScoredBy[] } | { problem: string };

/** Counts, for each scorer of the run that goes by the definition's name, what its samples come to. Writes nothing. */
export async function scoreRun(
  db: Pick<Db | Tx, '$queryRaw'>,
  viewer: Viewer,
  runId: bigint,
  definition: ScoringDefinition,
): Promise<Scoring> {
  const run = await selectRunToScore(db, viewer, runId);
  if (run === null) return { problem: 'This eval run was retracted.' };
  const { task } = run;
  if (task === null)
    return {
      problem: 'What this run is a run of is not yours to see, so that no rule can be applied to it.',
    };
  if (run.samples === 0)
    return { problem: 'The samples of this run are not recorded, so that no rule can be applied to them.' };
  if (run.silent > 0 && (run.invalidated ?? 0) > 0)
    return {
      problem: `${run.invalidated} samples of this run were invalidated, and it was recorded before Headwater kept which: import its log anew.`,
    };
  const all = await selectScorersOfRun(db, viewer, runId);
  const scorers = meantBy(definition.scorer, all);
  if (scorers.length === 0) {
    const others = all.length === 0 ? 'none has any score' : `they have ${all.slice(0, 20).join(', ')}`;
    return { problem: `No sample of this run has a score by ${definition.scorer}: ${others}.` };
  }
  if (areTooMany(scorers.length, run.samples))
    return { problem: tooManyMeant(definition.scorer, scorers.length) };
  const { behavior, conditionArgs = [] } = definition;
  if (run.taskArgs === null && (conditionArgs.length > 0 || typeof behavior !== 'string'))
    return { problem: 'The task arguments of this run are not recorded, and the rule needs them.' };
  const taskArgs = run.taskArgs ?? {};
  const named = behaviorFor(definition, taskArgs);
  if (named === null) return { problem: "The rule has no behaviour for the arguments of this run's task." };
  // A run of which no task arguments are recorded says by its figures under which condition its samples were judged.
  const sole = run.taskArgs === null ? await selectSoleCondition(db, viewer, runId) : null;
  const factors = sole?.factors ?? factorsFor(conditionArgs, taskArgs);
  const condition = sole?.name ?? conditionNameOf(factors);
  const scored: ScoredBy[] = [];
  for (const scorer of scorers) {
    const cases = await selectScoreCases(db, viewer, runId, {
      scorer,
      part: definition.part ?? null,
      errorPart: definition.graderError?.part ?? null,
    });
    const counts = countOutcomes(
      definition,
      cases.map((one) => caseOf(one, definition)),
    );
    scored.push({ scorer, behavior: named, condition, factors, ...counts });
  }
  return { run: { ...run, task }, scored };
}

function caseOf(one: ScoreCase, { part, graderError }: ScoringDefinition) {
  const parts: Record<string, ScoreCase['part']> = {};
  if (graderError?.part !== undefined) parts[graderError.part] = one.errorPart;
  if (part !== undefined && one.hasPart) parts[part] = one.part;
  else if (part !== undefined) delete parts[part];
  const score = { value: one.value, parts: one.hasParts ? parts : null };
  const { invalidated, times, cluster } = one;
  return { score: one.given ? score : undefined, invalidated, times, cluster };
}
