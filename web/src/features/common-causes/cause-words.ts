import type { CommonCausesQuery } from '@/graphql/generated/graphql.ts';
import { plural } from '@/ui/numbers.ts';

export type Comparison = CommonCausesQuery['commonCauseComparison'];
export type Cause = Comparison['causes'][number];
export type Counts = Cause['others'];

export const STATE_WORDS: Record<Cause['state'], string> = {
  MORE_EXPOSED: 'more often than by chance',
  LESS_EXPOSED: 'less often than by chance',
  NOT_DISTINGUISHED: 'not distinguished from chance',
  TOO_FEW_TO_SAY: 'too few to say',
};

export const VIA_WORDS: Record<Comparison['apart'][number]['via'], string> = {
  DATA: 'data',
  OBSERVATION: 'observation',
  INFLUENCE: 'wrote, taught or rewarded',
  EVALUATION: 'tested or judged with',
  REVISION: 'an earlier version of it',
};

/** `4 of 5`, and of how many it is not known. */
export const countsOf = ({ exposed, of, unknown }: Counts): string =>
  `${exposed} of ${of}${unknown ? `, ${plural(unknown, 'more is', 'more are')} unknown` : ''}`;

/** Two digits and no more; `none of the others` where the quotient would be larger than any number. */
export function liftOf({ lift, others, modelVersions }: Cause): string {
  if (lift !== null) return `${Number(lift.toPrecision(2))}×`;
  if (modelVersions.of === 0 || others.of === 0) return 'not known';
  return modelVersions.exposed > 0 ? 'none of the others' : 'none of either';
}

/** 0.0286, 0.00012, and below that only that it is. */
export const pOf = (p: number): string => (p < 0.0001 ? '< 0.0001' : String(Number(p.toPrecision(2))));

export function nameOf(cause: Cause): string {
  const generated = cause.generatedBy ? `written by ${cause.generatedBy.label}` : 'not shown';
  return cause.source?.label ?? cause.contentTag?.name ?? generated;
}

/** What tells a cause from all others in one answer. */
export const keyOf = ({ source, contentTag, generatedBy }: Cause): string =>
  [source?.ref, contentTag?.name, generatedBy?.ref].join(' ');

/** The page of what a cause is; null for a content tag, which has none. */
export const refOfCause = ({ source, generatedBy }: Cause): string | null =>
  source?.ref ?? generatedBy?.ref ?? null;
