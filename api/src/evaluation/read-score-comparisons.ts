import type { Context } from '../context.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { totalOf } from '../platform/listed.ts';
import { type Comparability, namedVersion } from './comparability.ts';
import { type ComparedRows, comparedRows } from './compared-rows.ts';
import { type ComparisonVerdict, verdictOf } from './comparison.ts';
import type { PValueCorrection } from './correct-p-values.ts';
import { reducerOf } from './epoch-reducer.ts';
import type { ScoreRow } from './evaluation.ts';
import { type MatchableScore, matchScores } from './match-measurements.ts';
import { namedGraderOf } from './read-comparability.ts';
import { evalRunFacts, scoresOfRun } from './read-eval-runs.ts';
import { conditionById, evaluationVersionById, graderVersionById } from './read-evaluations.ts';
import { itemSetsOf, namesGraders, settingsOfRun } from './read-samples.ts';
import { testedOnOf } from './read-tested-on.ts';
import {
  comparableScores,
  differenceOfScores,
  type ScoreDifference,
  type ScoreTerms,
  untestedBecause,
} from './score-comparison.ts';

export interface ScoreComparison {
  one: ScoreRow;
  two: ScoreRow;
  comparability: Comparability;
  verdict: ComparisonVerdict;
  tested: ScoreDifference | null;
  /** Why nothing is tested; null where it is. */
  untested: string | null;
  correctedPValue: number | null;
  correction: string | null;
  assumptions: string[];
}

export type ScoreComparisons = ComparedRows<ScoreComparison, ScoreRow>;

type RunPair = readonly [LineageNodeRow, LineageNodeRow];

/** What pairs of runs scored by the same metric under the same condition; p corrected over all that is tested. */
export async function compareScoresOfRuns(
  context: Context,
  pairs: readonly RunPair[],
  correction: PValueCorrection,
): Promise<ScoreComparisons> {
  const found = await Promise.all(pairs.map((pair) => comparePair(context, pair)));
  const matched = {
    rows: found.flatMap((one) => one.rows),
    onlyInOne: found.flatMap((one) => one.onlyInOne),
    onlyInTwo: found.flatMap((one) => one.onlyInTwo),
  };
  const whole = found.every((one) => one.whole);
  return comparedRows(matched, whole, correction);
}

async function comparePair(context: Context, [one, two]: RunPair) {
  const [first, second] = await Promise.all([one, two].map(({ id }) => termsOfScores(context, id)));
  const items = await itemSetsOf(context, one.id, two.id);
  const { rows, onlyInOne, onlyInTwo } = matchScores(first!.scored, second!.scored);
  return {
    rows: rows.map(([a, b]) => comparisonOf(a, b, comparableScores(a.terms, b.terms, items))),
    onlyInOne: onlyInOne.map(({ row }) => row),
    onlyInTwo: onlyInTwo.map(({ row }) => row),
    whole: first!.whole && second!.whole,
  };
}

interface Scored extends MatchableScore {
  row: ScoreRow;
  terms: ScoreTerms;
}

/** The scores of a run; not whole where they are too many to be listed. */
async function termsOfScores(context: Context, runId: bigint): Promise<{ scored: Scored[]; whole: boolean }> {
  const [rows, facts, settings, gradersNamed, testedOn] = await Promise.all([
    context.load(scoresOfRun, runId),
    context.load(evalRunFacts, runId),
    context.load(settingsOfRun, runId),
    context.load(namesGraders, runId),
    testedOnOf(context, runId),
  ]);
  const version =
    facts === null ? null : await context.load(evaluationVersionById, facts.evaluationVersionId);
  const evaluationVersion = version && namedVersion(version);
  const scored = await Promise.all(
    rows.map(async (row): Promise<Scored> => {
      const [condition, grader] = await Promise.all([
        row.conditionId === null ? null : context.load(conditionById, row.conditionId),
        row.graderVersionId === null ? null : context.load(graderVersionById, row.graderVersionId),
      ]);
      const reducer = reducerOf(row.note);
      const terms: ScoreTerms = {
        evaluationVersion,
        condition: condition && { id: condition.id, label: condition.name },
        grader: await namedGraderOf(context, row.graderVersionId),
        settings,
        testedOn,
        reduced: reducer === null ? null : { by: reducer, epochs: facts?.epochs ?? null },
        // Of a run that names its graders, one that is not told apart is not one that there is none of. One that is hidden
        // is as if it had never been recorded.
        computed: grader === null && gradersNamed !== true,
      };
      return {
        row,
        terms,
        metric: row.metric,
        condition: condition?.name ?? null,
        grader: grader && `${grader.id}`,
        graderName: grader?.graderName ?? null,
        reducer,
      };
    }),
  );
  return { scored, whole: totalOf(rows) === rows.length };
}

function comparisonOf({ row: one }: Scored, { row: two }: Scored, found: Comparability): ScoreComparison {
  const tested = found.comparable ? differenceOfScores(one, two) : null;
  const untested = !found.comparable ? 'not comparable' : tested === null ? untestedBecause(one, two) : null;
  return {
    one,
    two,
    comparability: found,
    verdict: !found.comparable
      ? 'NOT_COMPARABLE'
      : tested === null
        ? 'CANNOT_BE_TESTED'
        : verdictOf(tested.pValue),
    tested,
    untested,
    correctedPValue: null,
    correction: null,
    assumptions:
      tested === null
        ? []
        : [
            ...tested.assumptions,
            ...found.unknowns.map((unknown) => `The same in both, though it is not known: ${unknown}.`),
          ],
  };
}
