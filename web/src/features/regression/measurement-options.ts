import type { RegressionMeasuredFragment } from '../../graphql/generated/graphql.ts';
import { countWords, intervalWords, rateWords } from '../rates/rate-point.ts';

type Measured = RegressionMeasuredFragment & { behavior: { name: string } };

/** Measurements of one behaviour as choices: by the run and its condition, with the rate beside. */
export function measurementOptions(behavior: string, measured: readonly Measured[]) {
  return measured
    .filter((one) => one.behavior.name === behavior)
    .map((one) => ({
      value: one.id,
      label: [one.evalRun.label, one.condition?.name].filter(Boolean).join(' · '),
      detail: [one.evalRun.modelVersion.label, rateWords(one), countWords(one), intervalWords(one)]
        .filter(Boolean)
        .join(' · '),
    }));
}
