// What recorded samples say of runs, as far as the viewer may see these.
import type { Context } from '../context.ts';
import { type LoaderOf, loadsOne } from '../platform/loader.ts';
import type { ItemSets } from './comparability.ts';
import {
  type PairRow,
  selectClusters,
  selectItemSets,
  selectJudgements,
  selectPairs,
  selectSettings,
} from './comparison.store.ts';
import type { MeasurementRow } from './evaluation.ts';
import type { Grounds } from './grounds.ts';
import { object } from './said-settings.ts';
import { type SamplingSettings, SETTING_FIELDS, samplingSettings } from './sampling-settings.ts';
import type { ClusterCounts } from './statistics/clustered.ts';
import type { PairedItem } from './statistics/paired.ts';

/** Of larger runs, items are not set against each other: what is not known is said to be so. */
export const MOST_SAMPLES = 50_000;
/** How many outcomes are read item by item at once. */
export const MOST_PAIRED = 25;
/** Of how many samples the graders are set against each other. */
export const MOST_JUDGED = 5_000;

/** What a run's log says of its settings; null where it says nothing. */
export const settingsOfRun = loadsOne<Context, SamplingSettings>('settingsOfRun', async (c, ids) => {
  const rows = await selectSettings(c.db, c.viewer, ids, SETTING_FIELDS);
  return new Map(rows.map(({ id, settings }) => [id, samplingSettings(settings)] as const));
});

/** Whether a run's log names graders: a value of which none is recorded may then be of any of them. */
export const namesGraders = loadsOne<Context, boolean>('namesGraders', async (c, ids) => {
  const rows = await selectSettings(c.db, c.viewer, ids, ['graders']);
  return new Map(
    rows.map(({ id, settings }) => {
      const { graders } = object(settings);
      return [id, Array.isArray(graders) && graders.length > 0] as const;
    }),
  );
});

const itemSets: LoaderOf<Context, string, ItemSets | null> = {
  name: 'itemSets',
  absent: () => null,
  batch: async (c, keys) => {
    const found = new Map<string, ItemSets>();
    for (const files of new Set(keys.map((key) => askedOf(key).files))) {
      const asked = keys.filter((key) => askedOf(key).files === files);
      const pairs = asked.map((key) => askedOf(key).pair);
      const rows = await selectItemSets(c.db, c.viewer, pairs, MOST_SAMPLES, filesIn(files));
      for (const { at, ...sets } of rows) found.set(asked[at]!, sets);
    }
    return found;
  },
};
/** What a key asks for: two runs, and the files whose digests may be used, a sign for all of them. */
const askedOf = (key: string) => {
  const [one = '0', two = '0', files = ALL_FILES] = key.split(':');
  return { pair: { one: BigInt(one), two: BigInt(two) }, files };
};
const ALL_FILES = '*';
const filesIn = (files: string): bigint[] | null =>
  files === ALL_FILES ? null : files.split(',').filter(Boolean).map(BigInt);

/** How the items of two runs relate; null where the samples of one are not recorded, or are too many. */
export const itemSetsOf = (
  context: Context,
  one: bigint,
  two: bigint,
  grounds?: Grounds,
): Promise<ItemSets | null> =>
  context.load(itemSets, `${one}:${two}:${grounds?.importIds.join() ?? ALL_FILES}`);

/** For each pair of measurements of the same two runs, how each item did that both scored. */
export async function pairedItems(
  context: Context,
  pairs: readonly (readonly [MeasurementRow, MeasurementRow])[],
  grounds?: Grounds,
): Promise<PairedItem[][]> {
  const [first] = pairs;
  if (first === undefined) return [];
  const side = (i: 0 | 1) => ({ runId: first[i].evalRunId, of: pairs.map((pair) => pair[i]) });
  const rows = await selectPairs(context.db, context.viewer, side(0), side(1), grounds?.importIds ?? null);
  return pairs.map((_, at) => rows.filter((row) => row.at === at).flatMap(spread));
}

function spread({ cluster, n1, sum1, n2, sum2, items }: PairRow): PairedItem[] {
  return Array.from({ length: items }, () => ({
    cluster,
    one: { n: n1, sum: sum1 },
    two: { n: n2, sum: sum2 },
  }));
}

/** The clusters of the samples that a measurement counts; empty where they are not recorded, or are too many. */
export async function clustersOfMeasurement(
  context: Context,
  row: Pick<MeasurementRow, 'id' | 'evalRunId' | 'outcomeKey' | 'judged' | 'sampleCount'>,
): Promise<ClusterCounts[]> {
  if ((row.outcomeKey === null && !row.judged) || (row.sampleCount ?? 0) > MOST_SAMPLES) return [];
  const rows = await selectClusters(context.db, context.viewer, row.evalRunId, row);
  return rows.flatMap(({ n, sum, clusters }) => Array.from({ length: clusters }, () => ({ n, sum })));
}

export const judgements = (
  context: Context,
  runId: bigint,
  of: { keys: readonly string[]; measurements: readonly bigint[] },
) => selectJudgements(context.db, context.viewer, runId, of, MOST_JUDGED);
