// By which method the intervals of compared rates are made, as the address says it.
import type { ComparedRatesFragment } from '../../graphql/generated/graphql.ts';

/** How often clusters are drawn anew, and where the drawing starts; null where intervals are analytic. */
export type Drawing = { resamples: number; seed: number } | null;

/** What the API draws where it is not told, and within which bounds. */
export const USUAL = { resamples: 2000, seed: 1 };
export const RESAMPLES = { least: 100, most: 10_000 };
const MOST_SEED = 2 ** 31 - 1;

function whole(text: string | null, usual: number, least: number, most: number): number {
  return text !== null && /^\d{1,15}$/.test(text) ? Math.min(most, Math.max(least, Number(text))) : usual;
}

/** What an address asks for; what it says amiss is what is usual, or the nearest that can be drawn. */
export function readDrawing(asked: {
  intervals: string | null;
  resamples: string | null;
  seed: string | null;
}): Drawing {
  if (asked.intervals !== 'bootstrap') return null;
  return {
    resamples: whole(asked.resamples, USUAL.resamples, RESAMPLES.least, RESAMPLES.most),
    seed: whole(asked.seed, USUAL.seed, 0, MOST_SEED),
  };
}

/** The same for an address, without what is usual. */
export const writeDrawing = (drawing: Drawing) =>
  drawing === null
    ? {}
    : {
        intervals: 'bootstrap' as const,
        resamples: drawing.resamples === USUAL.resamples ? null : drawing.resamples,
        seed: drawing.seed === USUAL.seed ? null : drawing.seed,
      };

type Compared = ComparedRatesFragment;

/** Comparisons with the intervals of their rates as they were drawn, or with none: never with one of another method. */
export const withDrawn = (rows: readonly Compared[], drawing: Drawing): Compared[] =>
  drawing === null
    ? [...rows]
    : rows.map((row) => ({
        ...row,
        one: { ...row.one, interval: row.one.bootstrapInterval ?? null },
        two: { ...row.two, interval: row.two.bootstrapInterval ?? null },
      }));

/** What is to be known of the intervals that were drawn; empty for analytic ones. */
export function drawnRemarks(rows: readonly Compared[], drawing: Drawing): string[] {
  if (drawing === null) return [];
  const rates = rows.flatMap(({ one, two }) => [one, two]);
  const none = rates.filter(({ bootstrapInterval }) => !bootstrapInterval).length;
  const drawn = 'The intervals of the rates are by bootstrap; the difference, its interval and p are not.';
  if (none === 0) return [drawn];
  return [
    drawn,
    `${none} of ${rates.length} rates ${none === 1 ? 'has' : 'have'} no bootstrap interval: it is not recorded how each sample did, or there are fewer than two clusters of samples, or they show no variation.`,
  ];
}
