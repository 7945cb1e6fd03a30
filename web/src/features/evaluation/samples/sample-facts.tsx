import type { SamplePageQuery } from '@/graphql/generated/graphql.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { scoreTexts } from '../score-texts.ts';
import { LongText } from './LongText.tsx';

type Run = Extract<NonNullable<SamplePageQuery['lineageNode']>, { __typename: 'EvalRun' }>;
type Told = Pick<NonNullable<Run['sample']>, 'outcomes' | 'scores' | 'target' | 'limitReached' | 'error'>;

/** What is known of a sample beside its transcript; what is not is said to be so. */
export function sampleFacts(sample: Told) {
  const scores = scoreTexts(sample.scores);
  return [
    {
      name: 'Outcome',
      value:
        sample.outcomes.length === 0 ? (
          <Unknown what="not mapped to a behaviour" />
        ) : (
          <span className="flex flex-wrap gap-x-3 gap-y-1">
            {sample.outcomes.map((one) => (
              <span key={one.behavior}>
                {one.behavior}{' '}
                <Badge tone={one.outcome === 'EXHIBITED' ? 'danger' : 'neutral'}>{words(one.outcome)}</Badge>
              </span>
            ))}
          </span>
        ),
    },
    {
      name: 'Scores',
      value:
        scores.length === 0 ? (
          <Unknown what="unscored" />
        ) : (
          <span className="flex flex-wrap gap-x-3 gap-y-1 break-words">
            {scores.map((score) => (
              <span key={score.name}>
                <span className="text-ink-3">{score.name}</span> {score.value}
              </span>
            ))}
          </span>
        ),
    },
    {
      name: 'Target',
      value: sample.target ? (
        <LongText text={sample.target} of="the target" fold="card" />
      ) : (
        <Unknown what="none stated" />
      ),
    },
    ...(sample.limitReached ? [{ name: 'Limit', value: sample.limitReached }] : []),
    ...(sample.error
      ? [{ name: 'Error', value: <span className="break-words text-danger">{sample.error}</span> }]
      : []),
  ];
}
