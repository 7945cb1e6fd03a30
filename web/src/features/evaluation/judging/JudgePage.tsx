import Link from 'next/link';
import { notFound } from 'next/navigation';
import { loadViewer } from '@/features/shell/viewer.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { JudgeChoice } from './JudgeChoice.tsx';
import { JudgeSamples } from './JudgeSamples.tsx';
import { judgedBefore, judgementsOf } from './recorded-judgement.ts';

const RUN = graphql(`
  query JudgePage($ref: NodeRef!) {
    lineageNode(ref: $ref) {
      __typename
      id
      ... on EvalRun {
        ref name label
        samples(first: 0) { totalCount }
        sampleOutcomes { behavior }
        sampleConditions { condition }
        measurements { ...RecordedJudgement }
        retractedMeasurements { ...RecordedJudgement }
      }
    }
  }
`);

export interface JudgeState {
  behavior: string | null;
  grader: string | null;
  condition: string | null;
}

/** Where a person says of single samples what they show, without seeing what others said of them. */
export async function JudgePage({ name, state }: { name: string; state: JudgeState }) {
  const answer = await query(RUN, { ref: `eval-run:${name}` });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This eval run" />;
  const run = answer.data.lineageNode;
  if (run?.__typename !== 'EvalRun') notFound();
  const { signedIn } = await loadViewer();
  const { behavior, grader, condition } = state;
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <PageHeader
        eyebrow={
          <>
            <Link href={paths.evalRuns()}>Eval runs</Link>
            <span aria-hidden="true">/</span>
            <Link href={paths.evalRunSamples(run.name)}>{run.label}</Link>
          </>
        }
        title="Judge samples"
        meta={
          <span className="max-w-prose">
            You read each transcript without what scorers and others said of it, and say what it shows. It
            becomes a measurement beside those that are there, and agreement with them is computed. What you
            read may disturb, or name people.
          </span>
        }
      />
      {run.samples.totalCount === 0 ? (
        <EmptyState kind="none" title="No single sample of this run is recorded">
          Only what was measured over them: there is nothing to read.
        </EmptyState>
      ) : !signedIn ? (
        <EmptyState kind="none" title="Sign in to judge samples">
          What you say is recorded with your name.
        </EmptyState>
      ) : behavior && grader ? (
        <JudgeSamples
          key={`${behavior} ${grader} ${condition}`}
          name={run.name}
          judging={{ run: run.ref, behavior, grader, condition }}
          before={judgedBefore(judgementsOf(run), { behavior, grader })}
        />
      ) : (
        <JudgeChoice
          run={run.name}
          behaviors={[...new Set(run.sampleOutcomes.map((one) => one.behavior))]}
          conditions={run.sampleConditions.map((one) => one.condition)}
        />
      )}
    </>
  );
}
