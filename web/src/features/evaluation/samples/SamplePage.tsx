import Link from 'next/link';
import type { SamplePageQuery } from '@/graphql/generated/graphql.ts';
import type { Problem } from '@/graphql/post.ts';
import { PartialNotice } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { PageFacts, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { scoreTexts } from '../score-texts.ts';
import { LongText } from './LongText.tsx';
import { TranscriptReader } from './TranscriptReader.tsx';

type Run = Extract<NonNullable<SamplePageQuery['lineageNode']>, { __typename: 'EvalRun' }>;
type Sample = NonNullable<Run['sample']>;

export function SamplePage(props: { run: Run; sample: Sample; problems: Problem[]; signedIn: boolean }) {
  const { run, sample, problems, signedIn } = props;
  const shown = sample.outcomes.filter((one) => one.outcome === 'EXHIBITED');
  const name = `${sample.sampleId}, epoch ${sample.epoch}`;
  return (
    <>
      <PartialNotice problems={problems} />
      <PageHeader
        eyebrow={
          <>
            <Link href={paths.evalRuns()}>Eval runs</Link>
            <span aria-hidden="true">/</span>
            <Link href={paths.evalRunSamples(run.name)}>{run.label}</Link>
          </>
        }
        title={`Sample ${sample.sampleId || '(no name)'}`}
        meta={
          <>
            <span>Epoch {sample.epoch}</span>
            <RefLink refOf={run.modelVersion.ref}>{run.modelVersion.label}</RefLink>
            <Link href={paths.evaluation(run.evaluationVersion.evaluation.name)} className={linkLook}>
              {run.evaluationVersion.label}
            </Link>
          </>
        }
        actions={
          <>
            <Neighbour run={run.name} to={sample.previous} word="Previous sample" />
            <Neighbour run={run.name} to={sample.next} word="Next sample" />
            <Button asChild>
              <Link
                href={paths.newIncident({
                  evalRun: run.ref,
                  modelVersion: run.modelVersion.ref,
                  behavior: shown.map((one) => one.behavior.split(' (')[0] ?? one.behavior),
                  sample: [sample.id],
                  sampleName: [name],
                })}
              >
                File an incident from it
              </Link>
            </Button>
          </>
        }
      />
      <PageFacts items={facts(sample)} />
      <div className="mt-5">
        <TranscriptReader
          key={sample.id}
          sample={sample.id}
          run={run.name}
          disturbing={shown.length > 0}
          signedIn={signedIn}
        />
      </div>
    </>
  );
}

function Neighbour(props: { run: string; to?: { sampleId: string; epoch: number } | null; word: string }) {
  const { run, to, word } = props;
  if (!to) return <Button disabledReason="There is none in the log.">{word}</Button>;
  return (
    <Button asChild>
      <Link href={paths.evalSample(run, to.sampleId, to.epoch)}>{word}</Link>
    </Button>
  );
}

export function facts(sample: Pick<Sample, 'outcomes' | 'scores' | 'target' | 'limitReached' | 'error'>) {
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
