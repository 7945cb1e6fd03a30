import type { Change } from '../../access/change.ts';
import { formatNodeRef } from '../../lineage/node-ref.ts';
import { resolveRef } from '../../lineage/resolve-refs.ts';
import { bounded } from '../../platform/bounded-text.ts';
import type { Json } from '../../platform/json.ts';
import { ConflictRefusal } from '../../platform/refusal.ts';
import { selectGraderVersions } from '../catalogue.store.ts';
import { countedInClusters } from '../counted-samples.ts';
import { ensureConditions } from '../ensure-conditions.ts';
import { selectGraderIdsOfRuns } from '../eval-run.store.ts';
import { reading } from '../named-thing.ts';
import { insertMeasurements, type MeasurementInput } from '../record-eval-run.ts';
import { requireVersion } from './confirm-scoring-rule.ts';
import { type ScoredBy, scoreRun } from './score-run.ts';
import { graderMeantBy, ScorerNames } from './scorer-names.ts';
import { selectMeasuredBy, takeRescoringTurn } from './scoring.store.ts';
import { behaviorIdsOf, isAbout, labelOf, statusOf } from './scoring-rule.ts';

const LONGEST_CONDITION = 200;

/**
 * Measures a recorded run by a version of a rule, beside what was measured before, which stays. By the same version
 * nothing is measured twice. ConflictRefusal where the run's samples, scorer or task arguments are not recorded.
 */
export async function rescoreEvalRun(
  change: Change,
  input: { evalRun: string; scoringRuleVersion: string },
): Promise<{ measurementIds: bigint[]; alreadyMeasured: boolean; unnamed: number }> {
  const { tx, context } = change;
  const run = await resolveRef(reading(change), input.evalRun, ['evalRun'], ['EVAL_RUN']);
  const version = await requireVersion(change, input.scoringRuleVersion);
  const status = statusOf(version);
  if (status === 'PROPOSED' || status === 'RETRACTED') {
    const why = status === 'PROPOSED' ? 'is confirmed by nobody yet' : 'was retracted';
    throw new ConflictRefusal(['scoringRuleVersion'], `${labelOf(version)}, ${why}: it measures nothing.`, {
      existing: { type: 'ScoringRuleVersion', id: version.id },
    });
  }
  await takeRescoringTurn(tx, run.id);
  const scoring = await scoreRun(tx, context.viewer, run.id, version.definition);
  if ('problem' in scoring) throw new ConflictRefusal(['evalRun'], scoring.problem);
  const { task, evaluationVersionId, epochs } = scoring.run;
  if (!isAbout(version.evaluation, task))
    throw new ConflictRefusal(
      ['scoringRuleVersion'],
      `The rule is about ${version.evaluation}, and this run is of ${task}.`,
    );
  const unnamed = scoring.scored.flatMap((one) => one.unnamed).reduce((sum, { count }) => sum + count, 0);
  const before = await selectMeasuredBy(tx, context.viewer, run.id, version.id);
  if (before.length > 0) return { measurementIds: before, alreadyMeasured: true, unnamed };
  const ids = behaviorIdsOf(version);
  const conditionId = await conditionOf(change, evaluationVersionId, scoring.scored[0]!);
  const graders = await gradersOf(change, run.id);
  const measurements = scoring.scored.map(
    ({
      scorer,
      behavior,
      clusters,
      exhibited,
      notExhibited,
      unscored,
      graderErrors,
      excluded,
    }): MeasurementInput => ({
      behavior,
      behaviorId: ids.get(behavior),
      conditionId,
      graderVersionId: graders(scorer),
      scoringRuleVersionId: version.id,
      exhibited,
      notExhibited,
      unscored,
      graderErrors,
      excluded,
      qualifier: 'EXACT',
      counted: countedInClusters(null, clusters),
    }),
  );
  const { visibility } = run;
  const measurementIds = await insertMeasurements(
    change,
    { id: run.id, evaluationVersionId, visibility, epochs },
    measurements,
    () => ['scoringRuleVersion'],
  );
  const evalRun = formatNodeRef({ ...run, name: run.name ?? '' });
  await change.event(
    { type: 'EVAL_RUN_RESCORED', evalRun, rule: version.ruleName, version: version.number },
    { nodes: [run.id], visibility, tells: { scoringRuleVersion: [version.id] } },
  );
  return { measurementIds, alreadyMeasured: false, unnamed };
}

/** The condition's id, made where the evaluation version has none of it. */
async function conditionOf(
  change: Change,
  evaluationVersionId: bigint,
  { condition, factors }: ScoredBy,
): Promise<bigint | null> {
  if (condition === null) return null;
  const name = bounded(condition, LONGEST_CONDITION);
  const made = await ensureConditions(change, evaluationVersionId, [{ name, factors: factors as Json }]);
  return made.get(name) ?? null;
}

/** The one grader version of the run that goes by a scorer's name; null where there is none, or several. */
async function gradersOf(change: Change, runId: bigint): Promise<(scorer: string) => bigint | null> {
  const { tx, context } = change;
  const rows = await selectGraderIdsOfRuns(tx, context.viewer, [runId]);
  const graders = await selectGraderVersions(
    tx,
    context.viewer,
    rows.map((row) => row.graderVersionId),
  );
  const names = new ScorerNames(graders.map((grader) => grader.graderName));
  return (scorer) => {
    const meant = new Set(graderMeantBy(scorer, names));
    const alike = graders.filter((grader) => meant.has(grader.graderName));
    return alike.length === 1 ? alike[0]!.id : null;
  };
}
