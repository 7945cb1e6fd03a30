import Link from 'next/link';
import type { SamplePageQuery } from '@/graphql/generated/graphql.ts';
import type { Problem } from '@/graphql/post.ts';
import { PartialNotice } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { PageFacts } from '@/ui/Figure.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SampleJudgements } from './SampleJudgements.tsx';
import { sampleFacts } from './sample-facts.tsx';
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
      <PageFacts items={sampleFacts(sample)} />
      <SampleJudgements judgements={sample.judgements} />
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
