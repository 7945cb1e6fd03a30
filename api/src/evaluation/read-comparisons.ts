import type { Context } from '../context.ts';
import type { LineageNodeRow } from '../lineage/node.ts';
import { totalOf } from '../platform/listed.ts';
import { type Comparability, type ItemSets, onlyItemsDiffer } from './comparability.ts';
import { type ComparedRows, comparedRows } from './compared-rows.ts';
import { type ComparisonVerdict, comparePaired, compareRates, type Tested, verdictOf } from './comparison.ts';
import type { PValueCorrection } from './correct-p-values.ts';
import type { MeasurementRow } from './evaluation.ts';
import type { Grounds } from './grounds.ts';
import { type Matchable, matchMeasurements } from './match-measurements.ts';
import { missingBounds } from './measurement.ts';
import { comparability } from './read-comparability.ts';
import { measurementsOfRun } from './read-eval-runs.ts';
import { behaviorById, conditionById, graderVersionById } from './read-evaluations.ts';
import { itemSetsOf, MOST_PAIRED, MOST_SAMPLES, pairedItems } from './read-samples.ts';
import { missingDataDifference, type RateBounds } from './statistics/missing-data.ts';
import type { PairedItem } from './statistics/paired.ts';

export interface MeasurementComparison {
  one: MeasurementRow;
  two: MeasurementRow;
  comparability: Comparability;
  verdict: ComparisonVerdict;
  pairing: string;
  items: ItemSets | null;
  /** Items scored in both, where they are set against each other. */
  itemsCompared: number | null;
  tested: Tested | null;
  correctedPValue: number | null;
  correction: string | null;
  missingDataBounds: RateBounds | null;
  assumptions: string[];
}

export interface EvalRunComparison extends ComparedRows<MeasurementComparison, MeasurementRow> {
  one: LineageNodeRow;
  two: LineageNodeRow;
}

type Pair = readonly [MeasurementRow, MeasurementRow];

/** Two measurements, compared as far as they may be, and by no more than the grounds where these are given. */
export async function compareMeasurements(
  context: Context,
  one: MeasurementRow,
  two: MeasurementRow,
  grounds?: Grounds,
): Promise<MeasurementComparison> {
  const [comparison] = await compareAll(context, [[one, two]], grounds);
  return comparison!;
}

/** What two runs measured of the same behaviour under the same condition; p corrected over all that is tested. */
export async function compareEvalRuns(
  context: Context,
  one: LineageNodeRow,
  two: LineageNodeRow,
  correction: PValueCorrection,
): Promise<EvalRunComparison> {
  const read = await Promise.all(
    [one, two].map(async ({ id }) => {
      const rows = await context.load(measurementsOfRun, id);
      const items = await Promise.all(rows.map((row) => named(context, row)));
      return { items, whole: totalOf(rows) === rows.length };
    }),
  );
  const matched = matchMeasurements(read[0]!.items, read[1]!.items);
  const rows = await compareAll(
    context,
    matched.rows.map(([a, b]) => [a.row, b.row] as const),
  );
  const onlyInOne = matched.onlyInOne.map(({ row }) => row);
  const onlyInTwo = matched.onlyInTwo.map(({ row }) => row);
  const whole = read.every(({ whole: all }) => all);
  return { one, two, ...comparedRows({ rows, onlyInOne, onlyInTwo }, whole, correction) };
}

async function named(context: Context, row: MeasurementRow): Promise<Matchable & { row: MeasurementRow }> {
  const [behavior, condition, grader] = await Promise.all([
    context.load(behaviorById, row.behaviorId),
    row.conditionId === null ? null : context.load(conditionById, row.conditionId),
    row.graderVersionId === null ? null : context.load(graderVersionById, row.graderVersionId),
  ]);
  return {
    row,
    behavior: `${behavior?.id}`,
    condition: condition?.name ?? null,
    grader: grader && `${grader.id}`,
    graderName: grader?.graderName ?? null,
  };
}

/** Pairs of measurements of the same two runs. */
async function compareAll(
  context: Context,
  pairs: readonly Pair[],
  grounds?: Grounds,
): Promise<MeasurementComparison[]> {
  const [first] = pairs;
  if (first === undefined) return [];
  const items = await itemSetsOf(context, first[0].evalRunId, first[1].evalRunId, grounds);
  const found = await Promise.all(pairs.map(([one, two]) => comparability(context, one, two, grounds)));
  const reasons = pairs.map((pair, i) => unpairable(pair, found[i]!, items));
  const pairable = pairs
    .flatMap((pair, i) => (reasons[i] === null ? [{ pair, i }] : []))
    .slice(0, MOST_PAIRED);
  const read = await pairedItems(
    context,
    pairable.map(({ pair }) => pair),
    grounds,
  );
  const itemsOf = new Map(pairable.map(({ i }, k) => [i, read[k]!]));
  const many = `only the first ${MOST_PAIRED} are compared item by item`;
  return pairs.map((pair, i) =>
    comparisonOf(pair, found[i]!, items, itemsOf.get(i) ?? null, reasons[i] ?? many),
  );
}

/** Whether it is recorded how each sample that it counts came out. */
const countsSamples = ({ outcomeKey, judged }: MeasurementRow) => outcomeKey !== null || judged;

/** Why items are not set against each other; null where they can be. */
function unpairable(
  [one, two]: Pair,
  { comparable, ...said }: Comparability,
  items: ItemSets | null,
): string | null {
  if (!comparable && !onlyItemsDiffer({ comparable, ...said })) return 'not comparable';
  if (items === null) return `the samples are not recorded for both, or are more than ${MOST_SAMPLES}`;
  if (![one, two].every(countsSamples)) return 'it is not recorded how each item did in both';
  if (items.both - items.differing > 0) return null;
  return items.both > 0
    ? 'each item of the same name has another input or target in each'
    : 'they have no item in common';
}

function comparisonOf(
  pair: Pair,
  found: Comparability,
  items: ItemSets | null,
  pairedOver: readonly PairedItem[] | null,
  reason: string,
): MeasurementComparison {
  const [one, two] = pair;
  const paired = pairedOver === null ? null : comparePaired(pairedOver);
  const tested = paired ?? (found.comparable ? compareRates(one, two) : null);
  const bounds = [missingBounds(one), missingBounds(two)] as const;
  const missing =
    found.comparable && bounds[0] !== null && bounds[1] !== null
      ? missingDataDifference(bounds[0], bounds[1])
      : null;
  const single = pairedOver !== null && paired === null;
  return {
    one,
    two,
    comparability: found,
    verdict: tested === null ? untested(found) : verdictOf(tested.pValue),
    pairing: paired
      ? `Paired: item against item, over the ${paired.items} that both scored.${leftOut(items)}`
      : `Not paired: ${single ? 'both scored no item in common, or one alone' : reason}.`,
    items,
    itemsCompared: paired?.items ?? null,
    tested,
    correctedPValue: null,
    correction: null,
    missingDataBounds: missing,
    assumptions: tested === null ? [] : [...tested.assumptions, ...alsoAssumed(pair, found)],
  };
}

/** Items that have the same name alone are not set against each other. */
function leftOut(items: ItemSets | null): string {
  if (items === null || items.differing === 0) return '';
  return ` ${items.differing} of the same name are left out, which have another input or target in each.`;
}

function untested(found: Comparability): ComparisonVerdict {
  return found.comparable ? 'CANNOT_BE_TESTED' : 'NOT_COMPARABLE';
}

function alsoAssumed([one, two]: Pair, { comparable, unknowns, differences }: Comparability): string[] {
  const missing = [one, two].map(({ unscored, graderErrors }) =>
    unscored === null && graderErrors === null ? null : (unscored ?? 0) + (graderErrors ?? 0),
  );
  const without = missing.map((count) => count ?? 'not stated how many');
  return [
    ...(comparable
      ? []
      : [`The items differ (${differences.join('; ')}): what is said holds for those in both alone.`]),
    ...(missing.every((count) => count === 0)
      ? []
      : [`Samples without a verdict (${without.join(' and ')}) would have come out as the others did.`]),
    ...(one.qualifier === 'APPROXIMATE' || two.qualifier === 'APPROXIMATE'
      ? ['A figure that its source calls approximate is taken as it is.']
      : []),
    'The grader errs alike on both.',
    ...unknowns.map((unknown) => `The same in both, though it is not known: ${unknown}.`),
    ...[one, two].flatMap((row, i) =>
      row.retractedAt === null ? [] : [`The ${i === 0 ? 'first' : 'second'} was taken back since.`],
    ),
  ];
}
