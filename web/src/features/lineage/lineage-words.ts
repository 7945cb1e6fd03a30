import { percent } from '../../ui/numbers.ts';
import type { EdgeKind, NodeKind, UnaccountedReason } from './picture-graph.ts';

export const KIND_WORDS: Record<NodeKind, string> = {
  SOURCE: 'Source',
  DATASET_VERSION: 'Dataset version',
  TRANSFORMATION: 'Transformation',
  TRAINING_RUN: 'Training run',
  MODEL_VERSION: 'Model version',
  EVAL_RUN: 'Eval run',
  INCIDENT: 'Incident',
};

/** Read as "downstream … upstream". */
export const EDGE_WORDS: Record<EdgeKind, string> = {
  GENERATED_BY: 'was made by',
  USED: 'used',
  DERIVED_FROM: 'was derived from',
  INITIALIZED_FROM: 'started from',
  SYNTHESIZED_BY: 'was written by',
  DISTILLED_FROM: 'was distilled from',
  REWARDED_BY: 'was rewarded by',
  REVISES: 'revises',
  EVALUATED: 'evaluated',
  OBSERVED_IN: 'was observed in',
  EXHIBITED_BY: 'was exhibited by',
  TESTED_ON: 'was tested on',
  JUDGED_BY: 'was judged by',
};

export const REASON_WORDS: Record<UnaccountedReason, string> = {
  NOT_RECORDED: 'inputs not recorded',
  AMOUNT_UNKNOWN: 'amounts not known',
  UNIT_NOT_CONVERTIBLE: 'units cannot be converted',
  PROPORTIONS_CHANGED: 'proportions changed on the way',
  ORIGIN_NOT_RECORDED: 'origin not recorded',
  TRAINING_NOT_RECORDED: 'training not recorded',
};

/** The share that somebody who disagrees holds right; null where they state none. */
export function disputedShare(lower: number | null, upper: number | null): string | null {
  if (lower === null) return upper === null ? null : `a share of at most ${percent(upper)}`;
  return upper === null ? `a share of at least ${percent(lower)}` : `a share of ${shareRange(lower, upper)}`;
}

/** A share, a range of shares, or the plain statement that it is not known. */
export function shareRange(lower: number | null, upper: number | null): string {
  if (lower === null) return 'not known';
  const low = percent(lower);
  if (upper === null) return low;
  const high = percent(upper);
  return low === high ? low : `${low.replace('%', '')}–${high}`;
}
