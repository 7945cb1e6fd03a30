// Whether a log's own figures are what its samples give. The stated figure is what is recorded, whichever is right.
import { ScorerNames } from '../../evaluation/scoring/scorer-names.ts';
import type { InspectSample, InspectScore } from './inspect-log.ts';
import { type ScoreTally, type TallyOf, tally } from './score-tally.ts';

export interface StatedResults {
  totalSamples: number | null;
  completedSamples: number | null;
  scores: readonly InspectScore[];
}

export interface WhatIsKnown {
  /** How many samples the run was to take, where a warning says already that the log holds another number. */
  saidToBeWanted: number | null;
  /** Some parts of values were not kept. */
  partsCut: boolean;
}

const MOST_WARNINGS = 50;
/** Of the larger of both: sums in another order, or of numbers half as precise, differ by less. */
const TOLERANCE = 1e-6;

/** A sentence for each figure of the results that the samples do not give, or give by counting as 0 what is no number. */
export function compareResults(
  stated: StatedResults,
  samples: readonly InspectSample[],
  known: WhatIsKnown,
): string[] {
  const { totalSamples, completedSamples, scores } = stated;
  if (samples.length === 0)
    return scores.length > 0 || (totalSamples ?? 0) > 0
      ? ['The log holds no samples: what its results state could not be compared with them.']
      : [];
  const found = [
    ...compareCounts(totalSamples, completedSamples, samples, known),
    ...compareScores(scores, samples, known),
  ];
  if (found.length <= MOST_WARNINGS) return found;
  const more = found.length - MOST_WARNINGS;
  return [...found.slice(0, MOST_WARNINGS), `${more} more figures differ from what the samples give.`];
}

function compareCounts(
  total: number | null,
  completed: number | null,
  samples: readonly InspectSample[],
  { saidToBeWanted }: WhatIsKnown,
): string[] {
  const whole = samples.filter(({ error }) => error === null).length;
  const warnings: string[] = [];
  if (total !== null && total !== samples.length && total !== saidToBeWanted)
    warnings.push(`The results state ${total} samples in total; the log holds ${samples.length}.`);
  if (completed !== null && completed !== whole)
    warnings.push(
      `The results state ${completed} samples completed; the log holds ${whole} that ended without an error.`,
    );
  return warnings;
}

/** The entries of the results that are of one scorer, value and way to reduce epochs. */
interface Entry extends TallyOf {
  about: string;
  /** Whether any sample has a score by the scorer: then a part that none has is a name for something else. */
  inSamples: boolean;
  reducer: string | null;
  scored: number | null;
  unscored: number | null;
  metrics: { metric: string; value: number | null }[];
}

function compareScores(
  scores: readonly InspectScore[],
  samples: readonly InspectSample[],
  { partsCut }: WhatIsKnown,
): string[] {
  const entries = entriesOf(scores, samples).filter(({ part }) => part === null || !partsCut);
  const readings = readingsOf(samples).map((counted) => ({
    present: counted.length,
    items: new Set(counted.map(({ id }) => id)).size,
    tallies: tally(counted, entries),
  }));
  return entries.flatMap((entry) => {
    const views = readings.map(({ present, items, tallies }) => ({
      present,
      items,
      tally: tallies.get(entry.scorer)!.get(entry.part)!,
    }));
    const [{ tally: all }] = views as [View];
    if (entry.part !== null && entry.inSamples && all.scored + all.empty === 0) return [];
    return [...compareEntryCounts(entry, views), ...compareMetrics(entry, views)];
  });
}

/** All samples, and without those that Inspect may not have counted: which of these it did depends on its version. */
function readingsOf(samples: readonly InspectSample[]): (readonly InspectSample[])[] {
  const readings = [
    samples,
    samples.filter(({ error }) => error === null),
    samples.filter(({ invalidated }) => !invalidated),
    samples.filter(({ error, invalidated }) => error === null && !invalidated),
  ];
  return readings.filter((one, i) => i === 0 || one.length < samples.length);
}

interface View {
  /** Samples, and items whichever their epochs. */
  present: number;
  items: number;
  tally: ScoreTally;
}

/** Inspect counts what is left after its epochs were reduced, and before 2025 did not count: either is right. */
function compareEntryCounts({ about, scored, unscored }: Entry, views: readonly View[]): string[] {
  const warnings: string[] = [];
  const first = views[0]!;
  const rightScored = views.flatMap(({ tally }) => [tally.scored, tally.scoredItems]);
  if (scored !== null && !rightScored.includes(scored))
    warnings.push(
      `The results state ${scored} samples scored by ${about}; the log holds ${first.tally.scored}.`,
    );
  const rightUnscored = views.flatMap(({ present, items, tally }) => [
    tally.empty,
    tally.emptyItems,
    present - tally.scored,
    items - tally.scoredItems,
  ]);
  if (unscored !== null && !rightUnscored.includes(unscored))
    warnings.push(
      `The results state ${unscored} samples not scored by ${about}; the log holds ${first.present - first.tally.scored}.`,
    );
  return warnings;
}

const MEANS: ReadonlySet<string> = new Set(['accuracy', 'mean']);
/** Ways to reduce epochs that leave the verdict of a single one as it is. */
const UNCHANGING: ReadonlySet<string> = new Set(['median', 'mode', 'max']);

function compareMetrics({ about, reducer, metrics }: Entry, views: readonly View[]): string[] {
  const { tally } = views[0]!;
  const byMean = reducer === null || reducer === 'mean';
  if (!byMean && !(UNCHANGING.has(reducer) && !tally.repeated)) return [];
  // How an epoch without a verdict is reduced depends on the version.
  if (tally.empty > 0 && tally.repeated) return [];
  return metrics.flatMap(({ metric, value }) => {
    if (value === null || !MEANS.has(metric.slice(metric.lastIndexOf('/') + 1))) return [];
    const gives = views.filter(({ tally: { mean } }) => mean !== null && isClose(mean, value));
    if (gives.length > 0) return countedAsZero(`${metric} ${value} of ${about}`, value, gives);
    // What a verdict stands for that is no number, the log does not say: the scorer may have a way of its own.
    if (tally.unconverted > 0) return [];
    const given = tally.mean;
    return given === null
      ? `The results state ${metric} ${value} of ${about}; no sample of the log has a verdict of it.`
      : `The results state ${metric} ${value} of ${about}; the ${tally.scored} samples with a verdict that the log holds give ${given}.`;
  });
}

/**
 * Of a figure that the samples give: that it counts as 0 what is no number, as Inspect does by default, where that changes
 * it in each of the ways in which the samples give it.
 */
function countedAsZero(figure: string, value: number, gives: readonly View[]): string[] {
  const changed = gives.map(({ tally }) => {
    const others = tally.meanOfConverted;
    return tally.unconverted > 0 && !(others !== null && isClose(others, value));
  });
  if (changed.includes(false)) return [];
  const { unconverted, unconvertedSuch, scored, meanOfConverted } = gives[0]!.tally;
  const others = meanOfConverted === null ? '' : ` The others give ${meanOfConverted}.`;
  return [
    `The ${figure} misleads: it counts ${unconverted} of ${scored} verdicts as 0 that are no number, such as ${unconvertedSuch}, as Inspect does with what it cannot convert.${others}`,
  ];
}

function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(one), Math.abs(other));
}

/**
 * The results with the name by which samples have the scorer. Left out is what would have to be guessed: two entries
 * of one name, and a scorer that no sample names where samples name one that the results do not.
 */
function entriesOf(scores: readonly InspectScore[], samples: readonly InspectSample[]): Entry[] {
  const names = new Set(samples.flatMap((sample) => Object.keys(sample.scores)));
  const inSamples = nameFinder(names);
  const resolved = scores.map((score) => ({ score, of: placeOf(score, inSamples) }));
  const used = new Set(resolved.map(({ of }) => of.scorer));
  const unexplained = [...names].some((name) => !used.has(name));
  const entries = new Map<string, { entry: Entry; scorers: Set<string>; metrics: Set<string> }>();
  const doubtful = new Set<string>();
  for (const { score, of } of resolved) {
    if (!names.has(of.scorer) && unexplained) continue;
    const key = JSON.stringify([of.scorer, of.part, score.reducer]);
    const known = entries.get(key) ?? newEntry(score, of, names.has(of.scorer));
    entries.set(key, known);
    if (!known.scorers.has(score.scorer) || known.metrics.has(score.metric)) doubtful.add(key);
    known.metrics.add(score.metric);
    known.entry.metrics.push({ metric: score.metric, value: score.value });
  }
  return [...entries].flatMap(([key, { entry }]) => (doubtful.has(key) ? [] : entry));
}

function newEntry(
  { scorer, name, reducer, scoredSamples, unscoredSamples }: InspectScore,
  of: TallyOf,
  inSamples: boolean,
) {
  const about = name === scorer ? scorer : `${scorer} (${name})`;
  const entry: Entry = {
    ...of,
    about,
    inSamples,
    reducer,
    scored: scoredSamples,
    unscored: unscoredSamples,
    metrics: [],
  };
  return { entry, scorers: new Set([scorer]), metrics: new Set<string>() };
}

/** Whether an entry of the results is of all that a scorer says: it has the scorer's name, with or without the package. */
export const isWhole = (name: string, scorer: string): boolean =>
  name === scorer || scorer.endsWith(`/${name}`);

/** The one name that another means; undefined where there is none, or several. Entries mostly share their scorers. */
function nameFinder(names: ReadonlySet<string>): (of: string) => string | undefined {
  const known = new ScorerNames(names);
  const found = new Map<string, string | undefined>();
  return (of) => {
    if (!found.has(of)) {
      const [only, ...others] = known.meantBy(of);
      found.set(of, others.length > 0 ? undefined : only);
    }
    return found.get(of);
  };
}

/** Samples name a scorer without its package; an entry of another name is a part of its value. */
function placeOf({ scorer, name }: InspectScore, nameInSamples: ReturnType<typeof nameFinder>): TallyOf {
  const itself = nameInSamples(scorer);
  if (isWhole(name, scorer)) return { scorer: itself ?? scorer, part: null };
  if (itself !== undefined) return { scorer: itself, part: name };
  const second = nameInSamples(name);
  return second === undefined ? { scorer, part: name } : { scorer: second, part: null };
}
