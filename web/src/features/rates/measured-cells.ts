/** What files say of a measurement, by column. */
export const MEASURED_TITLES = [
  'rate',
  'qualifier',
  'interval lower',
  'interval upper',
  'interval method',
  'exhibited',
  'samples scored',
  'unscored',
  'grader errors',
  'excluded',
  'lowest with those without a verdict',
  'highest with those without a verdict',
];

interface Measured {
  rate?: number | null;
  qualifier: string;
  interval?: { lower: number; upper: number; method: string } | null;
  exhibited?: number | null;
  sampleCount?: number | null;
  unscored?: number | null;
  graderErrors?: number | null;
  excluded?: number | null;
  missingDataBounds?: { lower: number; upper: number } | null;
}

/** A measurement under these titles; what is not stated is empty. */
export const measuredCells = (of: Measured): (string | number | null)[] => [
  of.rate ?? null,
  of.qualifier,
  of.interval?.lower ?? null,
  of.interval?.upper ?? null,
  of.interval?.method ?? null,
  of.exhibited ?? null,
  of.sampleCount ?? null,
  of.unscored ?? null,
  of.graderErrors ?? null,
  of.excluded ?? null,
  of.missingDataBounds?.lower ?? null,
  of.missingDataBounds?.upper ?? null,
];
