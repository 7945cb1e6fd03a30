import type { Context } from '../context.ts';
import { nodeById } from '../lineage/read-nodes.ts';
import {
  type Comparability,
  type Comparable,
  compare,
  type NamedGrader,
  namedGrader,
  namedVersion,
} from './comparability.ts';
import type { MeasurementRow } from './evaluation.ts';
import type { Grounds } from './grounds.ts';
import { evalRunFacts } from './read-eval-runs.ts';
import { behaviorById, conditionById, evaluationVersionById, graderVersionById } from './read-evaluations.ts';
import { itemSetsOf, settingsOfRun } from './read-samples.ts';
import { testedOnOf } from './read-tested-on.ts';
import { scoringRuleVersionById } from './scoring/read-scoring.ts';
import { labelOf } from './scoring/scoring-rule.ts';

/** Whether two measurements may be compared, and what differs, by what the viewer may see of both and the grounds allow. */
export async function comparability(
  context: Context,
  one: MeasurementRow,
  two: MeasurementRow,
  grounds?: Grounds,
): Promise<Comparability> {
  const within = one.evalRunId === two.evalRunId;
  const [first, second, items] = await Promise.all([
    comparable(context, one, grounds),
    comparable(context, two, grounds),
    within ? undefined : itemSetsOf(context, one.evalRunId, two.evalRunId, grounds),
  ]);
  if (!within) return compare(first, second, items);
  return compare(ofOneRun(first), ofOneRun(second));
}

/** Within one run, version, settings, datasets and items are the same, whatever is known of them. */
function ofOneRun({ evaluationVersion, ...rest }: Comparable): Comparable {
  const version = evaluationVersion && { id: evaluationVersion.id, label: evaluationVersion.label };
  return { ...rest, evaluationVersion: version, settings: undefined, testedOn: undefined };
}

/** A grader version as far as the viewer sees it, and the model that it asks; null where they do not see it. */
export async function namedGraderOf(
  context: Context,
  graderVersionId: bigint | null,
): Promise<NamedGrader | null> {
  const grader = graderVersionId === null ? null : await context.load(graderVersionById, graderVersionId);
  if (grader === null) return null;
  const { modelVersionId } = grader;
  return namedGrader(grader, modelVersionId === null ? null : await context.load(nodeById, modelVersionId));
}

async function comparable(
  context: Context,
  measurement: MeasurementRow,
  grounds: Grounds | undefined,
): Promise<Comparable> {
  const [behavior, facts, settings, testedOn, condition, grader, rule] = await Promise.all([
    context.load(behaviorById, measurement.behaviorId),
    context.load(evalRunFacts, measurement.evalRunId),
    context.load(settingsOfRun, measurement.evalRunId),
    testedOnOf(context, measurement.evalRunId, grounds),
    measurement.conditionId === null ? null : context.load(conditionById, measurement.conditionId),
    namedGraderOf(context, measurement.graderVersionId),
    measurement.scoringRuleVersionId === null
      ? null
      : context.load(scoringRuleVersionById, measurement.scoringRuleVersionId),
  ]);
  const version =
    facts === null ? null : await context.load(evaluationVersionById, facts.evaluationVersionId);
  return {
    behavior: { id: measurement.behaviorId, label: behavior?.name ?? 'unknown' },
    evaluationVersion: version && namedVersion(version),
    condition: condition && { id: condition.id, label: condition.name },
    grader,
    settings,
    testedOn,
    scoringRule: rule && { id: rule.id, label: labelOf(rule) },
  };
}
