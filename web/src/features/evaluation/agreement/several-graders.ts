import type { EvalRunPageQuery } from '../../../graphql/generated/graphql.ts';

type Run = Pick<
  Extract<NonNullable<EvalRunPageQuery['lineageNode']>, { __typename: 'EvalRun' }>,
  'graders' | 'sampleScores'
> & { samples: { totalCount: number } };

/** As many values as the API lists of all scorers together: behind them there may be another scorer. */
const LISTED = 200;

/** Whether several graders may have judged one sample of the run; else there is nothing to ask of their agreement. */
export function haveSeveralGraders({ samples, graders, sampleScores }: Run): boolean {
  if (samples.totalCount === 0) return false;
  const scorers = new Set(sampleScores.map(({ scorer }) => scorer));
  return graders.length > 1 || scorers.size > 1 || sampleScores.length >= LISTED;
}
