import { percent } from '../../ui/numbers.ts';
import { STAGE_TITLES } from '../lineage/bands.ts';
import type { DoseStage } from './dose.ts';
import type { KnownDose } from './dose-layout.ts';

export const stageTitle = (stage: DoseStage): string =>
  stage === 'ALL' ? 'all training, by tokens' : STAGE_TITLES[stage].toLowerCase();

/** `1% to 100%`, and what is unaccounted for beside it. */
export function doseWords({ lower, upper, unaccounted, unmeasured }: KnownDose): string {
  if (unmeasured) return 'not measured, so anything from 0% to 100%';
  if (lower === 0 && upper === 0 && unaccounted > 0.999)
    return 'wholly unaccounted, so anything from 0% to 100%';
  const share = upper > lower ? `${percent(lower)} to ${percent(upper)}` : percent(lower);
  return unaccounted > 1e-9 ? `${share}, and of ${percent(unaccounted)} unaccounted nobody knows` : share;
}
